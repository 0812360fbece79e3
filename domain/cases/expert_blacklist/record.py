"""What is known of one expert's case (专家“黑名单”), folded from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.cases.expert_blacklist.events import (
    BlacklistDeclined,
    BlacklistEntered,
    BlacklistExpired,
    BlacklistLifted,
    BlacklistProposed,
    BlacklistTermChanged,
    ExpertHeard,
    ExpertNotified,
)
from domain.kernel import Case, Event, unknown

PROPOSED, NOTIFIED, HEARD, ENTERED = "proposed", "notified", "heard", "entered"
DECLINED, LIFTED, EXPIRED = "declined", "lifted", "expired"


class Record(Case):
    """`answer_by`: until when the expert may state the case; `until`: the last day of the entry."""

    def __init__(self) -> None:
        super().__init__()
        self.proposal: BlacklistProposed | None = None
        self.answer_by: date | None = None
        self.entry: BlacklistEntered | None = None
        self.until: date | None = None

    def on(self, event: Event) -> None:
        match event:
            case BlacklistProposed():
                self.state, self.proposal = PROPOSED, event
            case ExpertNotified():
                self.state, self.answer_by = NOTIFIED, event.answer_by
            case ExpertHeard():
                self.state = HEARD
            case BlacklistEntered():
                self.state, self.entry, self.until = ENTERED, event, event.until
            case BlacklistTermChanged():
                self.until = event.until
            case BlacklistDeclined():
                self.state = DECLINED
            case BlacklistLifted():
                self.state = LIFTED
            case BlacklistExpired():
                self.state = EXPIRED
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        assert self.proposal is not None
        known = self.entry or self.proposal
        return {
            "expert": known.subject,
            "expert_no": known.expert_no,
            "ground": known.ground,
            "basis": known.basis,
            "assessment": self.proposal.assessment,
            "answer_by": self.answer_by,
            "effective": self.entry.effective if self.entry else None,
            "until": self.until,
        }
