"""SQL stands in .sql files under a name, and every name is used."""

from __future__ import annotations

import re

from infrastructure.postgres.statements import named_statements
from tests.conventions.source import LAYERS, modules, place, texts

STATEMENT = re.compile(
    r"^\s*(select|insert\s+into|update\s+\S+\s+set|delete\s+from|with\s+\S+\s+as|truncate|lock\s+table"
    r"|(create|alter|drop)\s+(table|schema|index|database|role|function|view)|grant|set\s+local)\b",
    re.IGNORECASE,
)
MAY_HOLD_SQL = {"infrastructure/postgres/migrate.py", "infrastructure/postgres/embedded.py"}


def test_no_python_module_holds_sql() -> None:
    found = [
        f"{place(path, text)} {str(text.value)[:50]!r}"
        for path in modules(*LAYERS)
        for text in texts(path)
        if STATEMENT.match(str(text.value)) and place(path) not in MAY_HOLD_SQL
    ]
    assert found == []


def test_every_statement_is_used() -> None:
    said = {text.value for path in modules("infrastructure", "tests") for text in texts(path)}
    assert sorted(set(named_statements()) - said) == []
