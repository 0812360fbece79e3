"""Accounts and subjects on the command line: made for officers who serve, listed, closed, reset; every secret is told once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.command_line.processes import Anjuan, Done, Running


@pytest.fixture
def run(
    county: Running, visitor: Anjuan, ended: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Done]:
    """Runs a command about the demonstration county."""
    for name, value in {**visitor.more, "ANJUAN_HOME": str(visitor.home)}.items():
        monkeypatch.setenv(name, value)
    return ended


def said(done: Done) -> Any:
    assert done.code == 0, done.err
    return done.json


def test_an_account_is_made_listed_reset_closed_and_opened_again(run: Callable[..., Done]) -> None:
    made = said(run("account", "add", "zjj.second", "zjj-1", "--json"))
    assert (made["officer"], len(made["password"])) == ("zjj-1", 23)
    again = run("account", "add", "zjj.second", "zjj-1", "--json")
    assert (again.code, again.error["error"]) == (3, "taken")
    assert said(run("account", "reset", "zjj.second", "--json"))["password"] != made["password"]
    assert said(run("account", "disable", "zjj.second", "--json"))["disabled"] is True
    (shown,) = [each for each in said(run("account", "list", "--json"))["items"] if each["login"] == "zjj.second"]
    assert (shown["officer"], shown["must_change"], shown["disabled_at"] is not None) == ("zjj-1", True, True)
    assert "password" not in str(shown)
    assert said(run("account", "enable", "zjj.second", "--json"))["disabled"] is False
    assert "zjj.second" in run("account", "list").out


def test_an_account_is_an_officers_who_serves_and_has_a_plain_name(run: Callable[..., Done]) -> None:
    assert run("account", "add", "somebody", "nobody").code == 1
    assert run("account", "add", "Some Body", "zjj-1").code == 2
    for words in (("reset", "nobody"), ("disable", "nobody"), ("enable", "nobody")):
        assert run("account", *words, "--json").error["error"] == "no-such-credential"


def test_a_subject_means_one_officer_until_it_is_removed(run: Callable[..., Done]) -> None:
    issuer = "https://id.example.gov.cn"
    assert run("subject", "add", issuer, "u-1", "nobody").code == 1
    assert said(run("subject", "add", issuer, "u-1", "zjj-1", "--json"))["officer"] == "zjj-1"
    assert run("subject", "add", issuer, "u-1", "slj-1", "--json").error["error"] == "taken"
    assert "u-1  zjj-1" in run("subject", "list").out
    assert run("subject", "remove", issuer, "u-1").code == 0
    assert run("subject", "remove", issuer, "u-1", "--json").error["error"] == "no-such-credential"


def test_the_demonstration_tells_the_passwords_of_its_accounts_once(county: Running, run: Callable[..., Done]) -> None:
    passwords = county.said["passwords"]
    assert set(passwords) == {f"{organ}-1" for organ in ("zjj", "slj", "jtj", "scj", "gaj", "zwj", "jwjc", "admin")}
    assert len(set(passwords.values())) == len(passwords)
    listed = said(run("account", "list", "--json"))["items"]
    assert {each["login"] for each in listed if each["demonstration"]} == set(passwords)
    assert not any(password in str(listed) for password in passwords.values())
    assert said(run("demo", "--load-only", "--json"))["passwords"] == {}


def test_production_serves_no_database_in_which_a_demonstration_lets_somebody_in(
    county: Running, visitor: Anjuan
) -> None:
    assert county.said["tokens"]
    safe = {"ANJUAN_ENV": "production", "ANJUAN_TRUSTED_HOSTS": "anjuan.example.gov.cn"}
    production = Anjuan(visitor.home, {**visitor.more, **safe})
    refused = production.run("serve", "--port", "0", "--json")
    assert (refused.code, refused.error["error"]) == (2, "bad-setting")
    assert "demonstration" in refused.err
    assert "anjuan demo --end" in refused.err
    assert production.run("demo", "--load-only").code == 2
    assert production.run("token", "list", "--jurisdiction", "xuanen").code == 2
