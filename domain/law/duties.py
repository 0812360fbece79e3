"""Which clocks the events of a file start, pause, stop, void, revive and extend: a fold over facts under the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.kernel import Entry
from domain.law.clock import CHINA, Clock, Halt, Mark, day_of
from domain.law.limit import Condition, Extension, Passing, Pause, Revival, Start, Stop, TimeLimit, Void
from domain.law.rulebook import Rulebook, Trigger

Seen = Mapping[tuple[str, str], Entry]
"""The latest entry by matter and topic."""

NOTHING, SOMETHING = "@none", "@some"
"""In a condition: an empty field, and one with any value."""


def holds(condition: Condition, entry: Entry, matter: str, seen: Seen) -> bool:
    """Whether an event, together with the earlier events of its matter, meets a condition."""
    event = entry.event
    for name, allowed in condition.when.items():
        if not _among(getattr(event, name, None), allowed):
            return False
    for path, allowed in condition.given.items():
        if path.count(".") == 1:
            if ((matter, path) in seen) not in allowed:
                return False
            continue
        topic, _, name = path.rpartition(".")
        found = seen.get((matter, topic))
        if not _among(None if found is None else getattr(found.event, name, None), allowed):
            return False
    return True


def _among(value: Any, allowed: tuple[Any, ...]) -> bool:
    if (NOTHING if value is None else SOMETHING) in allowed:
        return True
    return value in allowed and value not in (NOTHING, SOMETHING)


def _days(entry: Entry, names: tuple[str, ...]) -> list[Any]:
    return [value for name in names if (value := getattr(entry.event, name)) is not None]


def _instant(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=CHINA)


def _besides(party: str, limit: TimeLimit, entry: Entry) -> tuple[str, ...]:
    """Who else owes the act."""
    return tuple(each for each in getattr(entry.event, limit.shared_by) if each != party) if limit.shared_by else ()


@dataclass(slots=True)
class Duties:
    """The clocks of one file, told entry by entry. Custody is told first: `holder` holds the matter of the present entry."""

    file_id: UUID
    rulebook: Rulebook
    organ_of: Callable[[str], str | None]
    calendar_of: Callable[[str], str]
    external: Callable[[str], bool]
    clocks: list[Clock] = field(default_factory=list)
    holder: str | None = None
    _seen: dict[tuple[str, str], Entry] = field(default_factory=dict)
    _running: dict[str, list[Clock]] = field(default_factory=dict)
    _places: list[tuple[int, str, str]] = field(default_factory=list)
    _triggers: dict[UUID, Mapping[str, tuple[Trigger, ...]]] = field(default_factory=dict)

    def opened(self, case_id: UUID, profiles: tuple[str, ...]) -> None:
        """A case was opened under these profiles; to be told before any of its events has its effect."""
        self._triggers[case_id] = self.rulebook.on_topic(profiles)

    def apply(self, entry: Entry, holder: str | None) -> list[Clock]:
        """Let one event have its effect; answer the clocks it touched, new ones last."""
        matter, topic = entry.matter, entry.topic
        if matter is None:
            return []
        self.holder = holder
        touched: list[Clock] = self._succeed(entry) if entry.event.SUCCEEDS else []
        running = self._running.setdefault(matter, [])
        triggers = self._triggers.get(entry.case_id) or self.rulebook.on_topic(())
        for action, limit, clause, condition in triggers.get(topic, ()):
            if condition is not None and not holds(condition, entry, matter, self._seen):
                continue
            if action == "start":
                if (clock := self._start(entry, matter, limit, clause)) is not None:
                    self.clocks.append(clock)
                    running.append(clock)
                    touched.append(clock)
                continue
            for clock in running:
                if clock.limit is limit and self._act(clock, clause, entry, action):
                    touched.append(clock)
        self._seen[matter, topic] = entry
        return touched if len(touched) < 2 else list({id(clock): clock for clock in touched}.values())

    def _act(self, clock: Clock, clause: Any, entry: Entry, action: str) -> bool:
        match action:
            case "stop":
                return self._stop(clock, clause, entry)
            case "confirm" | "reject":
                return self._confirm(clock, entry, action)
            case "pause" | "resume":
                return self._pause(clock, clause, entry, action)
            case "void":
                return self._void(clock, clause, entry)
            case "revive":
                return self._revive(clock, clause, entry)
            case "extend":
                return self._extend(clock, clause, entry)
            case "pass":
                return self._pass(clock, clause, entry)
        raise ValueError(f"no action {action!r}")

    def _stop(self, clock: Clock, stop: Stop, entry: Entry) -> bool:
        if not clock.open or (stop.same_party and entry.actor.acting_for != clock.party):
            return False
        clock.stop = self._mark(entry, stop.field, pending=stop.confirmed_by is not None, lapse=stop.lapse)
        return True

    def _confirm(self, clock: Clock, entry: Entry, action: str) -> bool:
        if clock.stop is None or not clock.stop.pending:
            return False
        clock.stop = clock.stop._replace(pending=False) if action == "confirm" else None
        return True

    def _pause(self, clock: Clock, pause: Pause, entry: Entry, action: str) -> bool:
        if not clock.open:
            return False
        key = getattr(entry.event, pause.match, None) if pause.match else None
        key = f"{pause.begins}:{key}" if key is not None else None
        if action == "pause":
            clock.halts.append(Halt(entry.occurred_at, key=key or f"{pause.begins}:"))
            return True
        waiting = [
            halt for halt in clock.halts if halt.ended is None and (halt.key or "").startswith(f"{pause.begins}:")
        ]
        named = [halt for halt in waiting if halt.key == key]
        for halt in (named or waiting)[:1]:
            halt.ended = entry.occurred_at
            return True
        return False

    def _void(self, clock: Clock, void: Void, entry: Entry) -> bool:
        if not clock.open or (void.other_party and entry.actor.acting_for == clock.party):
            return False
        clock.void = self._mark(entry)
        return True

    def _revive(self, clock: Clock, revival: Revival, entry: Entry) -> bool:
        undone = self._seen.get((clock.matter, revival.cancels))
        if undone is None or (revival.same_party and entry.actor.acting_for != clock.party):
            return False
        if any(other.party == clock.party for other in self._alike(clock.limit, clock.matter)[clock.leg :]):
            return False
        stopped, voided = (
            mark is not None
            and (mark.topic == revival.cancels if revival.whichever else mark.event_id == undone.event_id)
            for mark in (clock.stop, clock.void)
        )
        clock.stop, clock.void = None if stopped else clock.stop, None if voided else clock.void
        return stopped or voided

    def _extend(self, clock: Clock, extension: Extension, entry: Entry) -> bool:
        if not clock.open:
            return False
        if extension.to is not None:
            clock.span = extension.to
        if extension.by:
            clock.span = replace(clock.span, amount=clock.span.amount + extension.by)
        if extension.field:
            clock.given_date = getattr(entry.event, extension.field)
        return True

    def _pass(self, clock: Clock, passing: Passing, entry: Entry) -> bool:
        if not clock.open:
            return False
        clock.party = self._party(clock.limit.owed_by, entry)
        clock.calendar = self.calendar_of(clock.party)
        clock.co_parties = _besides(clock.party, clock.limit, entry)
        return True

    def _succeed(self, entry: Entry) -> list[Clock]:
        """Whoever takes the place of an organ owes what that had not done yet, alone or with others. The clocks run on."""
        event: Any = entry.event
        self._places.append((entry.file_version, event.from_, event.to))
        owed = [clock for clock in self.clocks if clock.open and event.from_ in clock.parties]
        for clock in owed:
            party, *besides = dict.fromkeys(event.to if each == event.from_ else each for each in clock.parties)
            clock.party, clock.co_parties = party, tuple(besides)
            clock.calendar = self.calendar_of(party)
        return owed

    def _in_place_of(self, found: Entry) -> str:
        """Who acted then, or whoever took the place of that organ since."""
        organ = found.actor.acting_for
        for version, old, new in self._places:
            organ = new if organ == old and version > found.file_version else organ
        return organ

    def _alike(self, limit: TimeLimit, matter: str) -> list[Clock]:
        """The clocks of a rule in a matter, in order: the first has leg 1."""
        return [clock for clock in self._running.get(matter, ()) if clock.limit.id == limit.id]

    def _start(self, entry: Entry, matter: str, limit: TimeLimit, start: Start) -> Clock | None:
        alike = self._alike(limit, matter)
        if not start.leg and any(clock.open for clock in alike):
            return None
        anchor, after = self._anchor(entry, start) if start.about is None else self._anchor_elsewhere(entry, start)
        if anchor is None or not limit.in_force(day_of(anchor)):
            return None
        party = self._party(start.owed_by or limit.owed_by, entry)
        if not limit.binds_external and self.external(party):
            return None
        clock = Clock(
            file_id=self.file_id,
            limit=limit,
            matter=matter,
            case_id=entry.case_id,
            leg=len(alike) + 1,
            party=party,
            calendar=self.calendar_of(party),
            anchor=anchor,
            created=self._mark(entry),
            span=start.within or limit.within,
            given_date=getattr(entry.event, limit.within.field) if limit.within.field else None,
            ceiling_anchor=self._ceiling(entry, limit),
            after=after,
            co_parties=_besides(party, limit, entry),
        )
        if start.stops_itself and (start.done_on is None or getattr(entry.event, start.done_on) is not None):
            clock.stop = self._mark(entry, start.done_on)
        return clock

    def _anchor(self, entry: Entry, start: Start) -> tuple[datetime | None, None]:
        found: Entry | None = entry
        if start.anchors:
            found = self._latest(entry.matter, start.anchors)
        if found is None:
            return None, None
        if not start.fields:
            return found.occurred_at, None
        days = _days(found, start.fields)
        return (_instant(max(days)) if days else None), None

    def _anchor_elsewhere(self, entry: Entry, start: Start) -> tuple[datetime | None, Clock | None]:
        """The latest of the event's own days and of what happened in the matter it names, or what was due there."""
        matter = getattr(entry.event, start.about or "")
        instants = [_instant(day) for day in _days(entry, start.fields)]
        if matter is not None and (found := self._latest(matter, start.anchors)) is not None:
            return max([*instants, found.occurred_at]), None
        waited = [each for each in self._running.get(matter, ()) if each.limit.id == start.after_due]
        if matter is None or not waited:
            return max(instants, default=None), None
        return max(instants, default=waited[-1].anchor), waited[-1]

    def _latest(self, matter: str | None, topics: tuple[str, ...]) -> Entry | None:
        found = [seen for topic in topics if (seen := self._seen.get((matter or "", topic))) is not None]
        return max(found, key=lambda each: each.file_version, default=None)

    def _ceiling(self, entry: Entry, limit: TimeLimit) -> datetime | None:
        if limit.not_later_than is None:
            return None
        found = self._latest(entry.matter, limit.not_later_than.anchors)
        return None if found is None else found.occurred_at

    def _party(self, owed_by: str, entry: Entry) -> str:
        kind, _, rest = owed_by.partition(":")
        match kind:
            case "holder":
                return self.holder or entry.actor.acting_for
            case "actor":
                return entry.actor.acting_for
            case "addressee":
                return str(getattr(entry.event, "to"))
            case "field":
                return str(getattr(entry.event, rest))
            case "role":
                return self.organ_of(rest) or rest
            case "party":
                return rest
        topic = owed_by.removeprefix("actor of ")
        found = self._seen.get((entry.matter or "", topic))
        return entry.actor.acting_for if found is None else self._in_place_of(found)

    def _mark(self, entry: Entry, name: str | None = None, *, pending: bool = False, lapse: bool = False) -> Mark:
        value = getattr(entry.event, name) if name else None
        at = entry.occurred_at if value is None else _instant(value)
        return Mark(entry.event_id, entry.topic, at, entry.known_at(), pending, lapse, entry.imported)
