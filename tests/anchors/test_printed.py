"""The page of each day is written once, whole, under its date, and never in the place of another; a day that was missed is not made up."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest

from api.log.page import checkpoint_page
from application.anchors import Outcome
from application.ledger import Ledger
from domain.cases import CASES
from domain.proof.checkpoint import Checkpoint
from infrastructure.agenda import PostgresAgenda
from infrastructure.anchors import printed
from infrastructure.anchors.book import AnchorBook
from infrastructure.anchors.chosen import BadAnchors, Chosen, read_anchors
from infrastructure.anchors.printed import Printing, put
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.pool import connect
from infrastructure.scheduler import PRINT, Scheduler
from infrastructure.slots import MORNING, last_slot
from tests.proof.ledgers import Signed
from tests.servers import Database

DAY, NEXT = date(2031, 3, 2), date(2031, 3, 3)
AT = datetime(2031, 3, 2, 0, 5, tzinfo=UTC)
"""Five past eight in China on that day."""


def printing(signed: Signed, folder: Path, at: datetime = AT) -> Printing:
    """What writes the pages of a ledger."""
    return Printing(folder, signed.name, signed.proofs, checkpoint_page, now=lambda: at)


@pytest.fixture
def recorded(signed: Signed) -> Signed:
    """A ledger with a checkpoint."""
    signed.record(2)
    signed.sign()
    return signed


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """The folder of the pages."""
    (tmp_path / "pages").mkdir()
    return tmp_path / "pages"


def test_the_page_of_a_day_is_that_of_the_newest_checkpoint_under_its_date(recorded: Signed, pages: Path) -> None:
    done = printing(recorded, pages).run(DAY)
    assert done == {"page": "test-2031-03-02.html", "size": recorded.head().size, "written": True}
    note = recorded.proofs.head()
    assert note is not None
    page = (pages / "test-2031-03-02.html").read_text(encoding="utf-8")
    assert page == checkpoint_page("test", note, at=AT, rehearsal=False)
    assert Checkpoint.parse(note.text).text().splitlines()[2] in page and "<svg" in page
    assert [each.name for each in pages.iterdir()] == ["test-2031-03-02.html"], "nothing is left beside it"


def test_a_page_is_never_written_over_and_the_next_day_has_its_own(recorded: Signed, pages: Path) -> None:
    printing(recorded, pages).run(DAY)
    first = (pages / "test-2031-03-02.html").read_bytes()
    recorded.record(3)
    recorded.sign()
    again = printing(recorded, pages).run(DAY)
    assert again is not None and again["written"] is False
    assert (pages / "test-2031-03-02.html").read_bytes() == first
    later = printing(recorded, pages).run(NEXT)
    assert later is not None and later["size"] == recorded.head().size
    assert (pages / "test-2031-03-03.html").read_bytes() != first


def test_what_somebody_else_has_put_there_stays(pages: Path) -> None:
    (pages / "page.html").write_bytes(b"signed by hand, scanned")
    assert put(pages / "page.html", b"another") is False
    assert (pages / "page.html").read_bytes() == b"signed by hand, scanned"
    assert put(pages / "other.html", b"another") is True, "the control: where there is none one is put"


def test_a_page_is_there_whole_or_not_at_all(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(printed.os, "fsync", fails)
        with pytest.raises(OSError, match="no space"):
            put(pages / "page.html", b"half of it")
    assert list(pages.iterdir()) == []
    (pages / ".page.html.half").write_bytes(b"what a killed one left behind, longer than the page")
    assert put(pages / "page.html", b"whole")
    assert [(each.name, each.read_bytes()) for each in pages.iterdir()] == [("page.html", b"whole")]


def test_without_a_checkpoint_there_is_no_page_and_without_the_folder_it_is_said(signed: Signed, pages: Path) -> None:
    assert printing(signed, pages).run(DAY) is None
    signed.record(1)
    signed.sign()
    with pytest.raises(FileNotFoundError):
        printing(signed, pages / "away").run(DAY)
    assert os.listdir(pages) == []


@pytest.fixture
def scheduler(recorded: Signed, database: Database, pages: Path) -> Callable[[Path], Scheduler]:
    """What writes pages by the clock."""
    log = recorded.log
    ledger = Ledger(log, CASES, shipped_rulebook(), shipped_calendars())
    agenda, connecting = PostgresAgenda(recorded.pool, log), partial(connect, database.app, name="test")
    return lambda folder: Scheduler(
        connecting, log.schema, ledger, agenda, printing=printing(recorded, folder), now=lambda: AT
    )


def test_the_scheduler_writes_one_page_a_day_and_only_that_of_the_last_morning(
    recorded: Signed, scheduler: Callable[[Path], Scheduler], owner: psycopg.Connection[object], pages: Path
) -> None:
    scheduler(pages / "away")._in_the_morning()
    runs = f"SELECT scheduled_for, finished_at IS NOT NULL FROM {recorded.log.schema}.job_run WHERE job = '{PRINT}'"
    morning = datetime(2031, 3, 2, 0, 0, tzinfo=UTC)
    assert owner.execute(runs.encode()).fetchall() == [(morning, False)], "what failed is tried again"
    for _ in range(2):
        scheduler(pages)._in_the_morning()
    assert owner.execute(runs.encode()).fetchall() == [(morning, True)]
    assert os.listdir(pages) == ["test-2031-03-02.html"], "no page for the days before"
    (pages / "test-2031-03-02.html").unlink()
    scheduler(pages)._in_the_morning()
    assert os.listdir(pages) == [], "a page that was taken away to be bound is not written a second time"


@pytest.mark.parametrize(
    ("present", "morning"),
    [("2031-03-02T00:00Z", "2031-03-02T00:00Z"), ("2031-03-01T23:59Z", "2031-03-01T00:00Z")],
)
def test_a_day_begins_at_eight_in_china(present: str, morning: str) -> None:
    assert last_slot(datetime.fromisoformat(present), MORNING) == datetime.fromisoformat(morning)


def test_the_anchors_name_the_folder_and_a_page_that_is_missing(recorded: Signed, pages: Path) -> None:
    book = AnchorBook(recorded.pool, recorded.log.schema, recorded.proofs, Chosen(printed=pages), lambda: AT)
    (none,) = book.standings()
    assert (none.anchor, none.outcome, none.size) == ("printed", None, 0)
    printing(recorded, pages).run(DAY)
    (pages / "test-2-2031-03-09.html").write_text("of another jurisdiction", encoding="utf-8")
    (there,) = book.standings()
    assert (there.outcome, there.size, there.detail) == (
        Outcome.ANCHORED, recorded.head().size, "test-2031-03-02.html")  # fmt: skip
    tomorrow = AnchorBook(
        recorded.pool, recorded.log.schema, recorded.proofs, Chosen(printed=pages), lambda: AT.replace(day=3)
    )
    (late,) = tomorrow.standings()
    assert (late.outcome, "2031-03-03" in late.detail) == (Outcome.AWAY, True)
    (away,) = replace_folder(tomorrow, pages / "away").standings()
    assert away.outcome is Outcome.AWAY and not away.refused
    assert list(tomorrow.findings(outside=False)) == [], "a page that is missing is no fault of the log"


def replace_folder(book: AnchorBook, folder: Path) -> AnchorBook:
    """The same book with another folder of pages."""
    book.chosen = replace(book.chosen, printed=folder)
    return book


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("printed = 1", "must be a table"),
        ("[printed]\n", "folder must be given"),
        ('[printed]\nfolder = "pages"\nhour = 3', "hour is not known"),
    ],
)
def test_what_is_wrong_with_the_folder_is_named(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "anchors.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadAnchors, match=why):
        read_anchors(tmp_path / "anchors.toml")


def test_the_folder_lies_beside_the_file_or_where_a_whole_path_says(tmp_path: Path) -> None:
    for said in ("pages", str(tmp_path / "pages")):
        (tmp_path / "anchors.toml").write_text(f'[printed]\nfolder = "{said}"\n', encoding="utf-8")
        assert read_anchors(tmp_path / "anchors.toml").printed == tmp_path / "pages"
