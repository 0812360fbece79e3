"""Tables of a TOML text taken key by key, so that a missing key, a wrong type or an unknown key is refused with its reason."""

from __future__ import annotations

import re
from typing import Any, TypeVar

T = TypeVar("T")
D = TypeVar("D")

TOPIC = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
PATH = re.compile(rf"{TOPIC.pattern}(\.\w+)?")


class Wrong(ValueError):
    """What is wrong with one table, before it is known at which line it stands."""


class Table:
    """The keys of one table, taken one by one: a key that is left over is one that nobody knows."""

    def __init__(self, values: Any, name: str) -> None:
        if not isinstance(values, dict):
            raise Wrong(f"{name} must be a table")
        self._left: dict[str, Any] = dict(values)
        self.name = name

    def need(self, key: str, kind: type[T]) -> T:
        """The value of a key that must be there."""
        if key not in self._left:
            raise Wrong(f"{self.name} lacks the key {key!r}")
        value = self._left.pop(key)
        if not isinstance(value, kind) or type(value) is not kind:
            raise Wrong(f"{self.name}.{key} must be of type {kind.__name__}")
        return value

    def may(self, key: str, kind: type[T], default: D) -> T | D:
        """The value of a key that may be missing."""
        return self.need(key, kind) if key in self._left else default

    def one_of(self, key: str, words: tuple[str, ...], default: str | None = None) -> str:
        """A word of a fixed list."""
        word = self.need(key, str) if default is None else self.may(key, str, default)
        if word not in words:
            raise Wrong(f"{self.name}.{key} {word!r} is none of: {', '.join(words)}")
        return word

    def matching(self, key: str, pattern: re.Pattern[str], default: D) -> str | D:
        """A string of a certain form."""
        return self._formed(key, self.need(key, str), pattern) if key in self._left else default

    def topic(self, key: str) -> str:
        """The stored name of an event."""
        return self._formed(key, self.need(key, str), TOPIC)

    def topics(self, key: str) -> tuple[str, ...]:
        """Stored names of events; none if the key is missing."""
        return tuple(self._formed(key, each, TOPIC) for each in self.texts(key))

    def _formed(self, key: str, text: str, pattern: re.Pattern[str]) -> str:
        if not pattern.fullmatch(text):
            raise Wrong(f"{self.name}.{key} {text!r} is not of the form {pattern.pattern}")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """A string, or a list of them; none if the key is missing."""
        value = self._left.pop(key, [])
        found = tuple(value) if isinstance(value, list) else (value,)
        if not all(isinstance(each, str) and each for each in found):
            raise Wrong(f"{self.name}.{key} must be a string or a list of strings")
        return found

    def tables(self, key: str) -> list[Table]:
        """A list of tables; none if the key is missing."""
        found = self.may(key, list, [])
        return [Table(each, key) for each in found]

    def table(self, key: str) -> Table:
        """A table that must be there."""
        return Table(self.need(key, dict), key)

    def maybe_table(self, key: str) -> Table | None:
        """A table that may be missing."""
        return self.table(key) if key in self._left else None

    def values(self, key: str) -> dict[str, tuple[Any, ...]]:
        """Names with the values allowed for them, one or a list."""
        found = self.may(key, dict, {})
        return {name: _allowed(f"{key}.{name}", value) for name, value in found.items()}

    def done(self) -> None:
        """Nothing may be left over."""
        if self._left:
            raise Wrong(f"{self.name} has the unknown key {min(self._left)!r}")


def _allowed(name: str, value: Any) -> tuple[Any, ...]:
    found = tuple(value) if isinstance(value, list) else (value,)
    for each in found:
        misspelt = isinstance(each, str) and each.startswith("@") and each not in ("@none", "@some")
        if type(each) not in (str, bool, int) or misspelt:
            raise Wrong(f"{name} cannot be compared with {each!r}")
    return found
