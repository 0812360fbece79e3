"""A duty of several organs is one row that each of them sees; what was late before it could be done blames nobody (牵头与配合)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from application.inspections import Listed
from application.permissions import OPERATOR
from application.projections.rows import Rows
from domain.cases.supervision.events import BreachRecorded, SupervisionOpened, WarningRecorded
from domain.cases.task.events import TaskAssigned, TaskDueChanged, TaskHandedOver
from domain.kernel import Entry, Event
from infrastructure.inspections import PostgresInspections
from tests.given import opening
from tests.projections.conftest import Place
from tests.projections.histories import BEGUN, Written, jurisdiction, ledger, project, some_files

DUE = date(2025, 12, 12)
TASK: Any = {"title": "整改", "leads": ("zjj", "slj"), "issued": date(2025, 12, 5), "authority": "zhb"}


def rows(*facts: tuple[Event, int]) -> Rows:
    """The rows of a file with these facts, each so many days after the beginning."""
    written = Written()
    for event, days in facts:
        at = BEGUN + timedelta(days=days)
        written.write(event, "F-1", "zwj", at, at)
    return project(ledger([]), written.entries)


def assigned(**changed: Any) -> TaskAssigned:
    return TaskAssigned(**opening("F-1"), **{**TASK, "due": DUE, **changed})


def test_one_row_names_the_first_lead_and_the_others() -> None:
    found = rows((assigned(), 0))
    assert [(row.party, row.co_parties, row.born_overdue, row.tally) for row in found.clocks] == [
        ("zjj", ("slj",), False, "duty")
    ]
    assert [(row.party, row.co_parties, row.born_overdue) for row in found.overdue] == [("zjj", ("slj",), False)]
    assert [row.kind for row in found.verdicts] == ["breach"]


def test_what_was_born_overdue_is_listed_and_neither_counted_nor_put_on_record() -> None:
    found = rows((assigned(due=date(2025, 11, 30)), 0))
    assert [(row.born_overdue, row.tally) for row in found.clocks] == [(True, None)]
    assert [(row.born_overdue, row.due_on) for row in found.overdue] == [(True, date(2025, 11, 30))]
    assert found.verdicts == []


def test_a_date_on_the_day_of_the_document_itself_is_no_birth_in_default() -> None:
    assert [row.tally for row in rows((assigned(due=date(2025, 12, 5)), 0)).clocks] == ["duty"]


def test_a_duty_that_was_handed_over_was_the_former_leads_until_then() -> None:
    over = TaskHandedOver(matter="F-1", to="slj", leads=("slj",), why="撤销")
    found = rows((assigned(), 0), (over, 9))
    assert [(row.party, row.co_parties) for row in found.clocks] == [("slj", ())]
    stretches = [
        (row.party, row.co_parties, row.until_at is None) for row in found.overdue if row.basis != "recomputed"
    ]
    assert stretches == [("zjj", ("slj",), False), ("slj", (), True)]


def listed(place: Place, at: datetime, basis: str, **filters: Any) -> list[Any]:
    """All pages of the overdue list, three rows at a time."""
    found: list[Any] = []
    cursor = None
    while True:
        page = place.views(at).overdue(OPERATOR, filters, at, basis, cursor, 3)
        found += page.items
        if page.next is None:
            return found
        cursor = tuple(page.next)


def owing(row: Any) -> set[str]:
    return {row["party"], *row.get("co_parties", ())}


def test_a_department_is_shown_what_it_owes_alone_and_what_it_owes_with_others(
    new_full_place: Callable[..., Place],
) -> None:
    place, shared = new_full_place(jurisdiction(), some_files(24, seed=8)), 0
    for days, basis in itertools.product((6, 12, 20, 45), ("known", "recomputed")):
        at = BEGUN + timedelta(days=days)
        everybody = listed(place, at, basis)
        for organ in {organ for row in everybody for organ in owing(row)}:
            own = [row for row in everybody if organ in owing(row)]
            assert listed(place, at, basis, department=organ) == own
            tasks = [row for row in own if row["rule"] == "TASK-DUE"]
            assert listed(place, at, basis, department=organ, rule="TASK-DUE") == tasks
            shared += sum(row["party"] != organ for row in own)
    assert shared, "nothing is owed by several"


def carded(name: str, *leads: str, handed_to: str | None = None) -> list[list[Entry]]:
    """A task that was warned of and moved once, then overdue, perhaps handed over after that; and its supervision record."""
    written = Written(name=name)
    written.write(
        TaskAssigned(**opening(name), **{**TASK, "leads": leads, "due": date(2025, 12, 10)}), name, "zwj", BEGUN, BEGUN
    )
    moved = BEGUN + timedelta(days=1)
    written.write(TaskDueChanged(matter=name, due=DUE, why="调整"), name, "zhb", moved, moved)
    if handed_to is not None:
        over = BEGUN + timedelta(days=9)
        written.write(
            TaskHandedOver(matter=name, to=handed_to, leads=(handed_to,), why="撤销"), name, "zwj", over, over
        )
    (clock,) = project(ledger(jurisdiction()), written.entries).clocks
    record = Written(name=f"{name}-DB")
    said: Any = {"matter": f"{name}-DB", "clock": str(clock.clock_id), "profile": "any", "rule": "TASK-DUE", "party": leads[0],
                 "case_number": name, "due": DUE}  # fmt: skip
    for event, days in (
        (SupervisionOpened(**opening(f"{name}-DB"), supervises=name), 3),
        (WarningRecorded(**said, detected_at=BEGUN + timedelta(days=3)), 3),
        (BreachRecorded(**said, detected_at=BEGUN + timedelta(days=5), verdict=1, severity="hard", state="late"), 5),
    ):
        at = BEGUN + timedelta(days=days)
        record.write(event, f"{name}-DB", "system", at, at)
    return [written.entries, record.entries]


def test_cards_and_extensions_are_listed_under_every_lead(new_full_place: Callable[..., Place]) -> None:
    """A new lead is not shown the cards of those before it as its own."""
    histories = [*carded("F-1", "zjj", "slj"), *carded("F-2", "slj"), *carded("F-3", "zjj", "slj", handed_to="jtj")]
    place = new_full_place(jurisdiction(), histories)
    at = BEGUN + timedelta(days=20)
    lists = PostgresInspections(place.pool, place.schema, place.ledger, now=lambda: at)

    def of(organ: str) -> tuple[list[tuple[str, str]], list[str]]:
        asked = Listed({"department": organ}, at)
        cards = sorted((row["case_number"], row["kind"]) for row in lists.cards(OPERATOR, asked).items)
        return cards, sorted(row["number"] for row in lists.extensions(OPERATOR, asked).items)

    four = [("F-1", "red"), ("F-1", "yellow"), ("F-3", "red"), ("F-3", "yellow")]
    assert of("zjj") == (four, ["F-1", "F-3"])
    assert of("slj") == (sorted([*four, ("F-2", "red"), ("F-2", "yellow")]), ["F-1", "F-2", "F-3"])
    assert of("jtj") == ([], [])
