"""The whole machine is lost while it works, and a backup is put back: what it holds is whole, and what is missing is not passed over."""

from __future__ import annotations

import shutil

import pytest

from domain.proof.checkpoint import Checkpoint
from infrastructure.proof.keys import LogKeys
from tests.command_line.processes import Anjuan
from tests.killing.conftest import Made
from tests.postgres.processes import folder
from tests.waiting import until

pytestmark = pytest.mark.outside


def kept(keys: LogKeys) -> int:
    """How much was signed, as far as the machine of the signer knows."""
    note = keys.kept()
    return 0 if note is None else Checkpoint.parse(note.text).size


def test_a_backup_taken_under_load_is_put_back_whole_and_reported_as_rolled_back(mortal: Made) -> None:
    service = mortal(embedded=True)
    crew, keys = service.crew(), service.keys()
    with crew.at_work() as heard:
        crew.until(20)
        before = dict(heard.accepted)
        taken = service.anjuan.run("backup", str(service.home / "backup"), "--json")
        crew.until(20)
        held = taken.json["ledgers"][0]["events"]
        until(lambda: kept(keys) > held)
    assert taken.code == 0, taken.err
    assert service.stored().keys() >= heard.accepted.keys()
    service.end()
    shutil.rmtree(folder(service.home))
    done = Anjuan(service.home).run("restore", str(service.home / "backup"), "--json")
    assert done.code == 1, done
    assert {each["cause"] for each in done.json["findings"]} == {"rolled back"}
    service.server.start()
    assert service.stored().keys() >= before.keys()
    gone = [each for each in heard.accepted if not service.stored()[each]]
    assert gone, "and what was recorded after the backup is missing: nothing makes up for that"
