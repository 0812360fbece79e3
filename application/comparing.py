"""What is said of an instant today beside what was said then (今昔对照): of one case, and of what was overdue, with the causes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from application.causes import CLOCK, CUSTODY, STATE, About, Comparison
from application.causes_shown import Showing, case_of
from application.handle import NotFound
from application.ledger import Ledger
from application.permissions import sight_of
from application.ports import Reader
from application.queries import open_case
from application.shown import in_china
from application.worlds import NOTHING, Worlds
from domain.file import File
from domain.kernel import Actor, Case


def compared_case(ledger: Ledger, case: UUID, actor: Actor, at: datetime) -> dict[str, Any]:
    """A case at an instant as known then and as recomputed today, and why the two differ; raises NotFound where it was in neither."""
    opened = open_case(ledger, case, actor)
    found = Comparison(Worlds(ledger, opened.entries, opened.office, at), ledger.types)
    files = found.file(NOTHING), found.file(found.all)
    if not any(case in each.cases for each in files):
        raise NotFound(f"{case} was not there at that moment")
    asked = {about for file in files for about in _about(file, case) if _shown(file, about, opened.sight.shows)}
    showing = Showing(opened.entries, opened.sight.shows)
    then, today = (each.cases.get(case) for each in files)
    return {
        "case": case,
        "number": showing.number(case),
        "known": _line(then),
        "recomputed": _line(today),
        "items": [
            showing.difference(each, case_of(each, files) or case) for each in found.differences(asked.__contains__)
        ],
        "as_of": in_china(at),
        "rehearsal": ledger.rehearsal,
    }


def _about(file: File, case: UUID) -> Iterator[About]:
    """The state of a case, who holds its matters and its clocks."""
    yield STATE, str(case)
    known = file.cases.get(case)
    matters = {each.id for each in file.matters.values() if each.case_id == case or (known and each.id == known.matter)}
    yield from ((CUSTODY, each) for each in matters)
    yield from ((CLOCK, str(each.id)) for each in file.clocks if each.case_id == case or each.matter in matters)


def _shown(file: File, about: About, shows: Callable[[UUID | None], bool]) -> bool:
    what, name = about
    if what == CLOCK:
        return all(shows(each.case_id) for each in file.clocks if str(each.id) == name)
    return what != CUSTODY or shows(file.matters[name].case_id)


def _line(case: Case | None) -> dict[str, Any] | None:
    return None if case is None else {"state": case.state, "version": case.version}


def compared_clocks(
    ledger: Ledger, reader: Reader, rows: Iterable[Mapping[str, Any]], at: datetime
) -> Iterator[dict[str, Any]]:
    """Why clocks are overdue at an instant only then or only today, or otherwise; each by `file_id` and `id`, in their order.

    One that does not differ any more, its file having moved since the list was read, is passed over.
    """
    files: dict[UUID, tuple[Comparison, Showing]] = {}
    for row in rows:
        identifier = row["file_id"]
        if identifier not in files:
            files[identifier] = _compared(ledger, reader, identifier, at)
        found, showing = files[identifier]
        about = (CLOCK, str(row["id"]))
        for each in found.differences({about}.__contains__) if found.worlds.entries else ():
            case = case_of(each, ())
            if case is not None and showing.shows(case):
                yield {"file_no": row["file_no"], "type": row["type"], **showing.difference(each, case)}


def _compared(ledger: Ledger, reader: Reader, identifier: UUID, at: datetime) -> tuple[Comparison, Showing]:
    entries, office = ledger.load_file(identifier)
    live = ledger.file(identifier, entries, office=office)
    sight = sight_of(reader, live, ledger.barred_where_it_concerns(live))
    return Comparison(Worlds(ledger, entries, office, at)), Showing(entries, sight.shows)
