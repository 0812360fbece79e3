"""A case folded again from its events (重演): now, as of an instant, at a version, or what differs between two of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from api.cli.command import command, option
from api.cli.comparing import lines_of as reasons
from api.cli.differing import lines_of
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.moments import Then, as_of_option, basis_option
from api.cli.picture import picture
from api.cli.places import jurisdiction_option
from api.cli.reading import read
from api.cli.telling import tell
from api.cli.watched import watched
from api.cli.words import Words
from api.v1.numbers import case_named
from api.wiring import Place
from application.comparing import compared_case
from application.differing import differ, differences, whole
from application.handle import TIMER
from application.queries import Moment


@command(
    "由事件重演案件\n\n不给选项时重演至今。--diff 给出两个时点（版本号、时刻或 now）之间的差异；--why 给出某一时刻当时所知与今日重算的"
    "不同及其原因；有差异时退出码为 1。",
    "Fold a case again from its events\n\nUp to now unless an option says otherwise. --diff tells what differs between two "
    "moments (a version, an instant or `now`); --why what is said of an instant today otherwise than was known then, and why; "
    "exit code 1 if anything differs.",
)
@click.argument("case")
@as_of_option
@basis_option
@option("--version", type=click.IntRange(1), metavar="N", zh="该版本时的状态", en="As it stood at this version")
@option("--why", is_flag=True, zh="当时所知与今日重算之别及原因", en="Known then against recomputed today, with causes")
@option("--diff", nargs=2, type=Then(), metavar="A B", zh="两个时点的差异", en="What differs between two moments")
@jurisdiction_option
def replay(
    case: str,
    as_of: datetime | None,
    basis: str,
    version: int | None,
    why: bool,
    diff: tuple[Moment, Moment] | None,
    jurisdiction: str | None,
) -> int:
    if sum(each is not None for each in (as_of, version, diff)) > 1 or (why and (version or diff)):
        raise Failed(
            USAGE, Words("--as-of、--version、--diff 只能用一个", "--as-of, --version and --diff exclude each other")
        )
    if why:
        return _why(case, as_of, jurisdiction)
    with watched(jurisdiction) as (wiring, place):
        now = wiring.now()
        if diff is None:
            found = state(place, case, Moment(as_of=as_of, basis=basis, version=version), now)
            tell(found, picture(found, place.ledger.register()))
            return OK
        one, two = (state(place, case, _on(moment, basis), now) for moment in diff)
    differing = differences(one, two)
    tell(differing, lines_of(differing))
    return NO if differ(differing) else OK


def _why(case: str, as_of: datetime | None, jurisdiction: str | None) -> int:
    with watched(jurisdiction) as (wiring, place):
        found = compared_case(place.ledger, case_named(case), TIMER, as_of or wiring.now())
    tell(found, list(reasons(found["items"])) or [Words("没有不同", "nothing differs")])
    return NO if found["items"] else OK


def state(place: Place, case: str, moment: Moment, now: datetime) -> dict[str, Any]:
    """Everything about a case at a moment."""
    return whole(*read(place, case, moment, now))


def _on(moment: Moment, basis: str) -> Moment:
    return Moment(as_of=moment.as_of, basis=basis, version=moment.version)
