"""How much, and for how long, the server listens to anybody: what a form and a page need."""

from __future__ import annotations

from typing import Any

from tornado.web import Application


class PagesApplication(Application):
    """Tornado's application, listening with limits that fit a log-in form and a page."""

    def listen(self, port: int, address: str | None = None, **more: Any) -> Any:
        """Listen; a proxy's word on who asks is taken only when there is a proxy."""
        limits = {
            "xheaders": self.settings["behind_proxy"],
            "max_body_size": 64 * 1024,
            "body_timeout": 30,
            "idle_connection_timeout": 60,
        }
        return super().listen(port, address, **limits, **more)
