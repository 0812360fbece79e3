"""Recording reads (查阅留痕): whatever is shown or refused is kept before the answer leaves; else it does not leave."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from flask import Flask, Response, g, request

from api.context import caller, place, wiring
from api.errors import answer_known
from api.v1.numbers import case_named
from application.accesses import Access, NotRecorded, Outcome, question
from domain.kernel import file_id

CASE, FILE, SEARCH = "case", "file_no", "q"
JSON = "application/json"
REFUSALS = {403: Outcome.REFUSED, 404: Outcome.NOT_FOUND}


def record_reads(app: Flask, *, writing: Collection[str], public: Collection[str]) -> None:
    """Keep every read of an application.

    `writing`: blueprints whose POST is a step, which its event records; `public`: those that show nothing of any case.
    """

    def record(response: Response) -> Response:
        if "caller" not in g or request.blueprint in public or request.method == "OPTIONS":
            return response
        steps = request.blueprint in writing and request.method == "POST"
        outcome = _outcome(response, steps=steps)
        try:
            for each in _accesses(outcome, steps=steps):
                place().accesses.record(each)
        except NotRecorded as error:
            return answer_known(error)
        return response

    app.after_request(record)


def _outcome(response: Response, *, steps: bool) -> Outcome | None:
    status = response.status_code
    if status in REFUSALS:
        return REFUSALS[status]
    if steps or not (status < 300 or status == 304):
        return None
    if response.mimetype != JSON and status != 204:
        return Outcome.EXPORTED
    return Outcome.LISTED if "listed" in g and CASE not in _named() and FILE not in _named() else Outcome.SHOWN


def _accesses(outcome: Outcome | None, *, steps: bool) -> Iterator[Access]:
    if outcome is not None:
        named = _named().get(CASE) or _named().get(FILE)
        yield _access(outcome, named, "" if steps else _asked())
    for status, case, about in g.get("refused", ()):
        yield _access(REFUSALS[status], case, question([("step", about)]))


def _access(outcome: Outcome, named: str | None, asked: str) -> Access:
    known = caller()
    of_file = FILE in _named()
    return Access(
        organ=known.organ,
        officer=known.officer,
        credential=known.credential.kind,
        credential_id=known.credential.id,
        request_id=g.request_id,
        method=request.method,
        route=request.url_rule.rule if request.url_rule else request.path,
        outcome=outcome,
        named=named,
        case=None if named is None or of_file else case_named(named),
        file=file_id(named) if of_file and named is not None else None,
        asked=asked,
        listed=g.get("listed"),
    )


def _named() -> dict[str, Any]:
    return request.view_args or {}


def _asked() -> str:
    """The rest of the path, the query, and the names of what a body says; never what a body says."""
    said = [(name, str(value)) for name, value in _named().items() if name not in (CASE, FILE)]
    said += [(name, _searched(name, value)) for name, value in request.args.items(multi=True) if name != "cursor"]
    body = g.get("body")
    if isinstance(body, dict) and body:
        said.append(("body", ",".join(sorted(map(str, body)))))
    return question(said)


def _searched(name: str, value: str) -> str:
    """What was searched for may be somebody's name: it is kept so that the same is seen to be the same, and cannot be read."""
    return f"#{wiring().digest(value.encode()).hex()[:16]}" if name == SEARCH else value
