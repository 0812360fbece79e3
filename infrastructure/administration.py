"""What only the owner of the database does (管理): migrate it, add and drop ledgers, hand out and revoke tokens."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import UTC, datetime
from functools import partial
from types import TracebackType

from psycopg.conninfo import conninfo_to_dict

from infrastructure.keys.files import keys_of
from infrastructure.keys.store import KeyStore
from infrastructure.keys.vault import Vault
from infrastructure.postgres.migrate import migrating
from infrastructure.postgres.plain_values import held_keys, ledger_id, seal_plain_values
from infrastructure.postgres.pool import connect
from infrastructure.postgres.registry import (
    Jurisdiction,
    create_jurisdiction,
    drop_rehearsal,
    jurisdictions,
    migrate_all,
)
from infrastructure.postgres.rights import make_roles
from infrastructure.postgres.server import database_address, database_url
from infrastructure.postgres.tokens import USUAL, create_token, revoke_token
from infrastructure.settings import Settings, settings
from infrastructure.sign_in.keeper import Keeper, demonstrations, end_demonstrations
from infrastructure.sign_in.passwords import Passwords


class Administration:
    """One connection of the owner; `app` is the role that the application runs under. Close it, or use it in a `with`.

    `keys`: of protected values (None: where the environment has them). `projector`, `sequencer`: the roles of what runs in the
    background and of what gives positions and signs, if they have one of their own.
    """

    def __init__(
        self,
        owner_url: str,
        *,
        app: str,
        keys: KeyStore | None = None,
        projector: str | None = None,
        sequencer: str | None = None,
    ) -> None:
        self._keys = keys or keys_of(settings())
        self._owner = connect(owner_url, name="anjuan administration")
        self._app, self._projector, self._sequencer = app, projector, sequencer

    def migrate(self) -> tuple[str, ...]:
        """Bring every schema up to date, name its keys by its ledger, seal what it keeps in plain; the names of what was run."""
        make_roles(self._owner, (self._app, self._projector, self._sequencer))
        run = migrate_all(self._owner, app=self._app, projector=self._projector, sequencer=self._sequencer)
        with migrating(self._owner):
            return (*run, *self._seal_all())

    def _seal_all(self) -> Iterator[str]:
        for each in self.jurisdictions():
            ledger = ledger_id(self._owner, each.schema)
            if adopted := self._keys.adopt(each.schema, ledger.hex, partial(held_keys, self._owner, each.schema)):
                yield f"{each.schema} named the keys of {adopted} cases {ledger.hex}"
            if sealed := seal_plain_values(self._owner, each.schema, Vault(self._keys, each.schema, ledger)):
                yield f"{each.schema} sealed {sealed} protected values; older backups and WAL hold them in plain"

    def jurisdictions(self) -> tuple[Jurisdiction, ...]:
        """Every jurisdiction, by name."""
        return jurisdictions(self._owner)

    def create_jurisdiction(self, name: str, *, kind: str) -> Jurisdiction:
        """A new, empty ledger, `real` or `rehearsal` for ever; raises NameTaken."""
        return create_jurisdiction(
            self._owner, name, kind=kind, app=self._app, projector=self._projector, sequencer=self._sequencer
        )

    def drop_rehearsal(self, name: str) -> None:
        """Drop a rehearsal ledger with all that is in it; raises NoSuchRehearsal."""
        drop_rehearsal(self._owner, name)

    def create_token(
        self,
        *,
        jurisdiction: str,
        organ: str,
        officer: str = "",
        scope: Set[str] = USUAL,
        label: str | None = None,
        expires_at: datetime | None = None,
        demonstration: bool = False,
    ) -> str:
        """A new token for an organ or one of its officers; it is never shown again."""
        return create_token(
            self._owner,
            jurisdiction=jurisdiction,
            organ=organ,
            officer=officer,
            scope=scope,
            label=label,
            made_by="anjuan",
            expires_at=expires_at,
            demonstration=demonstration,
        )

    def demonstrations(self) -> int:
        """How many accounts and tokens of demonstrations let somebody in."""
        return demonstrations(self._owner)

    def end_demonstrations(self) -> int:
        """Let nobody in any more by what was made for demonstrations; how many tokens and accounts that were."""
        return end_demonstrations(self._owner, now=datetime.now(UTC))

    def keeper(self, jurisdiction: str) -> Keeper:
        """Who keeps accounts, tokens and subjects of a jurisdiction."""
        return Keeper(self._owner, jurisdiction, Passwords())

    def revoke_token(self, prefix: str) -> None:
        """Let the token with this prefix stand for nobody any more; raises NoSuchCredential."""
        revoke_token(self._owner, prefix, now=datetime.now(UTC))

    def close(self) -> None:
        """Close the connection."""
        self._owner.close()

    def __enter__(self) -> Administration:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def administration(chosen: Settings) -> Administration:
    """The administration of the database that the settings name; starts the embedded one if there is no other."""
    owner = database_url(chosen, role="owner")
    app, projector, sequencer = roles_of(chosen)
    return Administration(owner, app=app, keys=keys_of(chosen), projector=projector, sequencer=sequencer)


def roles_of(chosen: Settings) -> tuple[str, str, str]:
    """The roles of what answers requests, of what writes lists and of what signs, as the settings name them."""
    owner, *others = (_user(database_address(chosen, role=role)) for role in ("owner", "app", "projector", "sequencer"))
    app, projector, sequencer = (each or owner or "" for each in others)
    return app, projector, sequencer


def _user(url: str) -> str | None:
    found = conninfo_to_dict(url).get("user")
    return None if found is None else str(found)
