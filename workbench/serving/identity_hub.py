"""Identity from a JupyterHub: this server is one of its services, and asks it who somebody is."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.utils import url_path_join
from jupyterhub.services.auth import HubOAuth
from tornado.httputil import url_concat
from tornado.web import HTTPError
from traitlets import Dict, Instance, default

from workbench.accounts.account import Account
from workbench.serving.identity import WorkbenchUser
from workbench.serving.identity_elsewhere import ElsewhereIdentity, StrangerHandler, account_named
from workbench.serving.routes import after_login

RECHECK_SECONDS = 30  # so long may somebody go on whom the hub no longer knows
STALE = 400


class HubIdentity(ElsewhereIdentity):
    """A session here rests on a token of the hub's, which never leaves the server."""

    hub = Instance(HubOAuth)
    tokens = Dict(help="session → the hub's token that it rests on; after a restart the hub is asked anew")

    @default("hub")
    def _make_hub(self) -> HubOAuth:
        return HubOAuth(parent=self, api_token=self.elsewhere.token, cache_max_age=RECHECK_SECONDS)

    def get_handlers(self) -> list[tuple[str, object]]:
        """Log-in leads to the hub, which leads back."""
        base = self.parent.server_url or "/"
        _, log_out = super().get_handlers()
        return [
            (url_path_join(base, "login"), ToHubHandler),
            (url_path_join(base, "oauth_callback"), FromHubHandler),
            log_out,
        ]

    async def get_user(self, handler: Any) -> WorkbenchUser | None:
        """Return whose session it is, as long as the hub still says the same."""
        known = getattr(handler, "_jupyter_current_user", None)
        user: Any = known or self.get_user_cookie(handler)
        if known or user is None:
            return known
        try:
            account = await self.account_of(self.tokens.get(user.session, ""))
        except HTTPError as error:
            self.log.warning("The hub does not say who asks: %s", error.log_message)
            return None  # and the session stays, for when it does
        if account and account.code == user.username:
            return user
        await self.close_session(handler)
        return None

    async def account_of(self, token: str) -> Account | None:
        """Ask the hub whose a token is, and if they may come here; raises ``HTTPError`` when it does not answer."""
        model = await self.hub.user_for_token(token, sync=False) if token else None
        if not model or model.get("kind") != "user" or not self.hub.check_scopes(self.hub.access_scopes, model):
            return None
        return account_named(self.accounts, model["name"], self.elsewhere.matches)

    def rest_on(self, session: str, token: str) -> None:
        """Keep the token that a session rests on, and let those of ended ones go."""
        kept = {one: its for one, its in self.tokens.items() if self.accounts.sessions.is_open(one)}
        self.tokens = kept | {session: token}


class ToHubHandler(StrangerHandler):
    """Log-in: the hub's page, and back here."""

    @allow_unauthenticated
    def get(self) -> None:
        """Lead to the hub, with a question that only this browser can have asked."""
        if self.who:
            self.redirect(self.base_url + after_login(self.who, self.wanted))
            return
        hub = self.identity_provider.hub
        verifier, challenge, method = hub.generate_pkce_code_challenge()
        state = hub.set_state_cookie(self, next_url=self.wanted, code_verifier=verifier)
        asked = {"state": state, "code_challenge": challenge, "code_challenge_method": method}
        self.redirect(url_concat(hub.login_url, asked))


class FromHubHandler(StrangerHandler):
    """Back from the hub: its answer is taken once, by the browser that asked."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Open a session for whom the hub names, or say that they have no way in."""
        hub, state = self.identity_provider.hub, self.get_argument("state", "")
        kept = self.get_secure_cookie(hub.get_state_cookie_name(state))
        if not state or kept is None or kept.decode() != state or not self.get_argument("code", ""):
            raise HTTPError(STALE)
        wanted, verifier = hub.get_next_url(state), hub.get_code_verifier(state)
        hub.clear_oauth_state(state)
        hub.clear_oauth_state_cookies(self)
        token = await hub.token_for_code(self.get_argument("code"), sync=False, code_verifier=verifier)
        account = await self.identity_provider.account_of(token)
        await self.identity_provider.close_session(self)
        if account is None:
            self.refuse(named=True)
            return
        user = self.identity_provider.open_session(self, account)
        self.identity_provider.rest_on(user.session, token)
        self.redirect(self.base_url + after_login(user.who, wanted))
