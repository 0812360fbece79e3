"""What inspectors look at, asked on the command line of a county that is served meanwhile."""

from __future__ import annotations

import pytest

from tests.command_line.processes import Anjuan, Running

pytestmark = pytest.mark.usefixtures("county")
YEAR = ("--from", "2024-01-01", "--to", "2024-12-31")


def test_returns_are_listed_with_the_days_lost(visitor: Anjuan) -> None:
    done = visitor.run("inspect", "returns", *YEAR)
    assert (done.code, done.out) == (0, "slj  jtj  1  8  7\n")
    (row,) = visitor.run("inspect", "returns", *YEAR, "--json").json["items"]
    assert row["latest"][0]["file_no"] == "JB-2024-007"


def test_the_league_table_is_the_one_over_http(visitor: Anjuan, county: Running) -> None:
    answered = county.get("/api/v1/league?from=2024-01-01&to=2024-12-31", county.said["tokens"]["jwjc"])["items"]
    assert visitor.run("inspect", "league", *YEAR, "--json").json["items"] == answered
    assert visitor.run("inspect", "league", *YEAR).out.splitlines()[-1] == "3  zjj  1  2  0  0  0.3333  0.3333  0"


def test_a_list_can_be_asked_as_of_a_past_day(visitor: Anjuan) -> None:
    paused = visitor.run("inspect", "extensions", "--as-of", "2025-02-14").out
    assert paused == "2025-02-10 09:30  TS-2025-001  NA-DEC30  zjj  pause  2025-03-11  -  -\n"
    assert visitor.run("inspect", "extensions", "--as-of", "2025-02-09").out == "nothing\n"


@pytest.mark.parametrize("what", ["cards", "letters", "in-transit", "ageing"])
def test_where_nothing_is_to_be_shown_it_says_so(visitor: Anjuan, what: str) -> None:
    done = visitor.run("inspect", what, "--as-of", "2025-02-09", "--lang", "zh")
    assert (done.code, done.out) == (0, "没有\n")


@pytest.mark.parametrize("what", ["heatmap", "flow"])
def test_figures_are_lines_too(visitor: Anjuan, what: str) -> None:
    assert (
        len(visitor.run("inspect", what, *YEAR, "--department", "slj").out.splitlines())
        == {"heatmap": 1, "flow": 53}[what]
    )


@pytest.mark.parametrize(
    "words", [("inspect",), ("inspect", "nothing"), ("inspect", "flow", "--from", "2025-01-01", "--to", "2024-01-01")]
)
def test_what_cannot_be_asked_is_wrong_usage(visitor: Anjuan, words: tuple[str, ...]) -> None:
    assert visitor.run(*words).code == 2
