"""A county whose officers sign in: accounts with known passwords, and browsers that keep a cookie and the proof of a page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from api.auth import COOKIE, CSRF
from api.wiring import Wiring, found_ledger
from domain.cases.jurisdiction.events import Duty, Role
from infrastructure.administration import Administration
from tests.http.client import Answer, Client

ORGANS: dict[str, dict[str, Any]] = {
    "zwj": {"roles": (Role.OFFICE,)},
    "zjj": {},
    "slj": {},
    "admin": {"roles": (Role.ADMINISTRATOR,)},
}
OFFICERS: dict[str, tuple[str, tuple[Duty, ...]]] = {
    "li": ("zjj", (Duty.HANDLER,)),
    "wang": ("zjj", (Duty.HANDLER,)),
    "keeper": ("zjj", (Duty.ACCOUNTS,)),
    "zhao": ("slj", (Duty.HANDLER,)),
    "root": ("admin", (Duty.ACCOUNTS,)),
}
PROFILES = ("xuanen-2020", "national")


def found_county(wiring: Wiring, owner: Administration, name: str, kind: str = "rehearsal") -> None:
    """A ledger with organs and officers."""
    organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
    officers = tuple(
        {"officer": officer, "name": officer, "organ": organ, "duties": duties}
        for officer, (organ, duties) in OFFICERS.items()
    )
    found_ledger(
        wiring, owner, name, kind=kind, calendar="enshi", profiles=PROFILES, organs=organs, officers=officers
    )  # fmt: skip


@dataclass
class Browser:
    """Keeps what a browser keeps: the cookie of the service; `csrf` is what its pages know."""

    port: int
    jurisdiction: str
    cookie: str | None = None
    csrf: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: Any = None, **headers: str | None) -> Answer:
        """Send a request as a page of the service would; a header that is None is left out."""
        sent = {"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}
        if self.csrf and method != "GET":
            sent[CSRF] = self.csrf
        if body is not None:
            sent |= {"Content-Type": "application/json", "If-Match": "*"}
        said = {**sent, **self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        client = Client(self.port, None)
        try:
            raw = None if body is None else json.dumps(body).encode()
            return client.send(method, path, raw, {name: value for name, value in said.items() if value is not None})
        finally:
            client.close()

    def get(self, path: str, **headers: str | None) -> Answer:
        """Read something."""
        return self.send("GET", path, **headers)

    def sign_in(self, login: str, password: str, **headers: str | None) -> Answer:
        """Sign in, and keep the cookie."""
        body = {"jurisdiction": self.jurisdiction, "login": login, "password": password}
        found = self.send("POST", "/api/v1/session", body, **headers)
        self._keep(found)
        return found

    def change_password(self, old: str, new: str) -> Answer:
        """Change the password, and keep the new cookie."""
        found = self.send("POST", "/api/v1/session/password", {"old": old, "new": new})
        self._keep(found)
        return found

    def _keep(self, found: Answer) -> None:
        if found.status < 300:
            self.cookie = cookie_of(found)
            self.csrf = found.json["csrf"]


def cookie_of(found: Answer) -> str:
    """What the cookie of an answer holds."""
    name, _, rest = found.headers["Set-Cookie"].partition("=")
    assert name == COOKIE
    return rest.partition(";")[0]
