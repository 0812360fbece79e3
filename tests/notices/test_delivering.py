"""What is recorded reaches the receivers, signed, in order, at least once; what cannot be delivered is put aside, never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from standardwebhooks import WebhookVerificationError

from domain.cases.jurisdiction.webhook import Sending
from domain.cases.jurisdiction.webhook_events import WhyDisabled
from infrastructure.webhooks.patience import Patience
from tests.notices.conftest import QUICK, Office
from tests.notices.receiver import Receiver

Receive = Callable[..., Receiver]
COMPLAINTS = {"topics": ("complaint.*",)}


def test_a_fact_arrives_as_a_signed_cloudevent(office: Office, receive: Receive) -> None:
    receiver = receive()
    webhook = office.subscribe(receiver, **COMPLAINTS)
    (position,) = office.complain()
    office.deliverer()
    receiver.until(lambda: receiver.taken)
    (notice,) = receiver.taken
    event = notice.verified_by(office.secrets[webhook])
    (entry,) = office.place.log.follow(position - 1, 1)
    assert notice.headers["content-type"].startswith("application/cloudevents+json")
    assert notice.identifier == event["id"] == str(entry.event_id)
    assert event["specversion"] == "1.0"
    assert event["type"] == "complaint.received"
    assert event["source"] == f"urn:anjuan:jurisdiction:{office.place.name}"
    assert event["subject"] == event["data"]["number"]
    assert datetime.fromisoformat(event["time"]) == entry.occurred_at
    assert datetime.fromisoformat(event["recordedat"]) == entry.recorded_at
    assert (event["position"], event["department"], event["rehearsal"]) == (position, "zjj", False)
    assert all(name.isascii() and name.isalnum() and name.islower() for name in event)
    with pytest.raises(WebhookVerificationError):
        replace(notice, body=notice.body.replace(b"zjj", b"slj")).verified_by(office.secrets[webhook])
    with pytest.raises(WebhookVerificationError):
        notice.verified_by("whsec_" + "A" * 43 + "=")


def test_nothing_protected_leaves_nor_a_reference_to_it(office: Office, receive: Receive) -> None:
    receiver = receive()
    office.subscribe(receiver, **COMPLAINTS)
    reference = uuid4()
    protected = {reference: ("complainant", "王某某")}
    office.complaint(complainant=str(reference), protected=protected)
    office.sequence()
    assert office.place.log.reveal([reference]) == {reference: "王某某"}
    office.deliverer()
    receiver.until(lambda: receiver.taken)
    assert receiver.taken[0].event["data"]["complainant"] is None
    assert "王某某".encode() not in receiver.taken[0].body
    assert str(reference).encode() not in receiver.taken[0].body


def test_a_new_webhook_is_told_of_what_comes_after_it_and_of_more_only_if_asked(
    office: Office, receive: Receive
) -> None:
    office.complain(2)
    one, two = receive(), receive()
    office.subscribe(one, **COMPLAINTS)
    office.subscribe(two, **COMPLAINTS, after=0)
    office.complain(2)
    office.deliverer()
    two.until(lambda: len(two.taken) == 4)
    one.until(lambda: len(one.taken) == 2)
    assert one.positions() == two.positions()[2:] == sorted(one.positions())


def test_a_receiver_that_fails_for_a_while_gets_everything_in_order(office: Office, receive: Receive) -> None:
    receiver = receive(lambda n, notice: 503 if n % 3 else 200)
    webhook = office.subscribe(receiver, **COMPLAINTS)
    expected = office.complain(10)
    office.deliverer()
    receiver.until(lambda: len(receiver.taken) == 10)
    assert receiver.positions() == expected
    receiver.until(lambda: office.standing(webhook)["failing_since"] is None)
    same = {each.event["position"]: each.identifier for each in receiver.came}
    assert all(each.identifier == same[each.event["position"]] for each in receiver.came)
    assert office.letters(webhook) == []


@pytest.mark.parametrize("status", [301, 307, 308, 400, 404, 500])
def test_what_is_never_taken_is_put_aside_and_the_next_one_goes_out(
    office: Office, receive: Receive, status: int
) -> None:
    poison: list[int] = []
    receiver = receive(lambda n, notice: status if notice.event["position"] in poison else 202)
    webhook = office.subscribe(receiver, **COMPLAINTS)
    first, second, third = office.complain(3)
    poison.append(second)
    office.deliverer()
    receiver.until(lambda: receiver.positions() == [first, third])
    (letter,) = office.letters(webhook)
    assert (letter["position"], letter["attempts"], letter["reason"]) == (second, 3, f"HTTP {status}")
    assert [each.path for each in receiver.came] == ["/hook"] * 5, "no redirect was followed"
    poison.clear()
    assert office.place.outbound.standings.retry(webhook, None) == [second]
    receiver.until(lambda: not office.letters(webhook))
    assert receiver.positions() == [first, third, second]


def test_what_fails_again_when_it_is_retried_stays_where_it_is(office: Office, receive: Receive) -> None:
    receiver = receive(lambda n, notice: 500)
    webhook = office.subscribe(receiver, **COMPLAINTS)
    (position,) = office.complain()
    office.deliverer()
    receiver.until(lambda: office.letters(webhook))
    office.place.outbound.standings.retry(webhook, position)
    receiver.until(lambda: office.letters(webhook)[0]["attempts"] == 4)
    assert office.letters(webhook)[0]["retry_asked_at"] is None
    assert office.place.outbound.standings.drop(webhook, position)
    assert not office.place.outbound.standings.drop(webhook, position)


def test_who_says_gone_is_told_nothing_more_until_somebody_resumes_it(office: Office, receive: Receive) -> None:
    receiver = receive(lambda n, notice: 410)
    webhook = office.subscribe(receiver, **COMPLAINTS)
    expected = office.complain(2)
    office.deliverer()
    receiver.until(lambda: office.webhook(webhook).state is Sending.DISABLED)
    assert office.webhook(webhook).why is WhyDisabled.GONE
    assert office.place.outbound.notice()["disabled"] == 1
    assert len(receiver.came) == 1
    receiver.answering = lambda n, notice: 200
    office.take("resume_webhook", webhook=webhook)
    receiver.until(lambda: receiver.positions() == expected)


def test_who_fails_for_too_long_is_disabled(office: Office, receive: Receive) -> None:
    receiver = receive(lambda n, notice: 500)
    webhook = office.subscribe(receiver, **COMPLAINTS)
    office.complain(2)
    office.deliverer(replace(QUICK, attempts=10_000, days=0.3 / 86400))
    receiver.until(lambda: office.webhook(webhook).state is Sending.DISABLED)
    assert office.webhook(webhook).why is WhyDisabled.FAILING
    assert len(receiver.came) > 2


def test_a_webhook_at_pause_misses_nothing(office: Office, receive: Receive) -> None:
    receiver = receive()
    webhook = office.subscribe(receiver, **COMPLAINTS)
    office.take("pause_webhook", webhook=webhook)
    before = office.complain(2)
    other = receive()
    office.subscribe(other, topics=("complaint.received",), after=0)
    office.deliverer()
    other.until(lambda: len(other.taken) == 2)
    assert receiver.came == []
    office.take("resume_webhook", webhook=webhook)
    assert before + office.complain() == receiver.until(lambda: len(receiver.taken) == 3 and receiver.positions())


def test_a_replay_sends_again_under_the_same_ids(office: Office, receive: Receive) -> None:
    receiver = receive()
    webhook = office.subscribe(receiver, **COMPLAINTS)
    expected = office.complain(4)
    office.deliverer()
    receiver.until(lambda: len(receiver.taken) == 4)
    office.take("replay_webhook", webhook=webhook, after=expected[2] - 1)
    receiver.until(lambda: len(receiver.taken) == 6)
    assert receiver.positions() == [*expected, *expected[2:]]
    assert [each.identifier for each in receiver.taken[4:]] == [each.identifier for each in receiver.taken[2:4]]


def test_two_secrets_sign_for_a_while_and_then_only_the_new_one(office: Office, receive: Receive) -> None:
    receiver = receive()
    webhook = office.subscribe(receiver, **COMPLAINTS)
    old = office.secrets[webhook]
    new = office.place.outbound.new_secret(webhook, old_until=datetime.now(UTC) + timedelta(hours=1))
    office.complain()
    office.deliverer()
    receiver.until(lambda: receiver.taken)
    assert receiver.taken[0].verified_by(old) == receiver.taken[0].verified_by(new)
    newest = office.place.outbound.new_secret(webhook, old_until=datetime.now(UTC))
    office.complain()
    receiver.until(lambda: len(receiver.taken) == 2)
    receiver.taken[1].verified_by(newest)
    for gone in (old, new):
        with pytest.raises(WebhookVerificationError):
            receiver.taken[1].verified_by(gone)


def test_one_receiver_that_hangs_keeps_no_other_waiting(office: Office, receive: Receive, hanging: int) -> None:
    slow = office.subscribe(f"http://127.0.0.1:{hanging}/hook", **COMPLAINTS)
    receiver = receive()
    office.subscribe(receiver, **COMPLAINTS)
    office.complain(20)
    office.deliverer(Patience(attempts=2, first=0.01, longest=0.01))
    receiver.until(lambda: len(receiver.taken) == 20)
    receiver.until(lambda: (office.standing(slow) or {}).get("failure"))
    assert "Timeout" in office.standing(slow)["failure"] or "time" in office.standing(slow)["failure"]


def test_filters_let_pass_what_they_name(office: Office, receive: Receive) -> None:
    everything, types, water, nobody = receive(), receive(), receive(), receive()
    office.subscribe(everything)
    office.subscribe(types, case_types=("complaint",))
    office.subscribe(water, departments=("slj",))
    office.subscribe(nobody, topics=("referral.*",))
    done = receive()
    office.subscribe(done, topics=("complaint.not-competent",))
    opened = office.complaint()
    arguments: dict[str, Any] = {"competent": "slj", "transfer_required": True}
    office.take("determine_not_competent", case_type="complaint", by="zjj", case=opened.case_id, **arguments)
    office.complaint()
    office.sequence()
    office.deliverer()
    done.until(lambda: done.taken)
    types.until(lambda: len(types.taken) == 3)
    everything.until(lambda: len(everything.taken) == 7)
    assert [each.event["type"] for each in water.taken] == ["complaint.not-competent"]
    assert nobody.came == []
    assert [each.event["type"] for each in everything.taken[:4]] == ["jurisdiction.webhook-added"] * 4


def test_a_webhook_without_a_secret_waits_for_one(office: Office, receive: Receive) -> None:
    receiver = receive()
    webhook = uuid4()
    office.take("add_webhook", webhook=webhook, url=receiver.url, topics=("complaint.*",))
    office.complain()
    deliverer = office.deliverer()
    receiver.until(lambda: deliverer.couriers() and deliverer.couriers()[0].health.doing == "standing by")
    assert receiver.came == []
    office.place.outbound.new_secret(webhook, old_until=datetime.now(UTC))
    office.complain()
    receiver.until(lambda: len(receiver.taken) == 2)


def test_a_courier_that_meets_a_defect_ends_and_says_so(office: Office, receive: Receive, monkeypatch: Any) -> None:
    receiver = receive()
    webhook = office.subscribe(receiver, **COMPLAINTS)

    def broken(entry: object) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr(office.place.outbound.notices, "envelope", broken)
    office.complain()
    office.deliverer()
    receiver.until(lambda: (office.standing(webhook) or {}).get("stopped"))
    assert office.standing(webhook)["stopped"] == "ZeroDivisionError: made up"
    assert office.place.outbound.notice()["stopped"] == 1
    assert receiver.came == []
    assert office.letters(webhook) == []
