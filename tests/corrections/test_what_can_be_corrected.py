"""Of every kind of event it is known which fields a correction may touch, and none of them says who, which or what was decided."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from application.correct import correctable
from application.signatures import protected_names
from domain.cases import CASES, EVENTS
from domain.cases.complaint.events import ComplaintReceived
from domain.cases.joint_punishment.events import PenaltyDecided
from domain.cases.referral.events import ReferralDispatched
from domain.cases.supervision.events import BreachRecorded, VerdictRejudged, WarningRecorded
from domain.kernel import Event


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_only_dates_and_descriptions_can_be_corrected(event: type[Event]) -> None:
    found = correctable(event, frozenset())
    assert {known.kind for known in found.values()} <= {date, datetime, str}
    assert not {"matter", "number", "file_no", "profiles", "to"} & set(found)


def test_the_fields_of_a_complaint_that_can_be_corrected() -> None:
    found = set(correctable(ComplaintReceived, protected_names(CASES["complaint"])))
    assert {"project", "matter_title", "knew_on"} <= found
    assert not {"complainant", "contact", "text", "subject", "objection_needed"} & found


def test_who_a_paper_was_sent_to_is_never_corrected() -> None:
    assert "to" not in correctable(ReferralDispatched, frozenset())


def test_of_a_fact_that_only_one_case_may_hold_dates_alone_can_be_corrected() -> None:
    assert all(known.kind in (date, datetime) for known in correctable(PenaltyDecided, frozenset()).values())


@pytest.mark.parametrize("event", [WarningRecorded, BreachRecorded, VerdictRejudged])
def test_what_the_timer_found_is_never_corrected(event: type[Event]) -> None:
    assert correctable(event, frozenset()) == {}
