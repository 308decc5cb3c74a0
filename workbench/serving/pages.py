"""Pages without a kernel: the landing page, the researcher's, the reviewer's, the developer's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, StaticFileHandler

from workbench.language import LANGUAGES, Language, translator
from workbench.serving.guard import Guarded
from workbench.serving.routes import home_of, may_open
from workbench.widgets import PLOTLY

LANGUAGE_COOKIE = "workbench-language"
STATIC_PREFIX = "voila/templates/workbench/static/"


class PageHandler(Guarded, JupyterHandler):
    """A page in the reader's language, with the shared head and foot."""

    def set_default_headers(self) -> None:
        """Keep pages out of caches: they are one person's."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")

    @property
    def language(self) -> Language:
        """Asked for in the address, else chosen before, else the account's, else the browser's."""
        user = self.current_user
        wishes = [
            self._asked_language(),
            self.get_cookie(LANGUAGE_COOKIE, ""),
            user.language if user else "",
            self._browser_language(),
        ]
        return next((language for wish in wishes for language in LANGUAGES if wish == language), "sv")

    def _asked_language(self) -> str:
        """Read the address without minding what is no text in it: the page that says so has a language too."""
        return b"".join(self.request.query_arguments.get("lang", [])[-1:]).decode("utf-8", "replace")

    def _browser_language(self) -> str:
        wanted = self.request.headers.get("Accept-Language", "")
        tags = [part.split(";")[0].strip()[:2].lower() for part in wanted.split(",")]
        return next((tag for tag in tags if tag in LANGUAGES), "")

    def keep_language(self) -> None:
        """Remember a language asked for in the address."""
        if self._asked_language() in LANGUAGES:
            how = {"path": self.base_url, "samesite": "Lax", "secure": self.settings["behind_proxy"]}
            self.set_cookie(LANGUAGE_COOKIE, self.language, expires_days=365, **how)

    def page_context(self, **more: Any) -> dict[str, Any]:
        """Everything the shared head and foot ask for."""
        return {
            "_": translator(self.language),
            "language": self.language,
            "base_url": self.base_url,
            "here": "/" + self.request.path.lstrip("/"),  # two slashes would lead to another host
            "asset": self._asset_address(),
            "xsrf": self.xsrf_token.decode(),
            "user": self.current_user,
            "home": home_of(self.who) if self.who else "",
            "hands_in": bool(self.who and may_open(self.who, "hand-in")),
            "our_organisation": bool(self.who and may_open(self.who, "organisation")),
            "about_me": bool(self.who and may_open(self.who, "me")),
            **more,
        }

    def _asset_address(self) -> Callable[[str], str]:
        prefix = self.base_url + STATIC_PREFIX

        def address(name: str) -> str:
            folder = PLOTLY.parent if name == PLOTLY.name else self.settings["template_static"]
            settings = {"static_path": str(folder), "static_url_prefix": prefix}
            return StaticFileHandler.make_static_url(settings, name)

        return address

    def show(self, template: str, **context: Any) -> None:
        """Finish with a page."""
        self.keep_language()
        page = self.settings["voila_jinja2_env"].get_template(template)
        self.finish(page.render(**self.page_context(**context)))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say it kindly: no traceback, no reason that tells what is there."""
        if not hasattr(self, "_jupyter_current_user"):  # refused before anybody asked who it is
            nobody: Any = None
            self.current_user = self._jupyter_current_user = nobody
        self.show("error.html", status=status_code)


class OpenPageHandler(PageHandler):
    """A page that anybody may open."""

    resource = "front"

    def initialize(self, template: str) -> None:
        """Take the template's name."""
        self.template = template

    @allow_unauthenticated
    def get(self) -> None:
        """Show the page."""
        self.show(self.template)


class ResearchHandler(PageHandler):
    """The researchers' page: the way to JupyterLab, and the notebooks."""

    resource = "research"

    def get(self) -> None:
        """Show the page."""
        self.show("research.html", notebooks=self.settings["analyses"], lab_url=self.settings["lab_url"])


class ReviewHandler(PageHandler):
    """The reviewers' page: how to run everything, and the notebooks."""

    resource = "review"

    def get(self) -> None:
        """Show the page."""
        self.show("review.html", notebooks=self.settings["analyses"])


class NotFoundHandler(PageHandler):
    """Every address that is not there."""

    resource = "front"

    @allow_unauthenticated
    async def prepare(self) -> None:
        """Answer 404 to every method, whoever asks."""
        self.current_user = self._jupyter_current_user = None
        raise HTTPError(404)


class VersionedStaticHandler(Guarded, StaticFileHandler):
    """Scripts and styles; their addresses carry a version, so that they may be kept for a year."""

    resource = "front"

    def parse_url_path(self, url_path: str) -> str:
        """Refuse what no file can be called, before the system does it with an error."""
        if "\0" in url_path:
            raise HTTPError(404)
        return super().parse_url_path(url_path)

    def set_extra_headers(self, _path: str) -> None:
        """Refuse to be read as anything else than it is."""
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def get_cache_time(self, _path: str, _modified: Any, _mime_type: str) -> int:
        """Allow a year for addresses with a version, else ask again."""
        return 365 * 24 * 3600 if self.get_argument("v", "") else 0
