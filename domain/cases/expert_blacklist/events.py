"""The facts of the expert blacklist (专家“黑名单”): proposed, heard, entered, changed, and how an entry ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed, same_words


def entry_fact(expert_no: str) -> str:
    """What says that the expert with this number has an entry."""
    return f"expert-blacklist:{same_words(expert_no)}"


@dataclass(frozen=True, kw_only=True)
class BlacklistProposed(OpeningEvent):
    """拟列入黑名单 `expert_no`: the expert's number in the expert database; `assessment`: the assessment form it rests on."""

    TOPIC = "expert-blacklist.proposed"
    CUSTODY = opens()
    subject: Fixed
    expert_no: Fixed | None = None
    ground: str
    basis: str
    assessment: str | None = None
    project: str | None = None
    proposed_by: Organ


@dataclass(frozen=True, kw_only=True)
class ExpertNotified(MatterEvent):
    """已告知陈述申辩权 `received_on`: when the notice reached the expert."""

    TOPIC = "expert-blacklist.expert-notified"
    received_on: date
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class ExpertHeard(MatterEvent):
    """已听取陈述申辩 `statement`: what the expert said, and `review`: what the department makes of it."""

    TOPIC = "expert-blacklist.expert-heard"
    statement: str
    review: str


@dataclass(frozen=True, kw_only=True)
class BlacklistEntered(MatterEvent):
    """已列入黑名单 From `effective` to `until`, both included."""

    TOPIC = "expert-blacklist.entered"
    RESERVES = True
    subject: Fixed
    expert_no: Fixed | None
    ground: str
    basis: str
    effective: date
    until: date

    @property
    def reserves(self) -> tuple[str, ...]:
        """One entry at a time for each expert who is known by number; names are not unique."""
        return () if self.expert_no is None else (entry_fact(self.expert_no),)


@dataclass(frozen=True, kw_only=True)
class BlacklistDeclined(MatterEvent):
    """不予列入."""

    TOPIC = "expert-blacklist.declined"
    CUSTODY = closes()
    reason: str


@dataclass(frozen=True, kw_only=True)
class BlacklistTermChanged(MatterEvent):
    """期限已变更 The entry was right, its term was not, or is another one now."""

    TOPIC = "expert-blacklist.term-changed"
    until: date
    basis: str


@dataclass(frozen=True, kw_only=True)
class BlacklistLifted(MatterEvent):
    """已移出黑名单 Early: because it is repaired (`repair`, the paper), or was `wrong` from the beginning."""

    TOPIC = "expert-blacklist.lifted"
    CUSTODY = closes()
    RESERVES = True
    repair: str | None = None
    wrong: bool = False
    releases: tuple[Fixed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BlacklistExpired(MatterEvent):
    """黑名单期满 Its last day has passed."""

    TOPIC = "expert-blacklist.expired"
    CUSTODY = closes()
    RESERVES = True
    releases: tuple[Fixed, ...] = ()
