"""Access to identities (身份查阅): one request, for one officer, one case and some days; granted, denied, revoked, or run out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.cases.identity_access import law
from domain.cases.identity_access.events import (
    IdentityAccessDenied,
    IdentityAccessGranted,
    IdentityAccessRequested,
    IdentityAccessRevoked,
    IdentityViewed,
)
from domain.cases.identity_access.values import Value, case_numbered, protected_of
from domain.demands import check_new, require, stated
from domain.kernel import DEPARTMENT, Case, Event, Organ, party, role, step, unknown
from domain.law.clock import day_of
from domain.law.limit import Span
from domain.law.spans import last_day
from domain.names import Fixed, FixedDay
from domain.register import HANDLES_NOTHING

if TYPE_CHECKING:
    from domain.desk import Desk
    from domain.file import File

REQUESTED, GRANTED, DENIED, REVOKED = "requested", "granted", "denied", "revoked"
INSPECTOR, ASKED = role("inspector"), party("organ")


class IdentityAccess(Case):
    """A matter of its own that nobody holds. Whether a grant has run out is computed when somebody looks."""

    TYPE = "identity_access"
    CODE = "CY"

    def __init__(self) -> None:
        super().__init__()
        self.about = self.organ = self.officer = self.motive = ""
        self.values: tuple[Value, ...] = ()
        self.days = 0
        self.until: date | None = None
        self.views = 0

    @step(DEPARTMENT, opens=True)
    def request(
        self,
        desk: Desk,
        *,
        about: str,
        values: tuple[Value, ...],
        motive: str | None,
        days: int = law.USUAL_DAYS,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Ask to see protected `values` of the case `about` for some `days`, oneself and nobody else, with the motive."""
        check_new(desk, number)
        _in_person(desk)
        require(_in_charge(desk), law.NOT_IN_CHARGE, organ=desk.organ)
        motive = stated(motive, law.MOTIVE_REQUIRED)
        require(values, law.NOTHING_ASKED)
        require(1 <= days <= law.MOST_DAYS, law.TOO_LONG, days=days)
        case = case_numbered(desk.file, about)
        require(case and protected_of(desk.file, case, values), law.NO_SUCH_CASE, about=about)
        self.record(
            IdentityAccessRequested(
                matter=number, number=number, file_no=file_no, profiles=profiles, about=Fixed(about),
                values=tuple(dict.fromkeys(values)), motive=Fixed(motive), organ=Organ(desk.organ),
                officer=Fixed(desk.actor.officer), days=days,
            )
        )  # fmt: skip

    @step(INSPECTOR, states=(REQUESTED,))
    def approve(self, desk: Desk, *, days: int | None = None, values: tuple[Value, ...] | None = None) -> None:
        """Let the officer who asked look for some `days` after today, at all of what was asked for or part of it."""
        _in_person(desk)
        require(desk.organ != self.organ and desk.actor.officer != self.officer, law.SAME_HANDS)
        require(self._may_still_look(desk), law.BARRED, organ=self.organ, officer=self.officer)
        granted = self.values if values is None else tuple(dict.fromkeys(values))
        require(granted and set(granted) <= set(self.values), law.NOTHING_ASKED, asked=self.values)
        allowed = self.days if days is None else days
        require(1 <= allowed <= law.MOST_DAYS, law.TOO_LONG, days=allowed)
        until = FixedDay(_last_day(desk, allowed))
        self.record(IdentityAccessGranted(matter=self.matter, values=granted, until=until))

    def _may_still_look(self, desk: Desk) -> bool:
        officer = desk.register.officer(self.officer)
        serves = officer is not None and officer.serving and officer.organ == self.organ
        return serves and desk.file.barred.isdisjoint((self.organ, self.officer))

    @step(INSPECTOR, states=(REQUESTED,))
    def deny(self, desk: Desk, *, because: str | None) -> None:
        """Turn the request down, with the reason."""
        because = stated(because, law.REASON_REQUIRED)
        self.record(IdentityAccessDenied(matter=self.matter, because=Fixed(because)))

    @step(INSPECTOR, states=(GRANTED,))
    def revoke(self, desk: Desk, *, because: str | None) -> None:
        """Take the grant back before it runs out, with the reason."""
        because = stated(because, law.REASON_REQUIRED)
        self.record(IdentityAccessRevoked(matter=self.matter, because=Fixed(because)))

    @step(ASKED, states=(GRANTED,), routed=False)
    def view(self, desk: Desk, *, values: tuple[Value, ...] | None = None, purpose: str | None = None) -> None:
        """Put on record that the officer looks at these values now; what is recorded is shown, and nothing else."""
        _in_person(desk)
        require(desk.actor.officer == self.officer, law.NOT_YOURS, granted_to=self.officer)
        require(self.until and day_of(desk.at) <= self.until, law.EXPIRED, until=self.until)
        asked = self.values if values is None else values
        require(asked and set(asked) <= set(self.values), law.NOTHING_ASKED, granted=self.values)
        case = case_numbered(desk.file, self.about)
        opened = protected_of(desk.file, case, asked) if case else ()
        require(opened, law.NO_SUCH_CASE, about=self.about)
        self.record(IdentityViewed(matter=self.matter, opened=opened, purpose=Fixed(purpose or self.motive)))

    def on(self, event: Event) -> None:
        match event:
            case IdentityAccessRequested():
                self.state, self.about, self.values = REQUESTED, event.about, event.values
                self.organ, self.officer, self.motive, self.days = event.organ, event.officer, event.motive, event.days
            case IdentityAccessGranted():
                self.state, self.values, self.until = GRANTED, event.values, event.until
            case IdentityAccessDenied():
                self.state = DENIED
            case IdentityAccessRevoked():
                self.state = REVOKED
            case IdentityViewed():
                self.views += 1
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        return {
            "about": self.about,
            "organ": self.organ,
            "officer": self.officer,
            "values": list(self.values),
            "motive": self.motive,
            "days": self.days,
            "until": self.until,
            "views": self.views,
        }


def _in_person(desk: Desk) -> None:
    """Refuse what no named officer does for their own organ."""
    require(desk.actor.officer and desk.actor.on_behalf_of is None, law.OFFICER_UNNAMED)


def _in_charge(desk: Desk) -> bool:
    """Whether the organ holds a matter of the file, or held one last that nobody holds any more."""
    found = desk.known(desk.organ)
    if found is None or not HANDLES_NOTHING.isdisjoint(found.roles):
        return False
    return desk.organ in _last_holders(desk.file)


def _last_holders(file: File) -> set[str]:
    return set({span.matter: span.holder for span in file.custody.held}.values())


def _last_day(desk: Desk, days: int) -> date:
    calendar = desk.file.calendars[desk.register.calendar_of(desk.organ)]
    return last_day(Span("calendar day", days), day_of(desk.at), calendar, ())
