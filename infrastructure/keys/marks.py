"""Blind marks (盲索引): sixteen bits by which an id number or a telephone may be recognised, and from which nothing can be read."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from application.ports import Secret
from infrastructure.keys.sealing import bound

BYTES = 2
KINDS = ("id_number", "phone")
"""The protected arguments that are marked. Names never are: one name has many people, and few names have most."""

_CHINESE_MOBILE = re.compile(r"(?:00)?86(1\d{10})")

Mark = tuple[UUID, UUID, str, int]
"""Reference, case, kind and mark."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one ledger, under a key that is for nothing else; another ledger marks the same number otherwise."""

    key: Callable[[], bytes]
    ledger: UUID

    def of(self, protected: Mapping[UUID, Secret]) -> Iterator[Mark]:
        """The marks of those protected values that have one."""
        for reference, secret in protected.items():
            if secret.name in KINDS and (found := self.mark(secret.name, secret.value)) is not None:
                yield reference, secret.case_id, secret.name, found

    def mark(self, kind: str, text: str) -> int | None:
        """The mark of a number of a kind; None where nothing of it is left to go by."""
        said = normalised(kind, text)
        if not said:
            return None
        digest = hmac.digest(self.key(), bound("anjuan mark", self.ledger.hex, kind, said), "sha256")
        return int.from_bytes(digest[:BYTES])


def normalised(kind: str, text: str) -> str:
    """A number as it is compared: its letters and digits without width, case and spacing; of a telephone the digits."""
    plain = unicodedata.normalize("NFKC", text).upper()
    if kind != "phone":
        return "".join(each for each in plain if each.isalnum())
    digits = "".join(each for each in plain if each.isdecimal())
    found = _CHINESE_MOBILE.fullmatch(digits)
    return found[1] if found else digits
