"""Rows of what is held against or for a subject (市场主体状态): memos, blacklist entries, rewards, points, and since when that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.projections.rows import StandingRow
from domain.cases.credit.events import PointsCancelled, PointsRecorded, Sign
from domain.cases.expert_blacklist.events import (
    BlacklistEntered,
    BlacklistExpired,
    BlacklistLifted,
    BlacklistTermChanged,
)
from domain.cases.joint_punishment.events import (
    CreditPointsRecorded,
    JointPunishmentExpired,
    JointPunishmentLifted,
    JointPunishmentMemoIssued,
    OutsidePenaltyNamed,
    PenaltyDecided,
    PenaltyRevoked,
)
from domain.cases.reward.events import RewardExpired, RewardGranted, RewardWithdrawn
from domain.kernel import Entry, EventCorrected, OpeningEvent, amended
from domain.law.clock import day_of
from domain.names import Party, same_words

MEMO, BLACKLIST, REWARD, POINTS = "memo", "blacklist", "reward", "points"
TYPES = frozenset({"joint_punishment", "expert_blacklist", "reward", "credit"})
TOPICS = frozenset(
    each.TOPIC
    for each in (
        PenaltyDecided, OutsidePenaltyNamed, JointPunishmentMemoIssued, JointPunishmentLifted, JointPunishmentExpired,
        PenaltyRevoked, CreditPointsRecorded, BlacklistEntered, BlacklistTermChanged, BlacklistLifted, BlacklistExpired,
        RewardGranted, RewardWithdrawn, RewardExpired, PointsRecorded, PointsCancelled, EventCorrected,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom it concerns. `code`: with its kind in front."""

    name: str
    code: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing held against or for a subject, as the facts of its case tell it."""

    kind: str
    subject: Subject
    effective: date
    until: date | None = None
    bars: bool = False
    details: dict[str, Any] = field(default_factory=dict)
    points: int = 0
    revoked_on: date | None = None
    ended_on: date | None = None


def standing_rows(file_id: UUID, entries: Sequence[Entry]) -> Iterator[StandingRow]:
    """The rows of one case, from all its entries as they were recorded."""
    number = next((each.event.number for each in entries if isinstance(each.event, OpeningEvent)), "")
    for n, (standing, since, until) in enumerate(_spans(entries), 1):
        subject = standing.subject
        yield StandingRow(
            entries[0].case_id, n, file_id, number, standing.kind, subject.name, same_words(subject.name), subject.code,
            subject.party, standing.bars, standing.details, standing.points, standing.effective, standing.until,
            standing.revoked_on, standing.ended_on, since, until,
        )  # fmt: skip


def _spans(entries: Sequence[Entry]) -> list[tuple[Standing, datetime, datetime | None]]:
    """What was known from when until when, in the order in which it became known; nothing of what lasted no time."""
    found: list[tuple[Standing, datetime, datetime | None]] = []
    known: dict[UUID, tuple[Standing, datetime]] = {}
    for place, entry in enumerate(entries, 1):
        if entry.topic not in TOPICS:
            continue
        at, now = entry.known_at(), standings(amended(entries[:place]))
        for key, (standing, since) in tuple(known.items()):
            if now.get(key) != standing:
                del known[key]
                if since < at:
                    found.append((standing, since, at))
        known.update({key: (standing, at) for key, standing in now.items() if key not in known})
    return [*found, *((standing, since, None) for standing, since in known.values())]


def standings(facts: Sequence[Entry]) -> dict[UUID, Standing]:
    """What the facts of one case come to, corrections carried out, by the event that brought it."""
    found: dict[UUID, Standing] = {}
    subject = Subject("")
    for entry in facts:
        day, event = day_of(entry.occurred_at), entry.event
        match event:
            case PenaltyDecided() | OutsidePenaltyNamed():
                subject = Subject(event.subject, _code(event.uscc, None))
            case JointPunishmentMemoIssued():
                found[entry.event_id] = _memo(event, day)
            case CreditPointsRecorded():
                told = {"ground": None, "basis": event.basis, "sign": Sign.DEDUCTED}
                found[entry.event_id] = Standing(POINTS, subject, day, details=told, points=event.points)
            case BlacklistEntered():
                found[entry.event_id] = _blacklisted(event, day)
            case RewardGranted():
                found[entry.event_id] = _reward(event, day)
            case PointsRecorded():
                found[entry.event_id] = _points(event, day)
            case BlacklistTermChanged():
                _change(found, (BLACKLIST,), until=event.until)
            case PenaltyRevoked():
                _change(found, (MEMO,), revoked_on=day)
                _change(found, (POINTS,), ended_on=day)
            case JointPunishmentLifted() | JointPunishmentExpired():
                _change(found, (MEMO,), ended_on=day)
            case BlacklistLifted() | BlacklistExpired() | RewardWithdrawn() | RewardExpired() | PointsCancelled():
                _change(found, (BLACKLIST, REWARD, POINTS), ended_on=day)
    return found


def _change(found: dict[UUID, Standing], kinds: tuple[str, ...], **changes: Any) -> None:
    found.update({key: replace(each, **changes) for key, each in found.items() if each.kind in kinds})


def _code(uscc: str | None, expert_no: str | None) -> str | None:
    if uscc is not None:
        return f"uscc:{same_words(uscc)}"
    return None if expert_no is None else f"expert:{same_words(expert_no)}"


def _numbered(expert_no: str | None) -> dict[str, str]:
    """An expert's number as it was written."""
    return {} if expert_no is None else {"expert_no": expert_no}


def _memo(memo: JointPunishmentMemoIssued, issued: date) -> Standing:
    measures = [{"measure": each.measure, "basis": each.basis, "bars": each.keeps_out} for each in memo.measures]
    return Standing(
        MEMO,
        Subject(memo.subject, _code(memo.uscc, None)),
        max(memo.effective, issued),
        memo.until,
        bars=any(each.keeps_out for each in memo.measures),
        details={"memo": memo.memo, "measures": measures},
    )


def _blacklisted(entry: BlacklistEntered, entered: date) -> Standing:
    return Standing(
        BLACKLIST,
        Subject(entry.subject, _code(None, entry.expert_no), Party.EXPERT),
        max(entry.effective, entered),
        entry.until,
        bars=True,
        details={"ground": entry.ground, "basis": entry.basis, **_numbered(entry.expert_no)},
    )


def _reward(reward: RewardGranted, granted: date) -> Standing:
    told = [{"incentive": each.incentive, "basis": each.basis, "points": each.points} for each in reward.benefits]
    return Standing(
        REWARD,
        Subject(reward.subject, _code(reward.uscc, reward.expert_no), reward.party),
        max(reward.effective, granted),
        reward.until,
        details={"merits": reward.merits, "benefits": told, **_numbered(reward.expert_no)},
        points=-sum(each.points or 0 for each in reward.benefits),
    )


def _points(record: PointsRecorded, recorded: date) -> Standing:
    return Standing(
        POINTS,
        Subject(record.subject, _code(record.uscc, record.expert_no), record.party),
        max(record.effective, recorded),
        record.until,
        details={"ground": record.ground, "basis": record.basis, "sign": record.sign, **_numbered(record.expert_no)},
        points=record.points if record.sign == Sign.DEDUCTED else -record.points,
    )
