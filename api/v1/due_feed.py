"""The due dates of a department as a calendar (期限日历): subscribed to once, kept up to date by the calendar program itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any
from urllib.parse import quote

from flask import Response, request
from marshmallow import Schema, fields, validate

from api.context import caller, place, reader, wiring
from api.errors import Invalid
from api.openapi import Blueprint
from api.v1.doubts import reminders
from api.v1.fields import SHORT
from api.v1.ical import MEDIA_TYPE, Alarm, Item, calendar_text
from api.v1.steps import PREFIX
from domain.law.calendar import Calendars
from domain.law.clock import CHINA, DAY, day_of
from domain.law.limit import TimeLimit

FEED = Blueprint("calendar feed", __name__, url_prefix=PREFIX, description="Due dates for calendar programs")
MOST_DAYS, MOST_ITEMS = 260, 2_000
PAST = timedelta(days=366)
MORNING = time(9, tzinfo=CHINA)
DOCUMENTED: Mapping[str, Any] = {
    "content_type": MEDIA_TYPE,
    "summary": "The due dates of a department as iCalendar",
    "description": "Calendar programs send the token as the password of HTTP Basic; the user name is ignored.",
    "security": [{"bearer": []}, {"basic": []}],
    "headers": {"ETag": {"schema": {"type": "string"}, "description": "Send it back as If-None-Match"}},
}


class WhoseDates(Schema):
    """Whose due dates, how far ahead."""

    department = fields.String(
        validate=validate.Length(1, SHORT),
        metadata={"description": "Who owes the acts; the caller's organ if not given"},
    )
    within = fields.Integer(
        load_default=60, validate=validate.Range(1, MOST_DAYS), metadata={"description": "Working days from today"}
    )


@FEED.route("/due.ics")
@FEED.arguments(WhoseDates(), location="query")
@FEED.documented("CalendarText", 422, 503, **DOCUMENTED)
@FEED.doc(responses={"304": {"description": "Nothing has changed since the ETag in If-None-Match"}})
def due_feed(query: dict[str, Any]) -> Response:
    here, now = place(), wiring().now()
    register, calendars, today = here.ledger.register(), here.ledger.calendars(), day_of(now)
    organ = register.organ(query.get("department") or caller().organ)
    if organ is None:
        raise Invalid({"department": [f"no organ {query.get('department')}"]})
    last = calendars[register.calendar_of(organ.id)].nth_workday(today, query["within"])
    rows = here.views.due_dates(reader(), organ.id, today - PAST, last, now, MOST_ITEMS)
    named = f"{organ.name_zh} 期限" + (" （演练）" if here.ledger.rehearsal else "")
    text = calendar_text(named, chain(reminders(organ.id, now), _items(rows, calendars, today))).encode()
    response = Response(text, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(text).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _items(rows: Any, calendars: Calendars, today: date) -> Iterator[Item]:
    here = place()
    rules = {(each.profile, each.id): each for each in here.ledger.rulebook.limits}
    for row in rows:
        limit = rules[row["profile"], row["rule"]]
        due: date | datetime = row["due"]
        yield Item(
            uid=f"{row['id']}@{quote(here.name, safe='')}.anjuan",
            due=due.astimezone(UTC) if isinstance(due, datetime) else due,
            created=row["created_at"],
            changed=row["changed_at"],
            sequence=max(0, row["changes"] - 1),
            tentative=row["provisional"],
            summary=_summary(row, limit),
            description="\n".join(_description(row, limit)),
            categories=tuple(_categories(row)),
            url=f"{request.host_url}api/v1/cases/{quote(row['number'], safe='')}",
            alarm=_alarm(due, calendars, row, today, limit),
        )


def _summary(row: Mapping[str, Any], limit: TimeLimit) -> str:
    marks = [
        mark
        for mark, said in (("已逾期", row["overdue"]), ("暂定", row["provisional"]), ("原则上", _soft(row)))
        if said
    ]
    return "".join(f"【{mark}】" for mark in marks) + f"{limit.title_zh} {row['number']}"


def _description(row: Mapping[str, Any], limit: TimeLimit) -> Iterator[str]:
    cited = limit.citation
    yield f"{limit.title_zh}（{row['rule']}），案件 {row['number']}，事项 {row['matter']}，责任单位 {row['party']}。"
    yield f"依据：{cited.instrument} {cited.clause}" + "".join(f"「{each}」" for each in cited.quote)
    if row["provisional"]:
        yield "日期暂定：所涉年份的放假安排尚未公布。 Provisional: the holidays of a year it touches are not published yet."
    if _soft(row):
        yield "该期限为原则性要求。 A limit in principle (soft)."
    if row["overdue"]:
        yield "已逾期，尚未办理。 Overdue and not done."
    if row["right"] or row["conditional"]:
        yield "可以行使，不行使不追责。 May be used; nobody is blamed for not using it."
    yield f"{limit.title_en}: case {row['number']}, matter {row['matter']}, owed by {row['party']}."


def _categories(row: Mapping[str, Any]) -> Iterator[str]:
    yield row["rule"]
    yield row["type"]
    if _soft(row):
        yield "原则上"
    if row["overdue"]:
        yield "已逾期"


def _soft(row: Mapping[str, Any]) -> bool:
    return bool(row["severity"] == "soft")


def _alarm(
    due: date | datetime, calendars: Calendars, row: Mapping[str, Any], today: date, limit: TimeLimit
) -> Alarm | None:
    """In the morning of the working day before the due day, if that is still to come."""
    calendar = calendars[row["calendar"]]
    day = (day_of(due) if isinstance(due, datetime) else due) - DAY
    while not calendar.is_workday(day):
        day -= DAY
    if day < today:
        return None
    return Alarm(datetime.combine(day, MORNING).astimezone(UTC), f"明日到期：{limit.title_zh} {row['number']}")
