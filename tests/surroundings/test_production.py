"""Where real cases are kept, whatever is unsafe stops the start and says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.wiring import wire
from infrastructure.postgres.pool import connect
from infrastructure.postgres.server import check_role
from infrastructure.settings import BadSetting, settings
from tests.servers import Database

OWNER, APP = "postgresql://owner@/anjuan?host=/run/pg", "postgresql://app@/anjuan?host=/run/pg"


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """Settings with which production starts."""
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "law").mkdir(mode=0o755)
    return {
        "ANJUAN_ENV": "production",
        "ANJUAN_HOME": str(tmp_path),
        "ANJUAN_TRUSTED_HOSTS": "anjuan.example.gov.cn",
        "DATABASE_URL": APP,
        "ANJUAN_OWNER_URL": OWNER,
    }


def test_what_is_safe_starts(safe: dict[str, str]) -> None:
    assert settings(safe).production
    assert settings({**safe, "ANJUAN_WEBHOOK_NETWORKS": "10.0.0.0/8,fd00::/16", "FLASK_DEBUG": "0"}).production
    without = {name: value for name, value in safe.items() if name not in ("DATABASE_URL", "ANJUAN_OWNER_URL")}
    assert settings(without).production
    del safe["ANJUAN_OWNER_URL"]
    assert settings(safe).production


UNSAFE = [
    ({"ANJUAN_TRUSTED_HOSTS": ""}, "ANJUAN_TRUSTED_HOSTS must say"),
    ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG must not be set"),
    ({"PYTHONOPTIMIZE": "2"}, "PYTHONOPTIMIZE must not be set"),
    ({"ANJUAN_WEBHOOKS": "all"}, "what is rehearsed"),
    ({"ANJUAN_WEBHOOK_NETWORKS": "10.1.0.0/16,0.0.0.0/0"}, "ANJUAN_WEBHOOK_NETWORKS=0.0.0.0/0"),
    ({"ANJUAN_WEBHOOK_NETWORKS": "::/0"}, "ANJUAN_WEBHOOK_NETWORKS=::/0"),
    ({"ANJUAN_WEBHOOK_NETWORKS": "128.0.0.0/1"}, "128.0.0.0/1"),
    ({"ANJUAN_OWNER_URL": APP}, "name one role"),
    ({"DATABASE_URL": "postgresql://app:planted@db.example/anjuan"}, "DATABASE_URL crosses the network"),
    ({"DATABASE_URL": "postgresql://app@db.example:5433/anjuan?sslmode=prefer"}, "DATABASE_URL crosses"),
    ({"DATABASE_URL": "postgresql://app@/anjuan?host=db.example"}, "DATABASE_URL crosses"),
    ({"DATABASE_URL": "postgresql://app@127.0.0.1,db.example/anjuan"}, "DATABASE_URL crosses"),
    ({"ANJUAN_OWNER_URL": "postgresql://owner@db.example/anjuan"}, "ANJUAN_OWNER_URL crosses"),
]


@pytest.mark.parametrize(("changed", "reason"), UNSAFE, ids=lambda each: str(each))
def test_what_is_unsafe_does_not_start_and_says_why(safe: dict[str, str], changed: dict[str, str], reason: str) -> None:
    with pytest.raises(BadSetting, match="ANJUAN_ENV=production does not start") as refusal:
        settings({**safe, **changed})
    assert reason in str(refusal.value)
    assert "planted" not in str(refusal.value)
    assert not settings({**safe, **changed, "ANJUAN_ENV": "development"}).production


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://app@db.example/anjuan?sslmode=verify-full",
        "postgresql://app@localhost:5432/anjuan",
        "postgresql://app@[::1]:5432/anjuan",
        "postgresql://app@%2Frun%2Fpg/anjuan",
    ],
)
def test_a_connection_that_stays_here_or_is_encrypted_is_safe(safe: dict[str, str], url: str) -> None:
    assert settings({**safe, "DATABASE_URL": url}).production


def test_several_reasons_are_told_at_once(safe: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match=r"TRUSTED_HOSTS.*; .*FLASK_DEBUG.*; .*what is rehearsed"):
        settings({**safe, "ANJUAN_TRUSTED_HOSTS": "", "FLASK_DEBUG": "1", "ANJUAN_WEBHOOKS": "all"})


@pytest.mark.parametrize("name", ["keys", "log", "receipts"])
def test_keys_that_others_may_read_or_exchange_do_not_start(safe: dict[str, str], tmp_path: Path, name: str) -> None:
    keys = tmp_path / name
    keys.mkdir(exist_ok=True)
    keys.chmod(0o750)
    with pytest.raises(BadSetting, match=f"others may use {keys}"):
        settings(safe)
    keys.chmod(0o700)
    tmp_path.chmod(0o777)
    with pytest.raises(BadSetting, match=f"everybody may exchange what lies in {tmp_path}"):
        settings(safe)
    tmp_path.chmod(0o1777)
    assert settings(safe).production


def test_a_law_that_everybody_may_write_does_not_start(safe: dict[str, str], tmp_path: Path) -> None:
    law = tmp_path / "law"
    law.chmod(0o757)
    with pytest.raises(BadSetting, match="ANJUAN_LAW_DIR: everybody may exchange"):
        settings({**safe, "ANJUAN_LAW_DIR": str(law)})


def test_anchors_that_others_may_choose_do_not_start(safe: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "anchors.toml"
    file.write_text("", encoding="utf-8")
    file.chmod(0o664)
    with pytest.raises(BadSetting, match=f"others may change {file}"):
        settings({**safe, "ANJUAN_ANCHORS": str(file)})
    file.chmod(0o644)
    assert settings({**safe, "ANJUAN_ANCHORS": str(file)}).anchors == file


def test_a_role_that_could_do_more_than_the_service_needs_is_refused(database: Database) -> None:
    with connect(database.app) as app:
        check_role(app)
    with (
        connect(database.owner) as owner,
        pytest.raises(BadSetting, match="anjuan_owner could change what is recorded"),
    ):
        check_role(owner)
    mightier = database.owner.replace("anjuan_owner@", "postgres@")
    with connect(mightier) as superuser, pytest.raises(BadSetting, match="postgres could do everything"):
        check_role(superuser)


def test_no_process_of_production_is_wired_over_the_owner(
    safe: dict[str, str], database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    swapped: dict[str, Any] = {**safe, "DATABASE_URL": database.owner, "ANJUAN_OWNER_URL": database.app}
    for name, value in swapped.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match="could change what is recorded"):
        wire()
    monkeypatch.delenv("ANJUAN_OWNER_URL")
    with pytest.raises(BadSetting, match="could change what is recorded"):
        wire()
    monkeypatch.setenv("DATABASE_URL", database.app)
    monkeypatch.setenv("ANJUAN_OWNER_URL", database.owner)
    made = wire()
    assert made.hosts == ("anjuan.example.gov.cn",)
    made.close()
