"""Whose log a path means, where it names none: the caller's, or the only one of the deployment."""

from __future__ import annotations

from collections.abc import Callable

from tests.http.client import Client
from tests.http.conftest import County
from tests.http.signing import sign


def test_without_a_name_it_is_the_callers_log_or_the_only_one(
    county: County, make_county: Callable[[str], County]
) -> None:
    sign(county)
    stranger = Client(county.port, None)
    named = stranger.get(f"/log/{county.name}/checkpoint").raw
    assert stranger.get("/log/checkpoint").raw == named
    other = make_county("rehearsal")
    assert stranger.get("/log/checkpoint").problem == "not-found"
    assert county.client("zjj").get("/log/checkpoint").raw == named
    assert other.client("zjj").get("/log/checkpoint").problem == "not-found"
    assert other.client("zjj").get(f"/log/{county.name}/checkpoint").raw == named
    assert stranger.get("/log/nowhere/checkpoint").problem == "not-found"
    assert stranger.get("/log/checkpoint", {"Authorization": "Bearer wrong"}).problem == "unauthenticated"
    stranger.close()
