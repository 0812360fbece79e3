"""Every route by every role by every relation to a file: the status of each cell from one small table; a route without a row fails."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import context
from api.app import create_app
from api.v1 import webhooks, whatif
from api.v1.steps import PREFIX, hyphens, routes
from api.wiring import Wiring, found_ledger
from application import decide, handle, permissions, queries
from application.openness import ANY_ORGAN, Grant
from application.plans import opening
from application.ports import Batch
from application.signatures import arguments
from domain.cases import CASES
from domain.file import File
from domain.kernel import Step, case_id
from infrastructure.administration import Administration
from tests.permissions.world import (
    FILE,
    LETTER,
    OFFICERS,
    ORGANS,
    RECORD,
    THEIRS,
    Frozen,
    as_json,
    histories,
    number_of,
    value,
)
from tests.servers import Database

RELATIONS = {
    "holder": ("zjj", ""), "colleague": ("zjj", "wang"), "reading officer": ("zjj", "duan"), "implicated officer": ("zjj", "li"),
    "addressee": ("slj", ""), "participant": ("jtj", ""), "partner": ("nyj", ""), "implicated organ": ("fgj", ""),
    "stranger": ("czj", ""), "police": ("gaj", ""), "trading centre": ("jyzx", ""), "committee": ("gwh", ""),
    "office": ("zwj", ""), "inspector": ("jwjc", ""), "auditor": ("sjj", ""), "administrator": ("admin", ""),
    "system": ("system", ""), "respondent": ("respondent", ""),
}  # fmt: skip
ALL = frozenset(RELATIONS)
WATCH = {"office", "inspector", "auditor", "system"}
OWN = {"holder", "colleague", "reading officer"}
DEPARTMENTS = {
    *OWN,
    "addressee",
    "participant",
    "partner",
    "implicated organ",
    "stranger",
    "police",
    "trading centre",
    "committee",
}

# ---- The table: who sees what ----
SEES: dict[str, set[str]] = {
    "file": {*WATCH, *OWN, "addressee", "participant"},
    "joint_punishment": {*WATCH, *OWN, "addressee", "participant", "partner"},
    "meeting": {*WATCH, *DEPARTMENTS, "implicated officer"},
    "cadence": {*WATCH, *OWN, "implicated officer"},
    "reporting_duty": {*WATCH, *OWN, "implicated officer", "committee"},
    "supervision": WATCH,
    "letter to the holder": {*WATCH, *OWN},
    "letter to the implicated": {*WATCH, "implicated organ"},
    "jurisdiction": set(ALL),
    "webhooks": {"office", "administrator", "system"},
    "anybody": set(ALL),
}
"""An implicated officer or organ is barred in one file and its record; in other files it is a department like any other."""

# ---- The table: who may act, among those who see ----
MAY: dict[str, set[str]] = {
    "holder": {"holder", "colleague"},
    "addressee": {"addressee"},
    "department": (DEPARTMENTS | {"office", "implicated officer"}) - {"reading officer"},
    "role:office": {"office"}, "role:inspector": {"inspector"}, "role:auditor": {"auditor"}, "role:system": {"system"},
    "role:administrator": {"administrator"}, "role:police": {"police"}, "role:procuratorate": set(),
    "role:trading_centre": {"trading centre"}, "role:committee": {"committee"}, "role:convenor": set(),
    "role:finance": set(), "role:respondent": {"respondent"},
    "correct": {"office", "holder", "colleague"},
}  # fmt: skip

STRICTER = (
    (files("domain.law") / "profiles" / "national.toml").read_text(encoding="utf-8").replace("amount = 3", "amount = 2")
)

SIGN_IN = [f"{method} {PREFIX}/{path}" for method, path in (
    ("GET", "accounts"), ("POST", "accounts"), ("PATCH", "accounts/<login>"), ("POST", "accounts/<login>/password"),
    ("GET", "tokens"), ("POST", "tokens"), ("DELETE", "tokens/<prefix>"),
    ("GET", "subjects"), ("POST", "subjects"), ("DELETE", "subjects"),
    ("POST", "session"), ("GET", "session"), ("DELETE", "session"), ("POST", "session/password"),
    ("GET", "sessions"), ("DELETE", "sessions/<uuid:session>"))]  # fmt: skip
"""What is about accounts and sessions, and no case: the tests of signing in ask whom they answer."""

# ---- The table: every route that is not a step ----
CASE, OF_FILE = f"{PREFIX}/cases/<case>", f"{PREFIX}/files/<file_no>"
ROUTES: dict[str, str] = {
    f"GET {CASE}": "case", f"GET {CASE}/events": "case", f"GET {CASE}/custody": "case", f"GET {CASE}/clocks": "case",
    f"GET {CASE}/clocks/<clock>/explanation": "clock", f"GET {CASE}/clocks/<clock>/judgements": "clock",
    f"GET {CASE}/letters/<letter>": "letter",
    f"GET {CASE}/roster": "case",
    f"GET {OF_FILE}": "whole",
    **{f"GET {PREFIX}/{name}": "list" for name in (
        "cases", "overdue", "due", "holdings", "under-punishment", "cards", "letters", "extensions", "in-transit", "ageing", "due.ics")},
    **{f"GET {PREFIX}/{name}": "figures" for name in ("statistics", "league", "heatmap", "flow", "returns")},
    f"GET {PREFIX}/eligibility": "eligibility",
    f"GET {PREFIX}/rules": "anybody", f"GET {PREFIX}/rules/<rule>": "anybody", f"GET {PREFIX}/calendar": "anybody",
    f"POST {PREFIX}/what-if": "what-if", f"POST {PREFIX}/bulk": "bulk", f"POST {PREFIX}/plans": "plans",
    f"GET {PREFIX}/webhooks": "webhooks", f"POST {PREFIX}/webhooks": "webhooks",
    **{f"{method} {PREFIX}/webhooks/<uuid:webhook>{rest}": "webhooks" for method, rest in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/replay"), ("POST", "/test"),
        ("GET", "/dead-letters"), ("POST", "/dead-letters/retry"), ("DELETE", "/dead-letters/<int:position>"))},
}  # fmt: skip
ROUTES |= {
    f"GET {PREFIX}/accesses": "accesses",
    f"POST {PREFIX}/identity/<case>/view": "identity",
    f"POST {PREFIX}/identity/same-complainant": "same complainant",
    **dict.fromkeys(SIGN_IN, "sign-in"),
}
OPEN_TO_THE_WORLD = ("/api/docs", "/api/openapi.json", "/healthz", "/readyz", "/metrics", "/version")


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


@pytest.fixture(scope="module")
def world(database: Database) -> Iterator[World]:
    """The world, with nothing more to be recorded in it."""
    wiring, name = Wiring(database.app), f"t-{secrets.token_hex(5)}"
    with closing(wiring), Administration(database.owner, app=database.app_role) as owner:
        organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
        officers = tuple(
            {"officer": each, "name": each, "organ": organ, "duties": (duty,)}
            for each, (organ, duty) in OFFICERS.items()
        )
        place = found_ledger(wiring, owner, name, kind="rehearsal", calendar="enshi", profiles=("xuanen-2020", "national"),
                             organs=organs, officers=officers)  # fmt: skip
        for entries in histories():
            place.log.append(
                Batch(entries[0].file_id, 0, entries[0].case_id, tuple(entries), recorded_at=entries[-1].recorded_at)
            )
        FIRST.update({name: str(place.log.load_stream(case_id(number_of(name)))[0].event_id) for name in CASES})
        wiring.catch_up(place)
        frozen: Any = Frozen(place.log)
        place.ledger.log = frozen
        tokens = {
            relation: owner.create_token(jurisdiction=name, organ=organ, officer=officer)
            for relation, (organ, officer) in RELATIONS.items()
        }
        app = create_app(wiring)
        yield World(app, app.test_client(), tokens)


def sees(case_type: str) -> set[str]:
    """Who sees the case of a type."""
    return SEES.get(case_type, SEES["file"])


def path_of(number: str) -> str:
    return f"{PREFIX}/cases/{quote(number, safe='')}"


ITEMS = ("", "/events", "/custody", "/clocks", "/roster")
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
        return {403}
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


def test_every_read_of_an_item_answers_whom_it_may_and_is_not_there_for_the_others(world: World) -> None:
    assert wrong(reads(world)) == []


def test_every_step_is_taken_refused_forbidden_or_not_there(world: World) -> None:
    found = wrong(steps(world))
    assert found == [], "\n".join(map(str, found))


QUERIES = {
    "figures": "from=2025-01-01&to=2025-12-31",
    f"GET {PREFIX}/due": "within=200",
    f"GET {PREFIX}/due.ics": "within=200&department=zjj",
    f"GET {PREFIX}/eligibility": f"name={quote('甲公司')}",
    f"GET {PREFIX}/in-transit": "days=0",
}
WEBHOOK = {"url": "https://example.org/hook"}
BODIES: dict[str, Any] = {
    "what-if": {"profile": {"name": "national", "toml": STRICTER}, "limit": 1000},
    "bulk": {"commands": [{"type": "complaint", "step": "accept", "case": FILE, "if_match": "*"}]},
    "identity": {"values": ["complainant"], "purpose": "核实"},
    "same complainant": {"phone": "13800000000"},
    "plans": {"plan": FILE, "source": "文件", "issued": "2025-01-02", "dry_run": True,
              "task": [{"no": "1", "title": "任务", "leads": ["zjj"], "due": "长期"}]},
    f"POST {PREFIX}/webhooks": WEBHOOK,
    f"PATCH {PREFIX}/webhooks/<uuid:webhook>": WEBHOOK,
    f"POST {PREFIX}/webhooks/<uuid:webhook>/replay": {"from": 1},
}  # fmt: skip
NOT_A_WORD = ALL - SEES["joint_punishment"]
"""Who is to find the number of the file nowhere."""


def whole(world: World, kinds: frozenset[str] = frozenset(ROUTES.values())) -> Iterator[Cell]:
    """Every list, figure and question over many files, by everybody."""
    for route, kind in ROUTES.items():
        if kind not in kinds or kind in ("case", "clock", "letter", "whole", "anybody", "sign-in"):
            continue
        method, _, path = route.partition(" ")
        path = path.replace("<uuid:webhook>", "00000000-0000-0000-0000-000000000001").replace("<int:position>", "1")
        path = path.replace("<case>", quote(number_of("identity_access")))
        query, body = QUERIES.get(route) or QUERIES.get(kind, ""), BODIES.get(route) or BODIES.get(kind)
        for relation in RELATIONS:
            answer = world.ask(relation, method, f"{path}?{query}", body)
            yield relation, route, answer.status_code, what_is_wrong(relation, route, kind, answer)


def what_is_wrong(relation: str, route: str, kind: str, answer: Any) -> str | None:
    """What a list, or a question over many files, should not have said to somebody."""
    if kind == "webhooks":
        return None if (answer.status_code == 403) == (relation not in SEES["webhooks"]) else answer.text
    if kind == "accesses":
        return None if (answer.status_code == 200) == (relation in {"inspector", "auditor"}) else answer.text
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


TELLING = {f"GET {PREFIX}/cases", f"GET {PREFIX}/holdings", f"POST {PREFIX}/what-if"}


def test_lists_figures_and_questions_tell_nobody_of_a_file_that_he_may_not_read(world: World) -> None:
    found = wrong(whole(world))
    assert found == [], "\n".join(map(str, found))


def without_a_row(app: Flask) -> set[str]:
    """The routes that no table says anything of."""
    derived = {
        f"POST {PREFIX}/{hyphens(name)}{route.path}" for name, each in CASES.items() for route in routes(name, each)
    }
    known = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith(OPEN_TO_THE_WORLD)
    }
    return known - derived - set(ROUTES)


def test_every_route_and_every_standing_has_a_row(world: World) -> None:
    assert without_a_row(world.app) == set()
    standings = {each for case_type in CASES.values() for step in case_type.STEPS.values() for each in step.by}
    assert {each for each in standings if not each.startswith("case:")} <= {*MAY, "flow"}


def test_control_a_new_route_without_a_row_is_noticed() -> None:
    other = Flask("other", static_folder=None)
    other.add_url_rule(f"{PREFIX}/everything", "everything", lambda: "", methods=["GET"])
    assert without_a_row(other) == {f"GET {PREFIX}/everything"}


def see_all(actor: Any, file: File, also_barred: Any = frozenset()) -> permissions.Sight:
    """A rule that forgot to look at the file."""
    return permissions.Sight(permissions.reader_of(actor, file.register), whole=True)


def name_all(facts: Any) -> Iterator[Grant]:
    """A rule that names everybody."""
    yield Grant(ANY_ORGAN, None)


SOME = frozenset({"complaint", "supervision"})
HOLES: dict[str, tuple[Any, str, Any, Callable[[World], Iterator[Cell]]]] = {
    "reads of items do not ask": (queries, "sight", see_all, lambda world: reads(world, SOME)),
    "steps do not ask who may look": (handle, "sight", see_all, lambda world: steps(world, SOME)),
    "steps do not ask who may act": (decide, "may", lambda *_: True, lambda world: steps(world, SOME)),
    "nobody is barred": (File, "barred", frozenset(), lambda world: reads(world, SOME)),
    "the facts name everybody": (permissions, "grants", name_all, lambda world: reads(world, SOME)),
    "administrators read everything": (
        permissions,
        "READS_ALL",
        frozenset({"administrator"}),
        lambda w: reads(w, SOME),
    ),
    "administrators are departments": (
        permissions,
        "READS_NOTHING",
        frozenset(),
        lambda w: reads(w, frozenset({"meeting"})),
    ),
    "what-if does not ask": (
        whatif,
        "reads_whole",
        lambda *_: True,
        lambda world: whole(world, frozenset({"what-if"})),
    ),
    "lists are read as the operator": (
        context,
        "reader_of",
        lambda *_: permissions.OPERATOR,
        lambda world: whole(world, frozenset({"list"})),
    ),
    "plans do not ask": (opening, "sight", see_all, lambda world: whole(world, frozenset({"plans"}))),
    "webhooks are everybody's": (
        webhooks,
        "may_keep_webhooks",
        lambda *_: True,
        lambda w: whole(w, frozenset({"webhooks"})),
    ),
}


@pytest.mark.parametrize("hole", HOLES)
def test_control_a_hole_of_any_kind_turns_a_cell_red(world: World, monkeypatch: pytest.MonkeyPatch, hole: str) -> None:
    where, name, instead, cells = HOLES[hole]
    monkeypatch.setattr(where, name, instead)
    assert any(each[3] is not None for each in cells(world))
