"""Receipts (入账凭证): for what the database stored, as it stored it, signed by a key of the ledger that answers requests."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from application.proofs import RECEIPT
from application.receipts import NoReceipt
from domain.proof.entry import Order, StoredEvent
from domain.proof.note import BadNote, Note, sign
from domain.proof.receipt import KEY_NAME, Receipt
from infrastructure.keys import folder
from infrastructure.keys.folder import KeysExposed
from infrastructure.postgres.outage import OUTAGES
from infrastructure.postgres.session import Connections, Session
from infrastructure.proof.ed25519 import BadKey, SigningKey
from infrastructure.proof.keys import KEY, LogKeys
from infrastructure.settings import Settings

log = logging.getLogger("anjuan.receipts")

Values = Sequence[bytes | None]
WITHOUT: tuple[type[Exception], ...] = (*OUTAGES, NoReceipt)


def receipt_keys_of(chosen: Settings) -> Path:
    """The folder of the keys of all receipts that the settings name."""
    return chosen.receipt_keys_dir or chosen.home / "receipts"


class ReceiptKeys:
    """The keys that sign and signed the receipts of one ledger. `root`: the folder of those of all ledgers of this installation."""

    def __init__(self, root: Path, ledger: UUID, name: str) -> None:
        self.kept = LogKeys(root, ledger, name + KEY_NAME)

    def present(self) -> SigningKey:
        """The key that signs, made where there is none yet. Raises OSError, KeysExposed or BadKey."""
        return self._newest() or self._made(anew=False)

    def rotate(self) -> SigningKey:
        """A new key in the place of the one that signs, which goes on to count for what it signed, and can sign nothing more."""
        return self._made(anew=True)

    def changed(self) -> int:
        """What is another number after any change of the folder; 0 where there is none."""
        try:
            return self.kept.path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _made(self, *, anew: bool) -> SigningKey:
        root = folder.make(self.kept.path.parent)
        with folder.locked(root):
            before = self._newest()
            if before is not None and not anew:
                return before
            older = self.kept.signing()
            made = self.kept.make()
            for each in older:
                folder.wipe(self.kept.path / KEY.format(each.public.id.hex()))
            return made

    def _newest(self) -> SigningKey | None:
        """The one that was made last, where there are several because a rotation was interrupted."""
        if self.kept.path.exists():
            folder.closed(self.kept.path)
        private = {each.public: each for each in self.kept.signing()}
        return next((private[each.key] for each in reversed(self.kept.trusted()) if each.key in private), None)


class ReceiptBook:
    """What hands out the receipts of one ledger. Safe to share between threads."""

    def __init__(self, pool: Connections, schema: str, name: str, keys: ReceiptKeys) -> None:
        self._session, self._name, self._keys = Session(pool, schema), name, keys
        self._at_hand: tuple[int, SigningKey] | None = None

    def ready(self) -> None:
        """Raises NoReceipt where none can be signed, and what the driver raises when the database is away."""
        self._key()

    def issued(self, event: UUID) -> str:
        """The receipt for everything that was stored together with an event; LookupError where there is none."""
        stored = list(map(_stored, self._session.fetch_raw("recorded_together", (event.bytes,))))
        if not stored:
            raise LookupError(str(event))
        text, key = Receipt.of(self._name, stored).text(), self._key()
        return str(Note(text, (sign(text, key.public, key.sign),)))

    def sealed(self, text: str) -> Note | None:
        """A text that the ledger answers for, signed by the key of its receipts; None where that is not here."""
        try:
            key = self._key()
        except NoReceipt:
            return None
        return Note(text, (sign(text, key.public, key.sign),))

    def after(self, event: UUID) -> str | None:
        """The same for what has just been recorded; None if the database went away since."""
        try:
            return self.issued(event)
        except WITHOUT as error:
            log.warning("event=%s recorded without a receipt: %s", event, type(error).__name__)
            return None

    def wrong(self) -> str | None:
        """Why no receipt can be signed; None if all is well."""
        try:
            self.ready()
        except NoReceipt as error:
            return str(error)
        return None

    def _key(self) -> SigningKey:
        """The key that signs now, read again whenever its folder changed, and published when it is first met."""
        known, changed = self._at_hand, self._keys.changed()
        if known is not None and known[0] == changed:
            return known[1]
        try:
            found = self._keys.present()
        except (OSError, KeysExposed, BadKey, BadNote) as error:
            raise NoReceipt(f"{type(error).__name__}: {error}") from error
        self._session.read("publish_receipt_key", (str(found.public), RECEIPT))
        self._at_hand = (changed, found)
        return found


def _stored(row: Values) -> StoredEvent:
    incarnation, tx, event_no, salt, *fields = row
    order = Order._make(int.from_bytes(each or b"", "big") for each in (incarnation, tx, event_no))
    return StoredEvent(order, salt or b"", fields)
