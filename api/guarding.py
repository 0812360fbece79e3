"""What keeps browsers and strangers in bounds (网页防护): the names we answer to, and the headers of every answer."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping

from flask import Flask, Response, g, request

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer says to browsers. Strict-Transport-Security is for the proxy to say, which alone knows of TLS."""


def guard(app: Flask, *, docs: str, hosts: tuple[str, ...]) -> None:
    """Answer to these names only, and let browsers do with an answer what it needs and nothing else.

    `docs`: where the page of the interface stands, the only one with scripts, all of them its own.
    """
    policy = docs_policy(app, docs)
    app.config["TRUSTED_HOSTS"] = list(hosts)

    def secure(response: Response) -> Response:
        headers, page = response.headers, request.path.startswith(f"{docs}/")
        headers.update(HEADERS)
        headers.setdefault("Content-Security-Policy", policy if page else NOTHING)
        if not page:
            headers.setdefault("Cache-Control", "no-store")
        if "place" in g and g.place.ledger.rehearsal:
            headers["Anjuan-Rehearsal"] = "true"
        return response

    app.after_request(secure)


def docs_policy(app: Flask, docs: str) -> str:
    """What the page of the interface may load: its own files, the one script that it holds, and nothing from elsewhere.

    Its library sets styles of single elements, which can load nothing either.
    """
    with app.test_request_context(f"{docs}/"):
        page = str(app.dispatch_request())
    scripts = " ".join(f"'sha256-{_digest(each)}'" for each in INLINE.findall(page))
    own = f"script-src 'self' {scripts}; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
    return f"{NOTHING}; {own}"


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
