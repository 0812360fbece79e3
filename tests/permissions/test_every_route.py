"""Every route by every role by every relation to a file: the status of each cell from one small table; a route without a row fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from api import context
from api.log import shown
from api.v1 import webhooks, whatif
from api.v1.steps import PREFIX, hyphens, routes
from application import decide, handle, permissions, proving, queries
from application.openness import ANY_ORGAN, Grant
from application.plans import opening
from domain.cases import CASES
from domain.file import File
from domain.kernel import case_id
from tests.bundle.tampering import files_in, verified
from tests.permissions.cells import Cell, World, path_of, reads, sees, steps, whole, wrong
from tests.permissions.tables import MAY, OPEN_TO_THE_WORLD, ROUTES
from tests.permissions.world import number_of


def test_every_read_of_an_item_answers_whom_it_may_and_is_not_there_for_the_others(world: World) -> None:
    assert wrong(reads(world)) == []


def test_every_step_is_taken_refused_forbidden_or_not_there(world: World) -> None:
    found = wrong(steps(world))
    assert found == [], "\n".join(map(str, found))


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
    "proofs do not ask": (proving, "sight", see_all, lambda world: whole(world, frozenset({"event"}))),
    "entries are everybody's": (
        shown,
        "may_read_entries",
        lambda *_: True,
        lambda world: whole(world, frozenset({"entries"})),
    ),
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


OF_FILE = ("complaint", "joint_punishment", "supervision")
LOOKING = ("auditor", "holder", "partner", "implicated organ", "administrator")
"""Cases of one file, and who sees all of it, most, one case, and nothing."""


def test_a_bundle_holds_and_shows_the_cases_that_its_reader_sees(world: World, tmp_path: Path) -> None:
    types = {str(case_id(number_of(name))): name for name in CASES}
    partial = 0
    for name in OF_FILE:
        for relation in LOOKING:
            answer = world.ask(relation, "GET", f"{path_of(number_of(name))}/bundle")
            assert answer.status_code == (200 if relation in sees(name) else 404), (name, relation)
            if answer.status_code == 404:
                continue
            files = files_in(answer.data)
            found = verified(tmp_path, answer.data)
            assert isinstance(found, dict), (name, relation, found)
            shown = [json.loads(text)["fields"] for place, text in files.items() if place.startswith("events/")]
            cases = {types[each["case_id"]] for each in shown if each["case_id"] in types} - {
                "jurisdiction",
                "attestation",
            }
            assert name in cases
            assert [each for each in cases if relation not in sees(each)] == [], (name, relation)
            partial += not json.loads(files["bundle.json"])["whole"]
    assert partial > 0


def test_no_bundle_names_a_checkpoint_that_is_not_there(world: World) -> None:
    path = f"{PREFIX}/cases/{number_of('complaint')}/bundle"
    assert world.ask("auditor", "GET", f"{path}?size=3").status_code == 404
    assert world.ask("auditor", "GET", f"{path}?size=0").status_code == 422
