"""The world of the tables behind the application, with a token for everybody."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.wiring import Place, Wiring, found_ledger
from application.ports import Batch
from domain.cases import CASES
from domain.kernel import case_id
from infrastructure.administration import Administration
from infrastructure.proof.growing import Growing
from infrastructure.proof.keys import LogKeys
from tests.permissions.cells import FIRST, World
from tests.permissions.tables import RELATIONS
from tests.permissions.world import OFFICERS, ORGANS, Frozen, histories, number_of
from tests.servers import Database


def sign(wiring: Wiring, place: Place, folder: Path) -> None:
    """Sign the log as it is, with a key of its own."""
    keys = LogKeys(folder, place.log.ledger_id, place.proofs.origin)
    with wiring.pool.connection() as connection:
        Growing(place.schema, keys).advance(connection)


@pytest.fixture(scope="module")
def world(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world, with nothing more to be recorded in it."""
    wiring, name = Wiring(database.app), f"t-{secrets.token_hex(5)}"
    with closing(wiring), Administration(database.owner, app=database.app_role) as owner:
        organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
        officers = tuple(
            {"officer": each, "name": each, "organ": organ, "duties": (duty,)}
            for each, (organ, duty) in OFFICERS.items()
        )
        place = found_ledger(wiring, owner, name, kind="rehearsal", calendar="enshi", profiles=("xuanen-2020", "national"),
                             organs=organs, officers=officers)  # fmt: skip
        for entries in histories():
            place.log.append(
                Batch(entries[0].file_id, 0, entries[0].case_id, tuple(entries), recorded_at=entries[-1].recorded_at)
            )
        FIRST.update({name: str(place.log.load_stream(case_id(number_of(name)))[0].event_id) for name in CASES})
        wiring.catch_up(place)
        sign(wiring, place, tmp_path_factory.mktemp("log"))
        frozen: Any = Frozen(place.log)
        place.ledger.log = frozen
        tokens = {
            relation: owner.create_token(jurisdiction=name, organ=organ, officer=officer)
            for relation, (organ, officer) in RELATIONS.items()
        }
        app = create_app(wiring)
        yield World(app, app.test_client(), tokens)
