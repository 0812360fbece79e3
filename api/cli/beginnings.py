"""Beginnings of a log as commands tell them (另起账册): no fault of today, and never to be overlooked."""

from __future__ import annotations

from typing import Any

from api.cli.words import Words
from application.shown import in_china
from domain.proof.volumes import Beginning


def told_beginning(beginning: Beginning) -> dict[str, Any]:
    """One as data; `lost` and `gone` are null where nothing tells."""
    return {
        "volume": beginning.volume,
        "position": beginning.position,
        "at": beginning.at,
        "cause": beginning.cause,
        "because": beginning.because,
        "lost": beginning.lost or None,
        "remains": beginning.remains,
        "gone": beginning.gone,
    }


def beginning_line(beginning: Beginning) -> Words:
    """The same to people."""
    at, gone = f"{in_china(beginning.at):%Y-%m-%d %H:%M}", "?" if beginning.gone is None else beginning.gone
    volume, position, remains, why = beginning.volume, beginning.position, beginning.remains, beginning.because
    return Words(
        f"账册曾另起：{at} 自第 {position} 位起为第 {volume} 册（{beginning.cause}）；"
        f"此前签过的第 1 至 {remains} 条仍在，丢失 {gone} 条；缘由：{why}",
        f"the log began anew: volume {volume} from position {position} at {at} ({beginning.cause}); "
        f"of what was signed before, 1 to {remains} remain, {gone} entries are gone; because: {why}",
    )
