"""The settings in effect (设置), secrets masked."""

from __future__ import annotations

import re
from typing import Any

from api.cli.command import command
from api.cli.telling import tell
from api.wiring import SETTINGS, settings

_PASSWORD = re.compile(r"(?<=:)[^:@/?]+(?=@)|(?<=password=)[^&]+")


@command("检查设置，列出生效的值；口令不显示", "Check the settings and list what is in effect; passwords are masked")
def check() -> None:
    chosen = settings()
    found = [
        {"variable": each.variable, "value": masked(getattr(chosen, each.field)), "meaning": each.meaning}
        for each in SETTINGS
    ]
    width = max(len(str(each["variable"])) for each in found)
    tell({"settings": found}, (f"{each['variable']:{width}} {each['value'] or '-'}" for each in found))


def masked(value: Any) -> str | None:
    """The value as text, without a password."""
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
    return None if shown is None else _PASSWORD.sub("***", str(shown))
