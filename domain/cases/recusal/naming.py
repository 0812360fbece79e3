"""What every opening step of a recusal (回避) checks first: the file, the names, the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.recusal import law
from domain.demands import check_new
from domain.kernel import Refused
from domain.names import Fixed

if TYPE_CHECKING:
    from domain.desk import Desk

FILES_APART = {"supervision", "jurisdiction"}
"""Case types whose files nobody is barred from: the supervision record has to be answered, the register is everybody's."""


def check_place(desk: Desk, number: str) -> None:
    """Refuse a case in a file that does not exist or knows no recusal, or under the id of a matter."""
    if not desk.file.entries:
        raise Refused(law.NO_FILE)
    if any(case.TYPE in FILES_APART for case in desk.file.cases.values()):
        raise Refused(law.NOT_HERE)
    check_new(desk, number)


def known_officers(desk: Desk, officers: tuple[str, ...]) -> tuple[Fixed, ...]:
    """The officers, each once and each in the register, serving or not."""
    for each in officers:
        if desk.register.officer(each) is None:
            raise Refused(law.UNKNOWN_OFFICER, officer=each)
    return tuple(map(Fixed, dict.fromkeys(officers)))
