"""The explanation (说明) of a due date as text, in Chinese and in English: the same days, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from domain.law.clock import CHINA, Judgement, State, day_of
from domain.law.explanation import DUE, PAUSED, ROLLED, START, Day, Explanation
from domain.law.limit import Span

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

SPANS = {
    "working day": ("{n}个工作日", "{n} working day(s)"),
    "calendar day": ("{n}日", "{n} calendar day(s)"),
    "hour": ("{n}小时", "{n} hour(s)"),
    "month": ("{n}个月", "{n} month(s)"),
    "year": ("{n}年", "{n} year(s)"),
    "half-year end": ("至半年末", "to the end of the half-year"),
    "year end": ("至年末", "to the end of the year"),
    "quarter day": ("至季度末月{n}日", "to day {n} of the last month of the quarter"),
    "date": ("至指定日期", "to a given date"),
    "none": ("条文未定期限", "no limit in the text"),
}

KINDS = {
    START: ("起算日，不计入", "start, not counted"),
    "counted": ("计入", "counted"),
    "weekend": ("周末，不计", "weekend, not counted"),
    "holiday": ("放假，不计", "day off, not counted"),
    "make-up": ("调休上班", "make-up workday"),
    PAUSED: ("中止，不计", "paused, not counted"),
    ROLLED: ("期满日为休息日，顺延", "the period ends on a day of rest, rolled on"),
    DUE: ("截止日", "due"),
}

NOTES = {
    "make-up": ("调休上班", "make-up workday"),
    "ceiling": ("以最长期限为准", "the outer limit comes first"),
    ROLLED: ("顺延至工作日", "rolled to the next workday"),
    "given": ("指定日期", "given date"),
}

STATES = {
    State.RUNNING: ("期限未满", "running"),
    State.PAUSED: ("已中止计算", "paused"),
    State.MET: ("按期办结", "done in time"),
    State.BREACHED_OPEN: ("已逾期，尚未办结", "overdue and not done"),
    State.BREACHED_LATE: ("逾期办结", "done late"),
    State.LAPSED: ("期限已过，未行使", "the window has passed unused"),
    State.VOID: ("不再适用", "no longer applies"),
}


def in_chinese(explanation: Explanation) -> str:
    """The explanation for a Chinese reader."""
    return "\n".join(_lines(explanation, 0))


def in_english(explanation: Explanation) -> str:
    """The explanation for an English reader; the law is quoted in its own language."""
    return "\n".join(_lines(explanation, 1))


def _lines(explanation: Explanation, language: int) -> Iterator[str]:
    limit = explanation.clock.limit
    title = (limit.title_zh, limit.title_en)[language]
    yield f"{limit.id} {title} ({limit.citation.instrument} {limit.citation.clause})"
    yield from (f"“{piece}”" for piece in limit.citation.quote)
    yield ("期限：", "Time limit: ")[language] + span_text(explanation.clock.span, language)
    yield from (_day(day, explanation.clock.limit.by_the_hour, language) for day in explanation.days)
    yield from _outcome(explanation, language)
    if limit.reading:
        yield ("适用口径：", "Reading: ")[language] + limit.reading
    for edition in explanation.editions:
        yield ("日历依据：", "Calendar: ")[
            language
        ] + f"{edition.calendar} {edition.year}, {edition.notice} ({edition.published})"


def span_text(span: Span, language: int) -> str:
    """How long, in words; language 0 is Chinese, 1 English."""
    return SPANS[span.unit][language].format(n=span.amount)


def _day(day: Day, by_the_hour: bool, language: int) -> str:
    words = [KINDS[day.kind][language]]
    if by_the_hour and day.kind == START:
        words = [("起算", "start")[language]]
    if day.number is not None:
        words.append((f"第{day.number}日", f"day {day.number}")[language])
    if day.note is not None:
        words.append(NOTES[day.note][language] if day.note in NOTES else day.note)
    return f"{_date(day.date, language)} " + ("，", ", ")[language].join(words)


def _outcome(explanation: Explanation, language: int) -> Iterator[str]:
    judgement = explanation.judgement
    for year in explanation.unpublished:
        yield (
            f"{year}年放假安排尚未公布，日期为暂定，不作逾期认定。",
            f"The arrangement for {year} is not published: the date is provisional and no breach is found on it.",
        )[language]
    yield ("截止：", "Due: ")[language] + _due(judgement, language)
    yield ("结论：", "Verdict: ")[language] + ("，", ", ")[language].join(_verdict(judgement, language))


def _due(judgement: Judgement, language: int) -> str:
    if judgement.due.instant is not None:
        return _instant(judgement.due.instant)
    if judgement.due.day is not None:
        return f"{_date(judgement.due.day, language)} 24:00"
    return ("无", "none")[language]


def _verdict(judgement: Judgement, language: int) -> Iterator[str]:
    yield STATES[judgement.state][language]
    if judgement.stopped is not None:
        done = _instant(judgement.stopped) if judgement.due.instant else _date(day_of(judgement.stopped), language)
        yield (f"办理日{done}", f"done on {done}")[language]
    if judgement.late_working_days is not None:
        late = judgement.late_working_days
        yield (f"逾期{late}个工作日", f"late by {late} working day(s)")[language]
    if judgement.late_calendar_days is not None:
        late = judgement.late_calendar_days
        yield (f"逾期{late}日", f"late by {late} calendar day(s)")[language]
    if judgement.late_hours is not None:
        yield (f"逾期{judgement.late_hours:g}小时", f"late by {judgement.late_hours:g} hour(s)")[language]
    if judgement.remaining_working_days is not None:
        left = judgement.remaining_working_days
        yield (f"剩余{left}个工作日", f"{left} working day(s) left")[language]
    if judgement.pending_verification:
        yield ("待核验", "waiting for verification")[language]
    if judgement.lapsed_by_law:
        yield ("最长期限届满", "the maximum ran out by itself")[language]


def _date(day: date, language: int) -> str:
    weekday = day.weekday()
    return f"{day} " + (f"星期{WEEKDAYS_ZH[weekday]}", WEEKDAYS_EN[weekday])[language]


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(CHINA):%Y-%m-%d %H:%M}"
