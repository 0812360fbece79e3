"""Words in the reader's language (语言): Chinese or English, as --lang or the locale says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")

_chosen: ContextVar[str | None] = ContextVar("language", default=None)


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages; as a text, in the one that was chosen."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if language() == CHINESE else self.en


def choose(code: str | None) -> None:
    """Speak this language from now on; None: that of the locale."""
    _chosen.set(code)


def language() -> str:
    """`zh` or `en`."""
    return _chosen.get() or of_locale(os.environ)


def of_locale(environment: Mapping[str, str]) -> str:
    """The language of the locale that the environment names; English where it names none."""
    said = next((environment[name] for name in LOCALE if environment.get(name)), "")
    return CHINESE if said.lower().startswith("zh") else ENGLISH


def title(both: Mapping[str, Any]) -> str:
    """The words of a mapping with `zh` and `en`."""
    return str(both[language()] or both[CHINESE])
