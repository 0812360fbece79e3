"""iCalendar (RFC 5545) as it is written: lines of at most 75 octets, texts escaped, one event for each due date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//Anjuan//Due dates//ZH"
OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reminder at an instant."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One due date: on a day, or at an instant. `uid` is its own for ever, `sequence` grows whenever it is otherwise."""

    uid: str
    due: date | datetime
    created: datetime
    changed: datetime
    sequence: int
    tentative: bool
    summary: str
    description: str
    categories: tuple[str, ...]
    url: str
    alarm: Alarm | None


def calendar_text(name: str, items: Iterable[Item]) -> str:
    """A whole calendar. Without a METHOD, DTSTAMP says when an item last changed: the same items make the same text."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *(line for item in items for line in _event(item)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(item: Item) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{item.uid}"
    yield f"DTSTAMP:{_instant(item.changed)}"
    yield f"CREATED:{_instant(item.created)}"
    yield f"LAST-MODIFIED:{_instant(item.changed)}"
    yield f"SEQUENCE:{item.sequence}"
    if isinstance(item.due, datetime):
        yield f"DTSTART:{_instant(item.due)}"
    else:
        yield f"DTSTART;VALUE=DATE:{item.due:%Y%m%d}"
    yield f"SUMMARY:{_text(item.summary)}"
    yield f"DESCRIPTION:{_text(item.description)}"
    yield f"CATEGORIES:{','.join(map(_text, item.categories))}"
    yield f"STATUS:{'TENTATIVE' if item.tentative else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield f"URL:{item.url}"
    if item.alarm is not None:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER;VALUE=DATE-TIME:{_instant(item.alarm.at)}")
        yield from (f"DESCRIPTION:{_text(item.alarm.text)}", "END:VALARM")
    yield "END:VEVENT"


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, no character cut in two; all but the first begin with a blank."""
    piece, size = "", 0
    for each in line:
        octets = len(each.encode())
        if size + octets > OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + each, size + octets
    yield piece
