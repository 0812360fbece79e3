"""Tokens of organs and officers (令牌): handed out once, listed without their secret, revoked by their prefix."""

from __future__ import annotations

from datetime import timedelta

import click

from api.cli.accounts import serving
from api.cli.command import command, option
from api.cli.failing import NO, USAGE, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import administer
from application.callers import SCOPES
from application.shown import in_china, plain

DAYS, MOST_DAYS = 365, 3660


@command(
    "给机关或其经办人发放令牌；只显示这一次\n\nORGAN 是名录中的机关编号或别名。不指明经办人的，是机关的系统令牌。",
    "Hand out a token for an organ or one of its officers; it is shown this once\n\n"
    "ORGAN is an id or alias of the register. Without an officer it is for a system of the organ.",
)
@click.argument("organ")
@option("--officer", default="", metavar="OFFICER", zh="人员名录中的编号", en="Id of the officer who will use it")
@option(
    "--scope",
    default="read,act",
    show_default=True,
    metavar="WORDS",
    zh="用途：read 查阅、act 办理、accounts 账户管理",
    en="What it is good for: read, act, accounts",
)
@option("--label", metavar="TEXT", zh="用途说明", en="What it is for")
@option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    default=DAYS,
    show_default=True,
    zh="有效天数",
    en="Days after which it ends",
)
@jurisdiction_option
def add(organ: str, officer: str, scope: str, label: str | None, days: int, jurisdiction: str | None) -> None:
    scopes = frozenset(each.strip() for each in scope.split(","))
    if not SCOPES.issuperset(scopes):
        told = ", ".join(sorted(SCOPES))
        raise Failed(USAGE, Words(f"用途只能是 {told}", f"The scope is some of {told}"))
    with opened(jurisdiction) as (wiring, place), administer() as owner:
        found = place.ledger.register().organ(organ)
        if found is None:
            raise Failed(NO, Words(f"名录中没有机关 {organ}", f"The register has no organ {organ}"))
        if officer and serving(place, officer).organ != found.id:
            about = Words(f"{officer} 不在 {found.id} 任职", f"{officer} does not serve in {found.id}")
            raise Failed(NO, about)
        ends = wiring.now() + timedelta(days=days)
        token = owner.create_token(
            jurisdiction=place.name, organ=found.id, officer=officer, scope=scopes, label=label, expires_at=ends
        )
    told_ = {"jurisdiction": place.name, "organ": found.id, "officer": officer, "scope": sorted(scopes)}
    tell({**told_, "expires_at": in_china(ends), "token": token}, [token])


@command("列出令牌", "List the tokens", name="list")
@jurisdiction_option
def list_(jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place), administer() as owner:
        found = owner.keeper(place.name).tokens()
    lines = (
        f"{each.prefix}  {each.organ}  {each.officer or '-'}  {','.join(each.scope)}  "
        f"{in_china(each.expires_at).date() if each.expires_at else '-'}  {'×' if each.revoked_at else ''}".rstrip()
        for each in found
    )
    tell({"items": plain(list(found))}, lines)


@command(
    "收回令牌\n\nPREFIX 是令牌中点号之前的部分。自下一次请求起即失效。",
    "Revoke a token\n\nPREFIX is what stands before the dot. It is good for nothing from the next request on.",
)
@click.argument("prefix")
def revoke(prefix: str) -> None:
    with administer() as owner:
        owner.revoke_token(prefix.partition(".")[0])
    tell({"revoked": prefix.partition(".")[0]}, [Words("已收回", "revoked")])
