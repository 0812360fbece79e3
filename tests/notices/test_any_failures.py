"""Whatever a receiver answers, every fact it asked for is delivered or put aside exactly once, in the order of the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.cases.jurisdiction.webhook import Webhook
from domain.cases.jurisdiction.webhook_events import WhyDisabled
from infrastructure.bell import Bell
from infrastructure.webhooks.courier import Courier
from infrastructure.webhooks.patience import Patience
from infrastructure.webhooks.sending import Outcome
from tests.notices.conftest import Office

ATTEMPTS = 3
ANSWERS = st.sampled_from([200, 204, 301, 404, 410, 429, 500, None])


class Script:
    """A sender without a network: answers as a list says, and with success when that is over."""

    def __init__(self, answers: list[int | None]) -> None:
        self.answers = answers
        self.sent: list[tuple[str, bool]] = []

    def post(self, url: str, body: bytes, headers: Any) -> Outcome:
        status = self.answers.pop(0) if self.answers else 200
        outcome = Outcome(status, "" if status == 200 else f"HTTP {status}")
        self.sent.append((headers["webhook-id"], outcome.delivered))
        return outcome


class OneWebhook:
    """A register with one webhook, resumed as soon as it was disabled."""

    def __init__(self, office: Office, webhook: Webhook) -> None:
        self.office, self.found, self.disabled = office, webhook, 0

    def webhook(self, identifier: object) -> Webhook:
        return self.found

    def beginning(self, webhook: Webhook) -> int | None:
        return webhook.after

    def disable(self, webhook: Webhook, why: WhyDisabled) -> None:
        self.disabled += 1
        self.office.place.outbound.standings.resumed(webhook.id)


@pytest.fixture
def filled(office: Office) -> Iterator[tuple[Office, list[int]]]:
    yield office, office.complain(6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(ANSWERS, max_size=30))
def test_any_sequence_of_failures_ends_with_everything_delivered_or_put_aside_in_order(
    filled: tuple[Office, list[int]], answers: list[int | None]
) -> None:
    office, positions = filled
    outbound, webhook = office.place.outbound, uuid4()
    outbound.new_secret(webhook, old_until=office.wiring.now())
    known = Webhook(webhook, "http://127.0.0.1/", None, ("complaint.*",), (), (), 0, begun=1, organ="zjj")
    script, register = Script(list(answers)), OneWebhook(office, known)
    patience = Patience(attempts=ATTEMPTS, first=0.0, longest=0.0)
    parts: tuple[Any, ...] = (outbound.notices, office.place.log, outbound.standings, script, patience)
    turns = _carry(Courier(webhook, register, *parts, news=Bell(), now=office.wiring.now))
    assert turns <= len(answers) + 20
    ids = {str(each.event_id): each.position for each in office.place.log.follow(0, 1000)}
    delivered = [ids[identifier] for identifier, taken in script.sent if taken]
    aside = [each["position"] for each in outbound.standings.dead_letters(webhook, 0, 1000)]
    assert delivered == sorted(set(delivered)), "each once, in order"
    assert aside == sorted(set(aside))
    assert sorted(delivered + aside) == positions, "nothing lost, nothing both delivered and put aside"
    assert [ids[identifier] for identifier, _ in script.sent] == sorted(
        ids[identifier] for identifier, _ in script.sent
    )
    assert register.disabled == sum(status == 410 for status in answers[: len(answers) - len(script.answers)])
    assert outbound.standings.all()[webhook]["position"] == office.place.log.last_position()
    outbound.standings.forget(webhook)


def _carry(courier: Courier) -> int:
    """Turn after turn until there is nothing left to do; how many."""
    turns = 0
    while courier.turn():
        turns += 1
        assert turns < 200, "it never comes to an end"
    return turns


@pytest.mark.parametrize(
    "failed, least, most", [(1, 2.5, 5), (2, 5, 10), (5, 40, 80), (11, 1800, 3600), (500, 1800, 3600)]
)
def test_pauses_double_scatter_and_have_an_end(failed: int, least: float, most: float) -> None:
    assert Patience(dice=lambda: 0.0).pause(failed) == pytest.approx(least, rel=1e-6) or failed == 11
    pauses = [Patience().pause(failed) for _ in range(50)]
    assert all(least <= each <= most for each in pauses)
    assert len(set(pauses)) > 1


def test_a_receiver_may_ask_for_a_longer_pause_but_not_for_an_endless_one() -> None:
    assert Patience().pause(1, 120) == 120
    assert Patience().pause(1, 10**7) == 3600
    assert Patience(dice=lambda: 1.0).pause(1, 0) == 5
