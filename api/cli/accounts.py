"""Local accounts (本地账户): made for officers of the register, closed, opened and given another password."""

from __future__ import annotations

import re

import click

from api.cli.command import command
from api.cli.failing import NO, USAGE, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from api.v1.sign_in_bodies import LOGIN
from api.wiring import Place, administer
from application.shown import plain
from domain.register import OfficerRecord


@command(
    "为人员名录中的在职人员开立账户；初始口令只显示这一次，首次登录须更改",
    "Make an account for an officer who serves; its password is shown this once and is to be changed\n\n"
    "LOGIN is lower-case letters, digits, dots and hyphens; OFFICER an id of the register.",
)
@click.argument("login")
@click.argument("officer")
@jurisdiction_option
def add(login: str, officer: str, jurisdiction: str | None) -> None:
    if not re.fullmatch(LOGIN, login):
        raise Failed(USAGE, Words(f"账户名 {login} 不合要求", f"No account can be named {login}"))
    with opened(jurisdiction) as (_, place), administer() as owner:
        serving(place, officer)
        password = owner.keeper(place.name).accounts.add(login, officer, made_by="anjuan")
    tell({"jurisdiction": place.name, "login": login, "officer": officer, "password": password}, [password])


@command("列出账户", "List the accounts", name="list")
@jurisdiction_option
def list_(jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place), administer() as owner:
        found = owner.keeper(place.name).accounts.all()
    lines = (f"{each.login}  {each.officer}  {'×' if each.disabled_at else ''}".rstrip() for each in found)
    tell({"items": plain(list(found))}, lines)


@command("关闭账户，其会话立即结束", "Close an account; its sessions end at once")
@click.argument("login")
@jurisdiction_option
def disable(login: str, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place), administer() as owner:
        owner.keeper(place.name).accounts.disable(login, now=wiring.now())
    tell({"login": login, "disabled": True}, [Words("已关闭", "closed")])


@command("重新启用账户", "Open an account again")
@click.argument("login")
@jurisdiction_option
def enable(login: str, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place), administer() as owner:
        owner.keeper(place.name).accounts.enable(login)
    tell({"login": login, "disabled": False}, [Words("已启用", "open again")])


@command(
    "重置口令；新口令只显示这一次，登录后须更改，原有会话立即结束",
    "Give an account another password, shown this once and to be changed; its sessions end at once",
)
@click.argument("login")
@jurisdiction_option
def reset(login: str, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place), administer() as owner:
        password = owner.keeper(place.name).accounts.reset(login, now=wiring.now())
    tell({"login": login, "password": password}, [password])


def serving(place: Place, officer: str) -> OfficerRecord:
    """An officer of the register who serves; raises Failed."""
    found = place.ledger.register().officer(officer)
    if found is None or not found.serving:
        about = Words(f"人员名录中没有在职人员 {officer}", f"The register has no officer {officer} who serves")
        raise Failed(NO, about)
    return found
