"""A letter as text (函件文本): file, rule, citation, due day, how late, and by when to answer; from its facts and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.cases.supervision.events import LetterClock, LetterIssued
from domain.cases.supervision.letters import templates
from domain.law.clock import CHINA
from domain.law.limit import TimeLimit


@dataclass(frozen=True, slots=True)
class Names:
    """How a letter calls things: organs by their names, rules by the version that was in force when the clock began."""

    organ: Callable[[str], str]
    rule: Callable[[str, str, date], TimeLimit | None]


def letter_text(letter: LetterIssued, *, file_no: str, issuer: str, issued_on: date, names: Names) -> str:
    """The whole letter. `file_no`: the file that is supervised."""
    return "\n\n".join([*_parts(letter, file_no, names), _foot(names.organ(issuer), issued_on)])


def _parts(letter: LetterIssued, file_no: str, names: Names) -> Iterator[str]:
    addressee = names.organ(letter.to)
    yield templates.HEAD.format(
        title=templates.TITLES[letter.kind], number=letter.matter, file_no=file_no, addressee=addressee
    )
    if letter.follows is not None:
        yield templates.FOLLOWING.format(first=letter.follows)
    if letter.about_case is not None:
        yield templates.WHOLE_CASE.format(case=letter.about_case)
    if letter.clocks:
        parties = dict.fromkeys(
            "贵单位" if each.party == letter.to else names.organ(each.party) for each in letter.clocks
        )
        yield templates.OPENINGS[letter.kind].format(party="、".join(parties))
    for n, clock in enumerate(letter.clocks, 1):
        yield _subject(n, clock, names)
    if letter.demand:
        yield templates.DEMAND.format(demand=letter.demand)
    yield templates.ASK[letter.kind].format(answer_by=_day(letter.answer_by))


def _foot(issuer: str, issued_on: date) -> str:
    return templates.FOOT.format(issuer=issuer, issued_on=_day(issued_on))


def _subject(n: int, clock: LetterClock, names: Names) -> str:
    limit = names.rule(clock.profile, clock.rule, clock.start)
    citation = None if limit is None else limit.citation
    quote = "" if citation is None or not citation.quote else f"：“{'……'.join(citation.quote)}”"
    return templates.SUBJECT.format(
        n=n,
        title=clock.rule if limit is None else limit.title_zh,
        rule=clock.rule,
        case=clock.case_number,
        instrument="" if citation is None else citation.instrument,
        clause="" if citation is None else f" {citation.clause}",
        quote=quote,
        due=_due(clock),
        state=_state(clock),
    )


def _due(clock: LetterClock) -> str:
    if clock.due_at is not None:
        return f"{clock.due_at.astimezone(CHINA):%Y年%-m月%-d日%H时%M分}前"
    return "未定明确时限（及时）" if clock.due is None else f"{_day(clock.due)}前（含当日）"


def _state(clock: LetterClock) -> str:
    match clock.state:
        case "breached_open":
            return f"已逾期{_late(clock)}，尚未办理"
        case "breached_late":
            return f"逾期{_late(clock)}后办理"
        case "running":
            return "尚未办理"
    return "见案卷"


def _late(clock: LetterClock) -> str:
    if clock.late_hours is not None:
        return f"{clock.late_hours:g}小时"
    days = f"{clock.late_calendar_days}个自然日"
    return days if clock.late_working_days is None else f"{clock.late_working_days}个工作日（{days}）"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
