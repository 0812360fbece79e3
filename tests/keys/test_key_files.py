"""Keys lie in files that nobody else reads, survive any number of writers, are wrapped anew, and are gone once destroyed."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from infrastructure.keys.files import KeyFiles
from infrastructure.keys.folder import KeysExposed
from infrastructure.keys.ring import Subject
from infrastructure.keys.sealing import Unreadable
from infrastructure.keys.wrapping import Purpose

REPOSITORY = Path(__file__).parents[2]
SUBJECT = Subject("j_xuanen", UUID(int=1))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
WRITER = """
import sys
from pathlib import Path
from uuid import UUID
from infrastructure.keys.files import KeyFiles
from infrastructure.keys.ring import Subject
from infrastructure.keys.wrapping import Purpose
keys = KeyFiles(Path(sys.argv[1]))
sys.stdin.read()
for number in range(40):
    for purpose in Purpose:
        print(number, purpose, keys.living(Subject("j", UUID(int=number)), purpose).secret.hex())
"""


@pytest.fixture
def keys(tmp_path: Path) -> KeyFiles:
    return KeyFiles(tmp_path / "home" / "keys")


def test_a_subject_has_one_key_for_each_purpose(keys: KeyFiles) -> None:
    first = keys.living(SUBJECT, Purpose.IDENTITY)
    assert keys.living(SUBJECT, Purpose.IDENTITY) == first == keys.find(SUBJECT, first.id)
    others = [keys.living(SUBJECT, Purpose.TEXT), keys.living(Subject("j_xuanen", uuid4()), Purpose.IDENTITY)]
    others.append(keys.living(Subject("j_other", SUBJECT.case_id), Purpose.IDENTITY))
    assert len({first.secret, *(each.secret for each in others)}) == 4


def test_two_purposes_are_wrapped_with_two_keys(keys: KeyFiles) -> None:
    assert keys.living(SUBJECT, Purpose.IDENTITY).secret != keys.living(SUBJECT, Purpose.TEXT).secret
    found = keys.standing()
    assert [kek.split("-")[0] for kek in found.wrapped] == ["identity", "text"]
    assert (set(found.wrapped.values()), found.in_use) == ({1}, frozenset(found.wrapped))


def test_nothing_is_open_to_others_and_no_key_lies_there_in_plain(keys: KeyFiles) -> None:
    made = keys.living(SUBJECT, Purpose.IDENTITY)
    keys.digest_key()
    for path in (keys.path, *keys.path.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert not any(made.secret in path.read_bytes() for path in keys.path.rglob("*") if path.is_file())


def test_keys_that_others_may_read_are_refused(keys: KeyFiles) -> None:
    made = keys.living(SUBJECT, Purpose.IDENTITY)
    for path in (next(keys.path.rglob("*.json")), next((keys.path / "keks").glob("identity-*"))):
        path.chmod(0o640)
        with pytest.raises(KeysExposed, match="chmod go="):
            keys.find(SUBJECT, made.id)
        path.chmod(0o600)
    assert keys.wrong() is None
    keys.path.chmod(0o750)
    assert keys.wrong() == "KeysExposed"
    with pytest.raises(KeysExposed):
        keys.living(SUBJECT, Purpose.IDENTITY)


def test_processes_that_begin_together_agree_on_every_key(keys: KeyFiles) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", WRITER, str(keys.path)]
    writers = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=REPOSITORY) for _ in range(3)]
    threading.Timer(0.2, lambda: keys.living(Subject("j", UUID(int=0)), Purpose.TEXT)).start()
    told = [each.communicate(input="")[0] for each in writers]
    assert len(set(told)) == 1
    assert len(set(told[0].splitlines())) == 80
    assert list(keys.standing().wrapped.values()) == [40, 40]


def at_once(count: int, task: Callable[[int], object]) -> None:
    threads = [threading.Thread(target=task, args=(number,)) for number in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def test_threads_and_a_rotation_at_once_lose_no_key(keys: KeyFiles) -> None:
    made: dict[Subject, object] = {}

    def work(number: int) -> None:
        if number % 5 == 4:
            keys.rotate()
            return
        for each in range(12):
            subject = Subject("j", UUID(int=1000 * number + each))
            made[subject] = keys.living(subject, Purpose.IDENTITY)

    at_once(10, work)
    assert len(made) == 96
    assert all(keys.living(subject, Purpose.IDENTITY) == key for subject, key in made.items())


def test_after_a_rotation_all_is_readable_and_an_old_key_is_worth_nothing(keys: KeyFiles, tmp_path: Path) -> None:
    made = keys.living(SUBJECT, Purpose.IDENTITY)
    before = set(keys.standing().wrapped)
    shutil.copytree((keys.path / "keks"), tmp_path / "stolen")
    kept = keys.rotate(keep_old=True)
    assert before < set(kept.wrapped)
    assert [kept.wrapped[each] for each in before] == [0] * len(before)
    after = keys.rotate()
    assert not set(after.wrapped) & set(kept.wrapped)
    assert keys.find(SUBJECT, made.id) == made
    shutil.rmtree(keys.path / "keks")
    shutil.copytree(tmp_path / "stolen", (keys.path / "keks"))
    with pytest.raises(Unreadable, match="put it back"):
        keys.find(SUBJECT, made.id)


def test_both_the_old_and_the_new_are_accepted_while_keys_are_wrapped_anew(keys: KeyFiles) -> None:
    old = keys.living(SUBJECT, Purpose.IDENTITY)
    keys.keks.renew(Purpose.IDENTITY)
    new = keys.living(Subject("j_xuanen", uuid4()), Purpose.IDENTITY)
    assert [(kek.split("-")[:2], count) for kek, count in keys.standing().wrapped.items()] == [
        (["identity", "000001"], 1),
        (["identity", "000002"], 1),
        (["text", "000001"], 2),
    ]
    assert keys.find(SUBJECT, old.id) == old
    assert new.secret != old.secret


def test_an_erased_subject_has_no_key_and_the_next_value_gets_a_new_one(keys: KeyFiles) -> None:
    gone = [keys.living(SUBJECT, purpose) for purpose in Purpose]
    assert keys.destroy(SUBJECT, NOW) == 2
    assert [keys.find(SUBJECT, each.id) for each in gone] == [None, None]
    assert keys.destroy(SUBJECT, NOW) == 0
    again = keys.living(SUBJECT, Purpose.IDENTITY)
    assert again.secret not in [each.secret for each in gone]
    assert keys.find(SUBJECT, gone[0].id) is None
    assert keys.standing().destroyed == 2


def test_after_erasure_and_rotation_a_kept_copy_of_the_wrapped_keys_opens_nothing(
    keys: KeyFiles, tmp_path: Path
) -> None:
    gone = keys.living(SUBJECT, Purpose.IDENTITY)
    subjects, copy = keys.path / "subjects", tmp_path / "backup"
    shutil.copytree(subjects, copy)
    keys.destroy(SUBJECT, NOW)
    shutil.rmtree(subjects)
    shutil.copytree(copy, subjects)
    assert keys.find(SUBJECT, gone.id) == gone, "the control: without rotation the copy is as good as the key"
    keys.destroy(SUBJECT, NOW)
    keys.rotate()
    shutil.rmtree(subjects)
    shutil.copytree(copy, subjects)
    with pytest.raises(Unreadable):
        keys.find(SUBJECT, gone.id)


def test_a_key_that_is_lost_is_not_taken_for_one_that_was_destroyed(keys: KeyFiles) -> None:
    made = keys.living(SUBJECT, Purpose.IDENTITY)
    ring = next(keys.path.rglob("*.json"))
    content = ring.read_bytes()
    ring.write_bytes(content[:-20])
    with pytest.raises(Unreadable, match="damaged"):
        keys.find(SUBJECT, made.id)
    ring.unlink()
    with pytest.raises(Unreadable, match="not destroyed"):
        keys.find(SUBJECT, made.id)


def test_without_its_key_encryption_keys_the_store_makes_no_new_ones(keys: KeyFiles) -> None:
    keys.living(SUBJECT, Purpose.IDENTITY)
    shutil.rmtree(keys.path / "keks")
    for subject in (SUBJECT, Subject("j_xuanen", uuid4())):
        with pytest.raises(Unreadable, match=r"put (it|them) back"):
            keys.living(subject, Purpose.IDENTITY)
    assert not (keys.path / "keks").exists()


def test_a_wrapped_key_put_into_the_file_of_another_subject_is_refused(keys: KeyFiles) -> None:
    made, other = keys.living(SUBJECT, Purpose.IDENTITY), Subject("j_xuanen", UUID(int=2))
    keys.living(other, Purpose.IDENTITY)
    one, two = sorted(keys.path.rglob("*.json"))
    two.write_bytes(one.read_bytes())
    with pytest.raises(Unreadable, match="not what was wrapped"):
        keys.find(other, made.id)


def test_what_a_killed_writer_left_half_written_is_no_key_and_goes_with_the_next_rotation(keys: KeyFiles) -> None:
    made = keys.living(SUBJECT, Purpose.IDENTITY)
    half = next(keys.path.rglob("*.json")).with_name(".half.json.0123")
    half.write_bytes(b"{")
    assert keys.find(SUBJECT, made.id) == made
    keys.rotate()
    assert not half.exists()
