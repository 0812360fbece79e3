"""What an event does to who holds its matter (经办): it opens it, passes it on, sends it, takes it back or closes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.kernel import Event


@dataclass(frozen=True, slots=True)
class Custody:
    """What an event does to who holds its matter. `to` names a field of the event, or `actor` for who acted."""

    effect: str
    to: str = "actor"
    when: str | None = None

    def applies(self, event: Event) -> bool:
        """Whether the effect happens: `when`, if given, names a field of the event that must be true."""
        return self.when is None or bool(getattr(event, self.when))


def opens(to: str = "actor") -> Custody:
    """The event opens its matter in the hands of `to`."""
    return Custody("opens", to)


def passes(to: str = "actor") -> Custody:
    """The event passes its matter to `to` at once."""
    return Custody("passes", to)


def sends(to: str) -> Custody:
    """The event puts its matter on the way to `to`; who holds it does not change before the receipt is signed."""
    return Custody("sends", to)


def recalls() -> Custody:
    """The event ends the transit; the matter is with who acted."""
    return Custody("recalls")


def closes(when: str | None = None) -> Custody:
    """The event closes its matter: nobody holds it any more."""
    return Custody("closes", when=when)
