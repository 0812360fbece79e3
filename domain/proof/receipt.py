"""Receipts (入账凭证): what whoever recorded something is handed, signed: these events were taken, and will be in the log soon."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from domain.proof.checkpoint import BadCheckpoint, whole_number
from domain.proof.entry import EVENT_ID, RECORDED_AT, StoredEvent, commitment, instant_in

FORM = "anjuan receipt/v1"
"""The first line of every receipt."""

MERGE_DELAY = timedelta(seconds=10)
"""How long after its recording an event may be missing from the log."""

KEY_NAME = "/receipt"
"""What the name of the key that signs receipts has after the origin."""

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_EVENT = re.compile(r"event ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9a-f]{64})")


class BadReceipt(ValueError):
    """A text is no receipt; the message says why."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That the log `origin` took some events together: when it `recorded` them, within how many seconds they will be in the tree,
    and the commitment to what is stored of each, by event in the order of recording."""

    origin: str
    recorded: datetime
    commitments: Mapping[UUID, bytes]
    within: int = int(MERGE_DELAY.total_seconds())

    @classmethod
    def of(cls, origin: str, stored: Sequence[StoredEvent]) -> Receipt:
        """The receipt for the stored events of one transaction, in order; ValueError where there is none."""
        if not stored:
            raise ValueError("a receipt is about one event at least")
        recorded = max(instant_in(each.fields[RECORDED_AT] or b"") for each in stored)
        found = {UUID(bytes=each.fields[EVENT_ID]): commitment(each.salt, each.fields) for each in stored}
        return cls(origin, recorded, MappingProxyType(found))

    @property
    def due(self) -> datetime:
        """From when on whoever does not find the events in the log holds proof that they were removed."""
        return self.recorded + timedelta(seconds=self.within)

    def text(self) -> str:
        """The lines that are signed."""
        recorded = self.recorded.astimezone(UTC).strftime(_TIME)
        events = "".join(f"event {event} {bound.hex()}\n" for event, bound in self.commitments.items())
        return f"{FORM}\n{self.origin}\nrecorded {recorded}\nwithin {self.within}\n{events}"

    @classmethod
    def parse(cls, text: str) -> Receipt:
        """The receipt in a signed text. Raises BadReceipt."""
        lines = text.split("\n")
        if len(lines) < 6 or lines[0] != FORM or not lines[1] or lines[-1]:
            raise BadReceipt(f"a receipt begins with {FORM!r} and has the lines origin, recorded, within, event")
        found = [_EVENT.fullmatch(each) for each in lines[4:-1]]
        commitments = {UUID(each[1]): bytes.fromhex(each[2]) for each in found if each}
        if len(commitments) != len(found):
            raise BadReceipt("a line is no event, or an event stands twice")
        recorded, within = _after("recorded ", lines[2]), _after("within ", lines[3])
        try:
            at = datetime.strptime(recorded, _TIME).replace(tzinfo=UTC)
            receipt = cls(lines[1], at, MappingProxyType(commitments), whole_number(within))
        except (BadCheckpoint, ValueError) as error:
            raise BadReceipt(str(error)) from error
        if receipt.text() != text:
            raise BadReceipt("a receipt is written otherwise")
        return receipt


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise BadReceipt(f"{line!r} does not begin with {word!r}")
    return line.removeprefix(word)
