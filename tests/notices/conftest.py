"""A county that sends notices: a ledger, its webhooks, receivers on this machine, and deliverers with little patience."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.wiring import Place, Wiring, found_ledger
from application.handle import Command, Receipt, handle
from application.ledger import JURISDICTION
from domain.cases.complaint.events import Subject
from domain.cases.jurisdiction.webhook import Webhook
from domain.kernel import Actor
from infrastructure.administration import Administration
from infrastructure.postgres.pool import connect
from infrastructure.webhooks.deliverer import Deliverer
from infrastructure.webhooks.patience import Patience
from infrastructure.webhooks.sending import Sender
from tests.http.conftest import ORGANS, PROFILES
from tests.notices.delivering import HERE as HERE
from tests.notices.receiver import Answering, Receiver, raw
from tests.servers import Database

QUICK = Patience(attempts=3, first=0.02, longest=0.05, look=0.2)


@dataclass
class Office:
    """One ledger and all that it sends."""

    place: Place
    wiring: Wiring
    database: Database
    deliverers: list[Deliverer] = field(default_factory=list)
    secrets: dict[UUID, str] = field(default_factory=dict)

    def take(self, step: str, *, by: str = "zwj", case_type: str = "jurisdiction", **said: Any) -> Receipt:
        """Take a step of the jurisdiction, or open a case of another type."""
        now = datetime.now(UTC)
        case = JURISDICTION if case_type == "jurisdiction" else said.pop("case", None)
        command = Command(
            case_type=case_type,
            step=step,
            actor=Actor(by),
            occurred_at=now,
            case=case,
            number=said.pop("number", None),
            protected=said.pop("protected", {}),
            arguments=said,
        )
        return handle(command, self.place.ledger, now=now, new_id=self.wiring.new_id)

    def subscribe(self, receiver: Receiver | str, **said: Any) -> UUID:
        """A webhook with its secret."""
        identifier = uuid4()
        url = receiver if isinstance(receiver, str) else receiver.url
        self.take("add_webhook", webhook=identifier, url=url, **said)
        self.secrets[identifier] = self.place.outbound.new_secret(identifier, old_until=datetime.now(UTC))
        return identifier

    def webhook(self, identifier: UUID) -> Webhook:
        """A webhook as the ledger knows it."""
        return self.place.ledger.office().case.webhooks[identifier]

    def complain(self, count: int = 1) -> list[int]:
        """Register complaints; their positions in the log."""
        opened = [self.complaint() for _ in range(count)]
        self.sequence()
        return [self.place.log.position_of(each.entries[0].event_id) or 0 for each in opened]

    def complaint(self, **said: Any) -> Receipt:
        """Register one complaint."""
        number = f"投诉-{secrets.token_hex(5)}"
        about: dict[str, Any] = {"subject": Subject.BIDDING, "complainant": str(uuid4()), "objection_needed": False}
        return self.take("register", case_type="complaint", by="zjj", number=number, **{**about, **said})

    def sequence(self) -> int:
        """Give positions to all there is."""
        self.wiring.sequence(self.place)
        return self.place.log.last_position()

    def deliverer(self, patience: Patience = QUICK) -> Deliverer:
        """A deliverer that works."""
        of_its_own = partial(connect, self.database.app, name="test deliverer")
        made = self.place.outbound.deliverer(of_its_own, patience=patience)
        self.deliverers.append(made)
        made.start()
        return made

    def standing(self, identifier: UUID) -> Any:
        """How a webhook stands."""
        return self.place.outbound.standings.all().get(identifier)

    def letters(self, identifier: UUID) -> Sequence[Any]:
        """What was put aside."""
        return self.place.outbound.standings.dead_letters(identifier, 0, 1000)


@pytest.fixture(scope="module")
def sender() -> Sender:
    """Posts to this machine, and gives up soon."""
    return Sender(HERE, connect_seconds=1.0, total_seconds=1.5)


@pytest.fixture(scope="module")
def notices_wiring(database: Database, sender: Sender) -> Iterator[Wiring]:
    """The wiring of a process that may send to this machine."""
    made = Wiring(database.app, sender=sender, pool_size=12)
    yield made
    made.close()


@pytest.fixture
def office(notices_wiring: Wiring, database: Database) -> Iterator[Office]:
    """A real ledger."""
    with Administration(database.owner, app=database.app_role) as owner:
        name = f"t-{secrets.token_hex(5)}"
        organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
        place = found_ledger(
            notices_wiring, owner, name, kind="real", calendar="enshi", profiles=PROFILES, organs=organs
        )
    made = Office(place, notices_wiring, database)
    yield made
    for each in made.deliverers:
        each.stop()


@pytest.fixture
def receive() -> Iterator[Callable[..., Receiver]]:
    """Makes receivers."""
    made: list[Receiver] = []

    def make(answering: Answering = lambda n, notice: 204, **options: Any) -> Receiver:
        made.append(Receiver(answering, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def hanging() -> int:
    """A port that takes what is sent and never answers."""
    return raw(lambda channel: sleep(30))
