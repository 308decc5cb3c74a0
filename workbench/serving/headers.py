"""What every answer tells the browser: load from here only, frame nowhere, say nothing elsewhere."""

from __future__ import annotations

from typing import Final

# Scripts come from files, or from the blobs that anywidget makes of a widget's own module; none is
# written into a page, so that text which slips into a page as HTML stays without effect. Plotly and
# ipywidgets set styles in place.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

SECURITY_HEADERS: Final[dict[str, str]] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # "no-referrer" would make browsers post forms with "Origin: null", which Jupyter refuses.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
