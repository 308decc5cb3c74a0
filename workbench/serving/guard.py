"""The one place where a request is held against the table of who may do what, and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from tornado.web import HTTPError

from workbench.access.rules import Do, Kind, What, Who, may, own

if TYPE_CHECKING:
    from workbench.accounts.store import AccountStore

SEEING = frozenset({"GET", "HEAD", "OPTIONS"})
# What everybody may open says nothing of anybody, kernels are written down when they open and close, and a draft,
# which nobody else can open, is saved every second.
UNNOTED: Final = frozenset({"front", "kernel", "draft"})


class Guarded:
    """A handler that answers what `workbench.access.rules` allows, and nothing else.

    Attributes
    ----------
    resource : Kind
        What kind of thing it opens. A handler that does not say so opens nothing.
    """

    resource: ClassVar[Kind]

    @property
    def who(self: Any) -> Who | None:
        """Who asks; None is a stranger."""
        return self.current_user.who if self.current_user else None

    @property
    def deed(self: Any) -> Do:
        """What is done with it: by the request's method, unless a handler says otherwise."""
        return "see" if self.request.method in SEEING else "change"

    @property
    def store(self: Any) -> AccountStore:
        """The server's accounts."""
        accounts: AccountStore = self.settings["accounts"]
        return accounts

    def asked_for(self) -> What:
        """Give what is asked for: one's own, unless the address names something."""
        return own(self.who, self.resource)

    async def prepare(self: Any) -> None:
        """Refuse before anything else looks at the request."""
        pending = super().prepare()  # type: ignore[misc]
        if pending is not None:
            await pending
        if self._finished:
            return
        what = self.asked_for()
        allowed = may(self.who, self.deed, what)
        if self.who and not (allowed and what.kind in UNNOTED):
            self.store.log.note((self.who.code, self.who.role), self.deed, what.kind, what.name, allowed=allowed)
        if not allowed:
            raise HTTPError(404 if self.who else 403)  # 403 to the logged-in would tell that it exists
