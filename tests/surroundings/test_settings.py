"""Settings come from the environment, and a wrong one stops the start with its name and the reason."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from infrastructure.settings import SETTINGS, BadSetting, Settings, settings


def test_an_empty_environment_gives_the_defaults() -> None:
    found = settings({})
    assert (found.host, found.port, found.scheduler, found.timezone) == ("127.0.0.1", 8000, "embedded", "Asia/Shanghai")
    assert found.database_url is None
    assert found.home.is_absolute()


def test_every_field_has_its_variable_and_its_meaning() -> None:
    assert {each.field for each in SETTINGS} == {each.name for each in fields(Settings)}
    assert all(each.meaning for each in SETTINGS)


def test_settings_never_change_while_running() -> None:
    with pytest.raises(FrozenInstanceError):
        settings({}).port = 1  # type: ignore[misc]


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert settings({each.variable: " " for each in SETTINGS}) == settings({})


@pytest.mark.parametrize(
    "variable, value, reason",
    [
        ("ANJUAN_PORT", "65536", "whole number from 0 to 65535"),
        ("ANJUAN_PORT", "-1", "whole number"),
        ("ANJUAN_PORT", "八千", "whole number"),
        ("ANJUAN_POOL_SIZE", "0", "from 1 to 200"),
        ("ANJUAN_SCHEDULER", "on", "embedded or off"),
        ("ANJUAN_TIMEZONE", "UTC", "Asia/Shanghai"),
        ("DATABASE_URL", "mysql://x", "postgresql:// URL"),
        ("ANJUAN_POSTGRES_BIN", "bin", "absolute path"),
        ("ANJUAN_OWNER_URL", "postgresql://x", "goes with DATABASE_URL"),
        ("ANJUAN_ENV", "prod", "development or production"),
        ("ANJUAN_OIDC_KEYS", "http://id.example/keys", "an https:// address"),
        ("ANJUAN_OIDC_KEYS", "keys.json", "absolute path"),
        ("ANJUAN_OIDC_ALGORITHMS", "RS256,HS256", "must be some of"),
        ("ANJUAN_OIDC_ALGORITHMS", "none", "must be some of"),
        ("ANJUAN_OIDC_ISSUER", "https://id.example", "go together"),
        ("ANJUAN_TRUSTED_HOSTS", "https://a", "names such as"),
        ("ANJUAN_TRUSTED_HOSTS", "*", "names such as"),
        ("ANJUAN_TRUSTED_HOSTS", "a b", "names such as"),
        ("ANJUAN_PROT", "80", "is no setting"),
    ],
)
def test_a_wrong_value_is_refused_by_name(variable: str, value: str, reason: str) -> None:
    with pytest.raises(BadSetting, match=reason) as refusal:
        settings({variable: value})
    assert variable in str(refusal.value)


def test_a_refusal_never_shows_a_password() -> None:
    with pytest.raises(BadSetting) as refusal:
        settings({"DATABASE_URL": "mysql://u:secret@h"})
    assert "secret" not in str(refusal.value)


def test_the_home_may_be_chosen(tmp_path: Path) -> None:
    assert settings({"ANJUAN_HOME": str(tmp_path)}).home == tmp_path.resolve()
