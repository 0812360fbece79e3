"""A time limit (时限) as data: which facts start, pause and stop it, how long it is, who owes the act, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the rule stands: instrument, clause, and verbatim pieces of its text (`text` names the file of the text)."""

    instrument: str
    clause: str
    text: str | None = None
    quote: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """True of an event when each field has one of the values; `given` asks it of earlier events of the matter.

    `when`  maps a field of the event itself to the allowed values.
    `given` maps `topic` or `topic.field` (last dot) of the latest earlier event of the matter to the allowed values;
            the value tuple `(True,)` on a bare topic asks that it happened, `(False,)` that it did not.
    The value `@none` stands for an empty field (also of an event that did not happen), `@some` for any other.
    """

    when: Mapping[str, tuple[Any, ...]]
    given: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Start:
    """An event that creates the clock.

    `anchors`: topics; the latest earlier event of the matter with one of them is where days are counted from (empty: the
    event itself). `fields`: the date or instant fields of the anchor event, the latest of which days are counted from (none
    named: when it occurred; all empty: no clock).
    `about`: a field of the event that names another matter of the file. `anchors` are then looked for there, and days are
    counted from the latest of the event's own `fields`, of what was found there and, where nothing was, of the last day of
    that matter's latest clock of the rule `after_due`.
    `leg`: a new leg; without it a clock of the rule that still runs for the matter is not doubled.
    `stops_itself`: the creating event is also the act that was owed (judged at once); `done_on`: its date field that is the
    day of the act; empty: the act is still owed.
    `owed_by`, `within`: override the limit's for this start.
    """

    on: str
    condition: Condition
    anchors: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    leg: bool = False
    stops_itself: bool = False
    owed_by: str | None = None
    about: str | None = None
    after_due: str | None = None
    done_on: str | None = None
    within: Span | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """An event that stops a running clock of the matter.

    `same_party`: only when the acting organ is the one that owes. `confirmed_by`/`rejected_by`: topics; until confirmed the
    stop is pending, a rejection undoes it. `field`: the date field that counts as the day of the act. `lapse`: the event
    only records that a maximum ran out by itself; the clock ends on its due date whenever the event was recorded.
    """

    on: str
    condition: Condition
    same_party: bool = False
    field: str | None = None
    confirmed_by: str | None = None
    rejected_by: str | None = None
    lapse: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """Time between two events that is not counted, both end days excluded; pairs match by the value of `match`.

    Where the closing event leaves `match` empty, it closes the pause of the pair that has been open longest.
    """

    begins: str
    ends: str
    condition: Condition
    match: str | None = None


@dataclass(frozen=True, slots=True)
class Void:
    """An event after which the clock no longer applies. `other_party`: only clocks owed by another than the actor."""

    on: str
    condition: Condition
    other_party: bool = False


@dataclass(frozen=True, slots=True)
class Revival:
    """An event that undoes what the latest event `cancels` (topic) did, a stop or a voiding: the clock runs on from its origin.

    Only the latest clock of the rule that an organ owes is revived: a later leg lets earlier verdicts stand. `same_party`:
    only clocks owed by the acting organ. Revivals come before voids of the same event: a revived clock can be voided.
    `whichever`: what any event with that topic did is undone, and not only the latest.
    """

    on: str
    cancels: str
    condition: Condition
    same_party: bool = False
    whichever: bool = False


@dataclass(frozen=True, slots=True)
class Passing:
    """An event after which another owes the act: whoever the limit says, as things stand then. The clock runs on."""

    on: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Span:
    """How long: an amount of a unit, a date field of the creating event, or the end of a period.

    unit: `working day` `calendar day` `hour` `month` `year` `half-year end` `year end` `quarter day` `date` `none`.
    `amount`: number of units (quarter day: the day of the quarter's last month). `field`: for `date`.
    """

    unit: str
    amount: int = 0
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """An event that lengthens the clock, always counted from the raw origin: `to` this span, or `by` this amount more.

    `field`: the event's own date field gives the new last day (an authority moved a given date).
    """

    on: str
    condition: Condition
    to: Span | None = None
    by: int = 0
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Not later than this span counted from the latest event with one of `anchors`, whatever the limit's own span gives."""

    within: Span
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One version of one rule. `line` is its line in the profile, for messages; `profile` and `id` are its key.

    In force from `since` until the day before `until`. `learned`: the day from which the ledger went by this version, where that
    is later than the law itself says; until then it went by what it had. `binds_external`: whether organs that the register calls external,
    outside this jurisdiction, owe it too. `shared_by`: the field of the starting event that names further organs that owe it.
    """

    id: str
    profile: str
    title_zh: str
    title_en: str
    citation: Citation
    status: str
    since: date
    within: Span
    starts: tuple[Start, ...]
    stops: tuple[Stop, ...]
    pauses: tuple[Pause, ...] = ()
    voids: tuple[Void, ...] = ()
    revivals: tuple[Revival, ...] = ()
    extensions: tuple[Extension, ...] = ()
    passings: tuple[Passing, ...] = ()
    not_later_than: Ceiling | None = None
    roll: str = "none"
    owed_by: str = "holder"
    shared_by: str | None = None
    severity: str = "hard"
    conditional: bool = False
    at_due: str = "breach"
    right: bool = False
    advisory: bool = False
    binds_external: bool = True
    enforced: bool = True
    why_not: str | None = None
    reading: str | None = None
    until: date | None = None
    learned: date | None = field(default=None, repr=False)
    line: int = 0

    def in_force(self, on: date) -> bool:
        """Whether this version is the law on a day."""
        return self.since <= on and (self.until is None or on < self.until)

    @property
    def counts(self) -> bool:
        """Whether it enters statistics: derived and advisory rules and rights never blame anybody."""
        return self.status != "derived" and not self.advisory and not self.right

    @property
    def by_the_hour(self) -> bool:
        """Whether it is counted to the instant instead of to the day."""
        return self.within.unit == "hour"
