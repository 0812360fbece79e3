"""Which passwords (口令) are good enough: long, not one of those that everybody tries, and not the name of whoever has it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LEAST, MOST = 12, 256
LEFT_OVER = 4
"""So many letters that are no common word a password has at least."""

COMMON = (
    "password", "passwort", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "qazwsx", "abcdefgh", "abcdef",
    "welcome", "letmein", "iloveyou", "sunshine", "princess", "football", "baseball", "dragon", "monkey", "master",
    "superman", "secret", "changeme", "default", "administrator", "admin", "root", "user", "test", "guest", "login",
    "woaini", "wodemima", "mima", "nihao", "zhongguo", "china", "beijing", "hubei", "enshi", "xuanen", "guanliyuan",
    "ceshi", "anjuan", "computer", "internet", "system", "server", "abc", "qwe", "asd", "zxc", "qaz", "wsx",
)  # fmt: skip
"""What stands in nearly every password that is guessed first."""

AROUND = "0123456789!?.-_ "
LOOKS_LIKE = str.maketrans("@013457$!", "aoleastsi")


def normal(password: str) -> str:
    """The password as it is hashed: the same letters, however a keyboard writes them."""
    return unicodedata.normalize("NFKC", password)


def what_is_wrong(password: str, names: Iterable[str]) -> str | None:
    """Why a password may not be used, None if it may. `names`: what is known of whoever has it."""
    said = normal(password)
    if not LEAST <= len(said) <= MOST:
        return f"must have {LEAST} to {MOST} characters"
    if any(unicodedata.category(each) == "Cc" for each in said):
        return "must not hold control characters"
    if len(set(said)) < LEFT_OVER + 1:
        return "repeats a few characters"
    folded = said.casefold()
    if any(len(name) >= LEFT_OVER and name.casefold() in folded for name in names):
        return "must not hold the name of the account"
    if any(_guessed(each) for each in (folded, folded.strip(AROUND).translate(LOOKS_LIKE))):
        return "is one of the passwords that are tried first"
    return None


def _guessed(text: str) -> bool:
    """Whether hardly a letter is left without the words that everybody tries."""
    for word in sorted(COMMON, key=len, reverse=True):
        text = text.replace(word, "")
    return len(re.sub(r"[\W\d_]", "", text)) < LEFT_OVER
