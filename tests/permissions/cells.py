"""Every cell of the tables, asked over the application: who asked what, the status, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient

from api.v1.steps import PREFIX, hyphens, routes
from application.signatures import arguments
from domain.cases import CASES
from domain.kernel import Step
from tests.permissions.tables import ALL, BODIES, ITEMS, MAY, NOT_A_WORD, QUERIES, RELATIONS, ROUTES, SEES, TELLING
from tests.permissions.world import FILE, LETTER, RECORD, THEIRS, as_json, number_of, value


@dataclass
class World:
    """One ledger behind the application, and a token for each relation."""

    app: Flask
    client: FlaskClient
    tokens: dict[str, str]

    def ask(self, relation: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """What the application answers somebody."""
        if method != "GET" and not path.startswith(f"{PREFIX}/bulk"):
            headers["If-Match"] = "*"
        authority = {"Authorization": f"Bearer {self.tokens[relation]}", **headers}
        return self.client.open(path, method=method, json=body, headers=authority)


FIRST: dict[str, str] = {}
"""The first event of the case of each type."""


def sees(case_type: str) -> set[str]:
    """Who sees the case of a type."""
    return SEES.get(case_type, SEES["file"])


def path_of(number: str) -> str:
    return f"{PREFIX}/cases/{quote(number, safe='')}"


Cell = tuple[str, str, int, Any]
"""The relation, what was asked, the status, and what is wrong with it."""


def told(answer: Any) -> str:
    return str(answer.json["type"]).rpartition(":")[2] if answer.status_code >= 400 else ""


def reads(world: World, only: frozenset[str] = frozenset(CASES)) -> Iterator[Cell]:
    """Every read of an item by everybody."""
    for name in CASES:
        if name not in only:
            continue
        path = path_of(number_of(name))
        for relation in RELATIONS:
            for rest in ITEMS if name == "complaint" else ("",):
                yield cell(world, relation, f"{path}{rest}", relation in sees(name))
    for relation in RELATIONS:
        for number, seen in ((FILE, SEES["joint_punishment"]), (RECORD, SEES["supervision"]), ("jurisdiction", ALL)):
            yield cell(world, relation, f"{PREFIX}/files/{number}", relation in seen)
        for letter, seen in ((LETTER, SEES["letter to the holder"]), (THEIRS, SEES["letter to the implicated"])):
            yield cell(world, relation, f"{path_of(RECORD)}/letters/{letter}", relation in seen)
        clock = f"{path_of(FILE)}/clocks/NA-ACC3"
        for rest in ("explanation", "judgements"):
            yield cell(world, relation, f"{clock}/{rest}", relation in SEES["file"])
        yield cell(world, relation, f"{path_of(FILE)}?as_of=2025-03-10T12:00:00%2B08:00", relation in SEES["file"])
        yield cell(world, relation, f"{path_of(number_of('referral'))}?version=1", relation in SEES["file"])
        for rest in ("rules", "rules/NA-ACC3", "calendar?from=2025-01-01&to=2025-01-03"):
            yield cell(world, relation, f"{PREFIX}/{rest}", True)


def cell(world: World, relation: str, path: str, seen: bool) -> Cell:
    answer = world.ask(relation, "GET", path)
    wanted = 200 if seen else 404
    return relation, f"GET {path}", answer.status_code, None if answer.status_code == wanted else f"not {wanted}"


def step_of(case_type: str, name: str) -> Step | None:
    return CASES[case_type].STEPS.get(name)


def body_of(case_type: str, step: Step | None, *, opening: bool, file: str | None) -> dict[str, Any]:
    """A body that says everything that a step asks for."""
    number = number_of(case_type)
    if step is None:
        return {"event_id": FIRST[case_type], "reason": "笔误", "values": {"x": "y"}}
    said = {each.key: as_json(value(each.hint, "zjj")) for each in arguments(step) if each.required}
    for key in ("matter", "letter"):
        if key in {each.key for each in arguments(step)}:
            said[key] = LETTER if key == "letter" else (number if CASES[case_type].STANDING else FILE)
    if opening:
        said["number"] = f"{number}-new"
        if file is not None:
            said["file_no"] = file
    return said


def expected(relation: str, step: Step | None, *, seen: bool, held: bool = True) -> set[int]:
    """Unseen is not there; seen but without standing is forbidden; else the law, or the full log, has the last word.

    `held`: whether there is a matter yet that somebody can hold.
    """
    by = ("correct",) if step is None else tuple(each for each in step.by if held or each != "holder")
    if relation == "respondent" and "role:respondent" in by:
        return {409, 422, 503}
    if not seen:
        return {404}
    if relation == "reading officer":
        return {403} if step is not None else {403, 422}
    named = any(each.startswith("case:") for each in by)
    able = any(relation in MAY[each] for each in by if not each.startswith("case:"))
    if step is None and relation != "office":
        return {403, 409, 422, 503}
    if named and not able:
        return {403, 409, 422, 503}
    return {409, 422, 503} if able else {403}


def steps(world: World, only: frozenset[str] = frozenset(CASES)) -> Iterator[Cell]:
    """Every step by everybody: in the case of its type, and where it opens one, in the file and in a file of its own."""
    for name, case_type in CASES.items():
        if name not in only:
            continue
        for route in routes(name, case_type):
            step = step_of(name, route.step)
            if not route.opening:
                acting = sees(name) | (
                    {"holder", "colleague", "reading officer", "implicated organ"} if name == "supervision" else set()
                )
                path = f"{PREFIX}/{hyphens(name)}{route.path.replace('<case>', quote(number_of(name), safe=''))}"
                body = body_of(name, step, opening=False, file=None)
                yield from taken(world, path, body, step, acting)
                continue
            path = f"{PREFIX}/{hyphens(name)}{route.path}"
            yield from taken(world, path, body_of(name, step, opening=True, file=FILE), step, SEES["file"])
            yield from taken(world, path, body_of(name, step, opening=True, file=None), step, set(ALL), held=False)


def taken(
    world: World, path: str, body: dict[str, Any], step: Step | None, seen: set[str], *, held: bool = True
) -> Iterator[Cell]:
    for relation in RELATIONS:
        answer = world.ask(relation, "POST", path, body)
        wanted = expected(relation, step, seen=relation in seen, held=held)
        right = answer.status_code in wanted and told(answer) != "invalid"
        yield (
            relation,
            f"POST {path}",
            answer.status_code,
            None if right else f"not {sorted(wanted)}: {answer.text[:300]}",
        )


def wrong(cells: Iterator[Cell]) -> list[Cell]:
    return [each for each in cells if each[3] is not None]


def whole(world: World, kinds: frozenset[str] = frozenset(ROUTES.values())) -> Iterator[Cell]:
    """Every list, figure and question over many files, by everybody; what is there under two paths under the shorter one."""
    for route, kind in ROUTES.items():
        if (
            "<jurisdiction>" in route
            or kind not in kinds
            or kind in ("case", "clock", "letter", "whole", "anybody", "sign-in")
        ):
            continue
        method, _, path = route.partition(" ")
        path = path.replace("<uuid:webhook>", "00000000-0000-0000-0000-000000000001").replace("<int:position>", "1")
        path = path.replace("<case>", quote(number_of("identity_access")))
        path = path.replace("<path:where>", "000.p/1")
        query, body = QUERIES.get(route) or QUERIES.get(kind, ""), BODIES.get(route) or BODIES.get(kind)
        query = f"event={FIRST['complaint']}" if kind == "event" else query
        for relation in RELATIONS:
            answer = world.ask(relation, method, f"{path}?{query}", body)
            yield relation, route, answer.status_code, what_is_wrong(relation, route, kind, answer)


def what_is_wrong(relation: str, route: str, kind: str, answer: Any) -> str | None:
    """What a list, or a question over many files, should not have said to somebody."""
    if kind == "webhooks":
        return None if (answer.status_code == 403) == (relation not in SEES["webhooks"]) else answer.text
    if kind == "handlings":
        return f"tells of the file: {answer.text}" if relation in NOT_A_WORD and f'"{FILE}"' in answer.text else None
    if kind == "accesses":
        return None if (answer.status_code == 200) == (relation in {"inspector", "auditor"}) else answer.text
    if kind == "entries":
        return None if answer.status_code == (200 if relation in {"inspector", "auditor"} else 403) else answer.text
    if kind == "event":
        return None if answer.status_code == (200 if relation in SEES["file"] else 404) else answer.text
    if kind in ("identity", "same complainant"):
        hidden = kind == "identity" and relation not in SEES["file"]
        return None if answer.status_code in ({403, 404} if hidden else {403, 404, 409, 422}) else answer.text
    if kind == "plans":
        return None if (answer.status_code == 404) == (relation not in SEES["file"]) else answer.text
    if answer.status_code != 200:
        return str(answer.text)
    if kind == "bulk":
        status = answer.json["items"][0]["status"]
        return None if (status == 404) == (relation not in SEES["file"]) else answer.text
    letters = route.endswith("/letters") and relation == "implicated organ"
    if relation in NOT_A_WORD and not letters and f'"{FILE}"' in answer.text:
        return f"tells of the file: {answer.text}"
    if route in TELLING and relation in SEES["file"] and f'"{FILE}"' not in answer.text:
        return "does not tell of the file"
    return None
