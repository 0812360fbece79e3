"""Opening the tasks of a plan (导入任务清单): all of them in one breath or none, and the same plan twice only once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4, uuid5

from application.decide import Decision
from application.handle import TRIES, InFuture, NotFound
from application.ledger import Ledger
from application.permissions import sight
from application.plans.plan import BadPlan, Plan, PlanRow, Wrong
from application.ports import Batch, FileMoved
from domain.cases.task.events import TaskAssigned
from domain.file import File
from domain.kernel import Actor, Entry, Event, Refused, case_id, file_id
from domain.law.clock import midnight
from domain.register import Register

TASK, ASSIGN = "task", "assign"
NUMBERS = Callable[[str], str | None]
"""Why a text cannot be the number of a case; None if it can."""

SAME = ("title", "leads", "cooperating", "issued", "due", "long_term", "source", "clause", "quote")


@dataclass(frozen=True, slots=True)
class Opened:
    """What an import did, or would do: the numbers of the tasks that it opened, and of those that stood already.

    `token`: the last event that it recorded; `event`: the same, or where it recorded none, the one that opened the last of what stands.
    """

    file_no: str
    opened: tuple[str, ...]
    unchanged: tuple[str, ...]
    token: UUID | None = None
    event: UUID | None = None


def open_plan(
    plan: Plan,
    ledger: Ledger,
    *,
    actor: Actor,
    now: datetime,
    wrong_number: NUMBERS,
    recorded_at: datetime | None = None,
    dry_run: bool = False,
) -> Opened:
    """Open every task of a plan that is not open yet, as given on the day of the document.

    `recorded_at`: rehearsal ledgers only. Raises BadPlan with all that is wrong, Forbidden, InFuture, FileMoved, and
    NotFound where its file is there and not for the actor.
    """
    at = midnight(plan.issued)
    if at > (recorded_at or now):
        raise InFuture("the plan is issued in the future")
    for again in range(TRIES):
        try:
            return _attempt(plan, ledger, actor, at, wrong_number, recorded_at, dry_run=dry_run, again=again > 0)
        except FileMoved:
            continue
    raise FileMoved(f"the file moved {TRIES} times")


def _attempt(
    plan: Plan, ledger: Ledger, actor: Actor, at: datetime, wrong_number: NUMBERS, recorded_at: datetime | None, *,
    dry_run: bool, again: bool,
) -> Opened:  # fmt: skip
    entries, office = ledger.load_file(file_id(plan.number))
    file = ledger.file(file_id(plan.number), entries, office=office)
    if file.entries and not sight(actor, file).whole:
        raise NotFound(f"file {plan.number}")
    errors = [*_bad_numbers(plan, wrong_number)]
    rows = [
        (row, arguments) for row in plan.rows if (arguments := _arguments(plan, row, file.register, errors)) is not None
    ]
    decision = Decision(file=file, actor=actor, at=at, new_id=uuid4, reserved=ledger.reserved)
    loaded = file.version
    opened, unchanged = [], []
    last: UUID | None = None
    for row, arguments in rows:
        number = plan.number_of(row)
        if (standing := _standing(file, number)) is not None:
            errors += _different(row, standing.event, arguments)
            last = standing.event_id
            unchanged.append(number)
        elif again and ledger.log.file_of(case_id(number)) is not None:
            errors.append(Wrong(row.row, "no", f"案号 {number} 已在别处使用", f"{number} is taken in another file"))
        else:
            _open(decision, plan, row, arguments, errors)
            opened.append(number)
    if errors:
        raise BadPlan(sorted(errors, key=lambda each: each.row or 0))
    token = None if dry_run or not decision.entries else _append(ledger, decision, loaded, recorded_at)
    return Opened(plan.number, tuple(opened), tuple(unchanged), token, None if dry_run else token or last)


def _bad_numbers(plan: Plan, wrong_number: NUMBERS) -> Iterator[Wrong]:
    if why := wrong_number(plan.number):
        yield Wrong(None, "plan", f"不能作案号：{why}", why)
        return
    for row in plan.rows:
        if why := wrong_number(plan.number_of(row)):
            yield Wrong(row.row, "no", f"不能作案号：{why}", why)


def _arguments(plan: Plan, row: PlanRow, register: Register, errors: list[Wrong]) -> Mapping[str, Any] | None:
    """What the task is given by; None where a department is not known. Cooperating ones may be mere names."""
    leads = [register.named(name) for name in row.leads]
    strangers = [name for name, found in zip(row.leads, leads, strict=True) if found is None]
    errors += [Wrong(row.row, "leads", f"名录中没有 {name}", f"the register has no {name}") for name in strangers]
    authority = register.named(plan.authority) if plan.authority else None
    if plan.authority and authority is None:
        why = Wrong(None, "authority", f"名录中没有 {plan.authority}", f"the register has no {plan.authority}")
        errors += [] if why in errors else [why]
    if strangers:
        return None
    named = [register.named(name) for name in row.cooperating]
    besides = [found.id if found else name for name, found in zip(row.cooperating, named, strict=True)]
    return {
        "title": row.title,
        "leads": tuple(dict.fromkeys(found.id for found in leads if found)),
        "cooperating": tuple(dict.fromkeys(besides)),
        "issued": plan.issued,
        "due": row.due,
        "long_term": row.long_term,
        "source": plan.source,
        "clause": row.clause,
        "quote": row.quote,
        "authority": authority.id if authority else register.role("office"),
        "plan": plan.number,
        "item": row.no,
    }


def _standing(file: File, number: str) -> Entry | None:
    found = (each for each in file.entries if each.case_id == case_id(number))
    return next((each for each in found if isinstance(each.event, TaskAssigned)), None)


def _different(row: PlanRow, standing: Event, arguments: Mapping[str, Any]) -> Iterator[Wrong]:
    """A task that stands is not changed by an import: its date is moved, and its lead replaced, by steps of its own."""
    assert isinstance(standing, TaskAssigned)
    assert {each.name for each in fields(standing)}.issuperset(SAME)
    for name in SAME:
        if getattr(standing, name) != arguments[name]:
            yield Wrong(row.row, name, "与已导入的任务不一致", "differs from the task that was imported before")


def _open(decision: Decision, plan: Plan, row: PlanRow, arguments: Mapping[str, Any], errors: list[Wrong]) -> None:
    number = plan.number_of(row)
    decision.new_id = partial(uuid5, case_id(number), "assigned")
    try:
        decision.open(TASK, ASSIGN, number, {**arguments, "matter": number}, file_no=plan.number)
    except Refused as refused:
        decision.file.cases.pop(case_id(number), None)
        errors.append(Wrong(row.row, "task", refused.ground.zh, refused.ground.en))


def _append(ledger: Ledger, decision: Decision, loaded: int, recorded_at: datetime | None) -> UUID:
    entries = tuple(decision.entries)
    ledger.log.append(Batch(decision.file.id, loaded, entries[0].case_id, entries, recorded_at=recorded_at))
    return entries[-1].event_id
