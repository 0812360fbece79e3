"""Receipts for what a command recorded (入账凭证): in JSON the receipt itself, in words the command that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.cli.telling import wants_json
from api.cli.words import Words
from api.wiring import Place


def receipt_of(place: Place, event: UUID | None) -> str | None:
    """The receipt for what was recorded together with an event, where the answer is read by a program; else None."""
    return place.receipts.after(event) if event is not None and wants_json() else None


def receipt_line(event: UUID | None) -> Iterator[Words]:
    """Where people get it; nothing where nothing was recorded."""
    if event is not None:
        how = f"anjuan receipt show {event}"
        yield Words(f"入账凭证：{how}", f"receipt: {how}")
