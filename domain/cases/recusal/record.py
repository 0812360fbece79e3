"""What is known of one implication or recusal (回避), folded from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.cases.recusal.events import (
    Implicated,
    MatterRedirected,
    MatterTakenOver,
    OfficersRecused,
    OrganReplaced,
    RecusalDecided,
    RecusalLifted,
    RecusalRequested,
    Relation,
)
from domain.kernel import Case, Event, unknown

REQUESTED, IN_FORCE, REFUSED, LIFTED = "requested", "in_force", "refused", "lifted"


class RecusalRecord(Case):
    """Who is barred by it, and since which fact."""

    def __init__(self) -> None:
        super().__init__()
        self.organs: tuple[str, ...] = ()
        self.officers: tuple[str, ...] = ()
        self.relation: Relation | None = None
        self.declared_by: str | None = None
        self.replaced_by: str | None = None
        self.taken_over: tuple[str, ...] = ()

    @property
    def barred(self) -> frozenset[str]:
        """Organs and officers that have no right in the file because of this case."""
        return frozenset((*self.organs, *self.officers)) if self.state == IN_FORCE else frozenset()

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case Implicated():
                self.state, self.organs, self.officers = IN_FORCE, event.organs, event.officers
                self.declared_by, self.replaced_by = event.declared_by, event.replaced_by
            case OfficersRecused():
                self.state, self.officers, self.declared_by = IN_FORCE, event.officers, event.declared_by
                self.relation = event.relation
            case RecusalRequested():
                self.state, self.officers, self.relation = REQUESTED, event.officers, event.relation
            case RecusalDecided():
                self.state = IN_FORCE if event.granted else REFUSED
            case MatterTakenOver():
                self.taken_over = (*self.taken_over, event.matter)
            case MatterRedirected() | OrganReplaced():
                pass
            case RecusalLifted():
                self.state = LIFTED
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        """Who is barred, who said so, and what was taken over from whom."""
        return {
            "organs": self.organs,
            "officers": self.officers,
            "relation": self.relation,
            "declared_by": self.declared_by,
            "replaced_by": self.replaced_by,
            "taken_over": self.taken_over,
        }
