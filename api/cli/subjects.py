"""Whom an identity provider means (身份对应): subjects of signed statements, and officers of the register."""

from __future__ import annotations

import click

from api.cli.accounts import serving
from api.cli.command import command
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import administer
from application.shown import plain


@command(
    "登记身份对应：认证方的某一主体即人员名录中的某人",
    "Let a subject of an identity provider mean an officer\n\nISSUER and SUBJECT are `iss` and `sub` of its statements.",
)
@click.argument("issuer")
@click.argument("subject")
@click.argument("officer")
@jurisdiction_option
def add(issuer: str, subject: str, officer: str, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place), administer() as owner:
        serving(place, officer)
        owner.keeper(place.name).add_subject(issuer, subject, officer, made_by="anjuan")
    tell({"issuer": issuer, "subject": subject, "officer": officer}, [Words("已登记", "entered")])


@command("列出身份对应", "List whom an identity provider means", name="list")
@jurisdiction_option
def list_(jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place), administer() as owner:
        found = owner.keeper(place.name).subjects()
    tell({"items": plain(list(found))}, (f"{each.issuer}  {each.subject}  {each.officer}" for each in found))


@command("取消身份对应，自下一次请求起失效", "Let a subject mean nobody, from the next request on")
@click.argument("issuer")
@click.argument("subject")
@jurisdiction_option
def remove(issuer: str, subject: str, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place), administer() as owner:
        owner.keeper(place.name).remove_subject(issuer, subject)
    tell({"removed": subject}, [Words("已取消", "removed")])
