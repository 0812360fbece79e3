"""Anchors (外部锚定): how witnesses and time-stamping authorities stand, and what is wrong by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.cli.command import command, option
from api.cli.failing import NO, OK
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from application.anchors import PRINTED, Outcome, Standing
from domain.proof.findings import Finding

SAID = {
    None: Words("尚未请求", "not asked yet"),
    "anchored": Words("已见证", "attested"),
    "away": Words("联系不上", "away"),
}

ON_PAPER = {
    None: Words("尚无", "none yet"),
    Outcome.ANCHORED: Words("已写入", "written"),
    Outcome.AWAY: Words("缺", "missing"),
}


@command(
    "查验外部锚定：见证签名、时间戳，并当场询问见证机\n\n所见证的与账本不符，或见证机拒绝见证时，退出码为 1。联系不上不算不符。",
    "Check cosignatures and timestamps, and ask the witnesses what they signed last\n\n"
    "Exit code 1 if the log is not what they attested, or one of them refuses to sign. Being away is no fault of the log.",
)
@option("--offline", is_flag=True, zh="不询问见证机", en="Do not ask the witnesses")
@jurisdiction_option
def check(offline: bool, jurisdiction: str | None) -> int:
    with opened(jurisdiction) as (_, place):
        standings, found = place.anchors.standings(), list(place.anchors.findings(outside=not offline))
        untold, origin = [] if offline else list(place.anchors.untold()), place.proofs.origin
    items = [_plain(each) for each in standings]
    data = {"anchors": items, "untold": untold, "findings": [each._asdict() for each in found]}
    tell(data, [*_lines(standings, found), *(_untold(each, origin) for each in untold)])
    return NO if found else OK


def _untold(witness: str, origin: str) -> Words:
    return Words(
        f"! {witness} 尚未见证另起的账册 {origin}：请其机关信任新公钥（anjuan log keys；anjuan witness trust）",
        f"! {witness} has signed nothing yet of the log that began anew, {origin}: have its office trust the new key "
        "(anjuan log keys; anjuan witness trust)",
    )


def _plain(standing: Standing) -> dict[str, Any]:
    told = {"anchor": standing.anchor, "outcome": standing.outcome, "detail": standing.detail}
    return {**told, "size": standing.size, "tried_seconds": standing.tried, "anchored_seconds": standing.age}


def _paper(standing: Standing) -> str:
    said = ON_PAPER[standing.outcome]
    return f"{Words('每日书面检查点', 'printed page of the day')}  {standing.size}  {said}  {standing.detail}"


def _lines(standings: Any, found: list[Finding]) -> Iterator[object]:
    if not standings:
        yield Words("未配置外部锚定（ANJUAN_ANCHORS）", "No anchors are set up (ANJUAN_ANCHORS)")
    for each in standings:
        if each.anchor == PRINTED:
            yield _paper(each)
            continue
        said = SAID.get(each.outcome, Words("拒绝见证", "refuses to sign"))
        yield f"{each.anchor}  {each.size}  {said}{f'  {each.detail}' if each.detail else ''}"
    for finding in found:
        yield f"! {finding.cause.zh} {finding.cause}  {finding.where}  {Words(finding.zh, finding.en)}"
