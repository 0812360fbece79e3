"""What only commands ask of infrastructure (命令装配): the one module beside `api.wiring` that meets it for a ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

from api.place import Place
from application.ports import Unavailable
from infrastructure.demo_files import demonstration_county as demonstration_county
from infrastructure.demo_files import demonstration_scenarios as demonstration_scenarios
from infrastructure.keys.files import keys_of
from infrastructure.keys.store import KeyStore
from infrastructure.plan_files import read_plan as read_plan
from infrastructure.plan_files import shipped_plans as shipped_plans
from infrastructure.plan_files import shipped_registers as shipped_registers
from infrastructure.postgres.server import database_address as address_for
from infrastructure.postgres.server import database_url
from infrastructure.proof.alone import sequence_alone as sequence_alone
from infrastructure.proof.rotation import LastKey as LastKey
from infrastructure.proof.rotation import NoSuchKey as NoSuchKey
from infrastructure.rebuild import Rebuilt, rebuild
from infrastructure.settings import settings


def keys_here() -> KeyStore:
    """The keys of protected values of this installation."""
    return keys_of(settings())


def database_address(role: LiteralString) -> str:
    """Where the role `app` or `owner` finds the database that the environment names; nothing is started."""
    return address_for(settings(), role=role)


def rebuild_lists(place: Place, *, workers: int, told: Callable[[int, int], None]) -> Rebuilt:
    """Build the lists of a jurisdiction anew; `told` how many of how many parts are done. Raises Unavailable."""
    try:
        return rebuild(
            database_url(settings(), role="owner"), place.schema, workers=workers, told=told, own=settings().law_dir
        )
    except TimeoutError as error:
        raise Unavailable(str(error)) from error
