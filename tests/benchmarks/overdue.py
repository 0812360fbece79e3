"""Goal 6: the overdue page at any depth, now and as of a day, and the statistics, among many clocks."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from application.permissions import OPERATOR
from application.ports import Cursor
from domain.law.clock import day_of
from infrastructure.law_files import shipped_limits
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.statements import fill, parse, quoted, statements
from infrastructure.statistics import spans
from infrastructure.views import PostgresViews
from tests.benchmarks.append import store
from tests.benchmarks.crews import THREADS, Operation
from tests.benchmarks.lives import DEPARTMENTS
from tests.benchmarks.report import Figure, Goal, Report
from tests.benchmarks.rounds import Contest, Contestant, Referee
from tests.benchmarks.world import World, ledger

PAGE, STEP, SMALL, DEPTHS = 50, 1000, 10_000, 8
BARE, NOW, AS_OF, FEW = "bare indexed SQL", "overdue now", "overdue as of a day", "overdue now, 10,000 clocks"
STATISTICS = "statistics by department"
LONG_AGO = timedelta(days=400)
QUERIES = parse((Path(__file__).parent / "clocks.sql").read_text(encoding="utf-8"), "clocks.sql")


class Short(AssertionError):
    """A page had fewer rows than it must."""


def filled(world: World, clocks: int) -> str:
    """A ledger whose lists hold so many clocks; its log is empty."""
    schema = world.new_ledger().schema
    rules = [limit.id for limit in shipped_limits() if limit.profile == "national" and limit.counts][:12]
    asked = {"rules": rules, "parties": list(DEPARTMENTS), "clocks": clocks, "today": day_of(datetime.now(UTC))}
    named = {name: fill(text, {"schema": schema}).encode() for name, text in QUERIES.items()}
    world.connection.execute(named["fill_clocks"], asked)
    world.connection.execute(named["fill_overdue"])
    world.connection.execute(statements(schema)["count_statistics"])
    world.connection.execute(statements(schema)["note_whereabouts"], (0, world.count(schema)))
    world.warm(*((schema, table) for table in ("clock", "overdue", "statistic", "whereabouts", "events")))
    return schema


def depths(url: str, schema: str, at: datetime) -> list[Cursor | None]:
    """Places in the list from its beginning to its last page."""
    lists = _views(url, schema)
    found: list[Cursor | None] = [None]
    while found[-1] is not None or len(found) == 1:
        found.append(lists.overdue(OPERATOR, {}, at, "known", found[-1], STEP).next)
    places = found[:-1]
    return [*(places[n * (len(places) - 1) // DEPTHS] for n in range(DEPTHS)), _last_whole(lists, at, places)]


def _last_whole(lists: PostgresViews, at: datetime, places: Sequence[Cursor | None]) -> Cursor | None:
    """The place of the last whole page."""
    place = places[max(0, len(places) - 2)]
    while following := lists.overdue(OPERATOR, {}, at, "known", place, PAGE).next:
        if len(lists.overdue(OPERATOR, {}, at, "known", following, PAGE).items) < PAGE:
            break
        place = following
    return place


def bare(url: str, schema: str, at: datetime, places: Sequence[Cursor | None]) -> Callable[[], Operation]:
    """The limit: the same columns of the same rows, by name as the page has them."""
    statement = fill(QUERIES["bare_page"], {"schema": schema}).encode()
    beginnings = [_beginning(each) for each in places]

    def client() -> Operation:
        connection = connect(url, name="bench")
        connection.row_factory = dict_row

        def once() -> int:
            asked = (*random.choice(beginnings), at)
            return _whole(len(connection.execute(statement, asked, prepare=True, binary=True).fetchall()))

        return once

    return client


def _beginning(place: Cursor | None) -> tuple[Any, UUID]:
    if place is None:
        return datetime(1949, 1, 1, tzinfo=UTC), UUID(int=0)
    return datetime.fromisoformat(str(place[0])), UUID(str(place[1]))


def page(url: str, schema: str, at: datetime, places: Sequence[Cursor | None]) -> Callable[[], Operation]:
    """The page as the product answers it: named fields, how late each clock is, how far the list has come, the next place."""
    lists = _views(url, schema)
    return lambda: lambda: _whole(len(lists.overdue(OPERATOR, {}, at, "known", random.choice(places), PAGE).items))


def statistics(url: str, schema: str, first: date, last: date) -> Callable[[], Operation]:
    """All departments over some years."""
    lists = _views(url, schema)
    return lambda: lambda: len(lists.statistics(OPERATOR, first, last, "department").items)


def _views(url: str, schema: str) -> PostgresViews:
    pool = Pool(url, size=THREADS)
    return PostgresViews(pool, schema, ledger(pool, schema))


def _whole(found: int) -> int:
    if found != PAGE:
        raise Short(f"{found} of {PAGE} rows")
    return found


def measure(world: World, referee: Referee, clocks: int) -> Report:
    """Goal 6, among so many clocks."""
    now = datetime.now(UTC)
    then = now - LONG_AGO
    last = day_of(now) + timedelta(days=90)
    first = last.replace(year=last.year - 6)
    large, small = filled(world, clocks), filled(world, SMALL)
    places = partial(depths, world.app)
    contest = referee.contest(
        f"a page of {PAGE} overdue clocks, at any depth, among {clocks:,} clocks",
        "pages",
        [
            Contestant(BARE, partial(bare, world.app, large, now, places(large, now))),
            Contestant(NOW, partial(page, world.app, large, now, places(large, now))),
            Contestant(FEW, partial(page, world.app, small, now, places(small, now))),
            Contestant(AS_OF, partial(page, world.app, large, then, places(large, then))),
            Contestant(STATISTICS, partial(statistics, world.app, large, first, last)),
        ],
    )
    database = _database_time(world, large, first, last)
    report = Report([contest], [Figure("rows of the statistics read", world.count(large, "statistic"), "in all")])
    report.goals = [
        *_goals(contest, clocks),
        Goal("6 statistics by department, ms of database time", database, at_most=2),
    ]
    report.goals.append(Goal("6 rows of statistics written by an append", _written_by_append(world), at_most=0))
    return report


def _goals(contest: Contest, clocks: int) -> list[Goal]:
    return [
        Goal("6 time of the overdue page / bare indexed SQL", 1 / contest.ratio(NOW), at_most=1.3),
        Goal(f"6 time of the page among {clocks:,} / among {SMALL:,}", 1 / contest.ratio(NOW, to=FEW), at_most=1.2),
        Goal("6 time of the page as of a day / bare indexed SQL", 1 / contest.ratio(AS_OF), at_most=3),
    ]


def _database_time(world: World, schema: str, first: date, last: date) -> float:
    """Milliseconds that the server needs for the statistics once planned, the median of some: what it says itself."""
    now = datetime.now(UTC)
    today = day_of(now)
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(hours=8)
    asked = {**spans(first, last, today), "by": "department", "monthly": False, "soft": False, "first": first, "last": last,
             "today": today, "midnight": midnight, "at": now}  # fmt: skip
    query = b"explain (analyze, timing off, format json) " + statements(schema)["statistics"]
    plans = [world.one(query, asked) for _ in range(9)]
    return float(sorted(plan[0]["Execution Time"] for plan in plans)[len(plans) // 2])


def _written_by_append(world: World) -> int:
    """What one append does to the table of statistics."""
    schema = world.new_ledger().schema
    once = store(world.app, schema)()
    for _ in range(100):
        once()
    world.connection.execute("select pg_stat_force_next_flush()")
    counted = "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_all_tables where relid = %s::regclass"
    return int(world.one(counted, f"{quoted(schema)}.statistic"))
