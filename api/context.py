"""What belongs to the request at hand: the wiring of the process, who calls, and in which ledger."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import Response, current_app, g

from api.strict import write
from api.wiring import Place, Wiring
from application.callers import Caller
from application.permissions import reader_of
from application.ports import Reader
from domain.kernel import Actor

EXTENSION = "anjuan"


def wiring() -> Wiring:
    """Everything the process is built of."""
    return cast(Wiring, current_app.extensions[EXTENSION])


def caller() -> Caller:
    """Who calls; the request has been authenticated."""
    return cast(Caller, g.caller)


def actor() -> Actor:
    """The person or system that acts or looks: the caller's organ and its officer."""
    known = caller()
    return Actor(known.organ, known.officer)


def reader() -> Reader:
    """The same as one who looks at lists, under the register as it is now."""
    return reader_of(actor(), place().ledger.register())


def place() -> Place:
    """The jurisdiction that the caller belongs to."""
    return cast(Place, g.place)


def correlation() -> UUID:
    """What all events of this request have in common."""
    return cast(UUID, g.correlation)


def refuse(status: int, case: str | None, about: str) -> None:
    """Note that one of the many things that this request asks for is refused: as forbidden (403) or not found (404)."""
    if "refused" not in g:
        g.refused = []
    g.refused.append((status, case, about))


def answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as the body of a response; of a list it is noted how many rows are shown."""
    if isinstance(value, dict) and isinstance(items := value.get("items"), list | tuple):
        g.listed = len(items)
    return Response(write(value), status, headers, mimetype="application/json")
