"""Tokens of organs (令牌): handed out once, revoked by their prefix."""

from __future__ import annotations

import click

from api.cli.command import command, option
from api.cli.failing import NO, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import administer


@command(
    "给机关发放令牌；只显示这一次",
    "Hand out a token for an organ; it is shown this once\n\nORGAN is an id or alias of the register.",
)
@click.argument("organ")
@option("--officer", default="", metavar="NAME", zh="经办人", en="The officer who will use it")
@jurisdiction_option
def add(organ: str, officer: str, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place), administer() as owner:
        found = place.ledger.register().organ(organ)
        if found is None:
            raise Failed(NO, Words(f"名录中没有机关 {organ}", f"The register has no organ {organ}"))
        token = owner.create_token(jurisdiction=place.name, organ=found.id, officer=officer)
    tell({"jurisdiction": place.name, "organ": found.id, "officer": officer, "token": token}, [token])


@command(
    "收回令牌\n\nPREFIX 是令牌中点号之前的部分。",
    "Revoke a token\n\nPREFIX is what stands before the dot. It is good for nothing from the next request on.",
)
@click.argument("prefix")
def revoke(prefix: str) -> None:
    with administer() as owner:
        owner.revoke_token(prefix.partition(".")[0])
    tell({"revoked": prefix.partition(".")[0]}, [Words("已收回", "revoked")])
