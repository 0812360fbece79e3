"""Our log and our witness with programs by others: theirs signs for ours and refuses its lies, their client and reader believe ours."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from pathlib import Path

import pytest

from domain.proof.merkle import leaf_hash
from domain.proof.note import Signature, VerifierKey
from domain.proof.tiles import WIDTH, Edge, bundle, place_text
from domain.proof.witness import cosignatures
from infrastructure.proof.ed25519 import verify
from tests.command_line.processes import Anjuan
from tests.proof.growing import ORIGIN, GrowingLog, key_of
from tests.witness.foreign import MISSING, installed, newer_python, serving
from tests.witness.posting import Link

pytestmark = pytest.mark.outside

SIZE, KEPT = 300, 256
LOG = GrowingLog(SIZE)
REWRITTEN = GrowingLog(SIZE, lie={3: b"another fact"})
SENDING = Path(__file__).with_name("sending.py")


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the others' programs are."""
    python = newer_python()
    if python is None:
        pytest.skip(MISSING)
    return installed(python, tmp_path_factory.mktemp("others") / "venv")


def test_their_witness_signs_for_our_log_and_refuses_its_lies(others: Path, tmp_path: Path) -> None:
    program, config = str(others / "aics-witness"), ["-c", str(tmp_path / "w.json")]
    named = subprocess.run([program, "init", *config, "--name", "audit.example/other"], capture_output=True, check=True)
    key = VerifierKey.parse(named.stdout.decode().splitlines()[0])
    subprocess.run([program, "add-log", *config, "--origin", ORIGIN, "--vkey", str(LOG.vkey)], check=True)
    command = [program, "serve", *config, "--listen", "127.0.0.1:0"]
    with serving(command, b"listening on ") as line, Link(line.partition("listening on ")[2].split()[0]) as link:
        first = link.add(LOG.submission(0, 40))
        assert cosignatures(first.body, LOG.note(40), [key], verify)
        assert cosignatures(link.add(LOG.submission(40, 70)).body, LOG.note(70), [key], verify)
        wrong = REWRITTEN.submission(70, 90), REWRITTEN.submission(70, 70), LOG.submission(30, 60)
        assert [link.add(each).status for each in wrong] == [422, 422, 409]
        assert link.add(LOG.submission(70, 90, key_of("log.example/other"))).status == 403


def test_their_client_is_signed_for_by_our_witness(others: Path, tmp_path: Path) -> None:
    office, folder = Anjuan(tmp_path), str(tmp_path / "w")
    vkey = office.run("witness", "init", folder, "audit.example/w1", "--json").json["vkey"]
    office.run("witness", "trust", folder, str(LOG.vkey))
    sent = [
        [old, [b64encode(each).decode() for each in log.consistency(old, new)], str(log.note(new))]
        for log, old, new in ((LOG, 0, 40), (LOG, 40, 70), (REWRITTEN, 70, 90), (LOG, 70, 90))
    ]
    with office.serving("witness", "serve", folder, "--port", "0") as witness:
        command = [str(others / "python"), str(SENDING)]
        asked = json.dumps([witness.url, vkey, sent])
        done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    *signed, refused, again = json.loads(done.stdout)
    assert refused == "WitnessRejected"
    for line, size in zip([*signed, again], (40, 70, 90), strict=True):
        assert Signature.parse(line.strip()) and cosignatures(line, LOG.note(size), [VerifierKey.parse(vkey)], verify)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Our log as tiles and entries in files, its signed checkpoint, an older one, and its key."""
    edge = Edge()
    files = {
        f"{level}/{placed(number, hashes)}": hashes
        for level, number, hashes in edge.append(map(leaf_hash, LOG.entries))
    }
    for first in range(0, SIZE, WIDTH):
        some = LOG.entries[first : first + WIDTH]
        files[f"entries/{place_text(first // WIDTH, len(some))}"] = bundle(some)
    for name, content in files.items():
        path = tmp_path / "log/tile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "log/checkpoint").write_text(str(LOG.note(SIZE)), encoding="utf-8")
    (tmp_path / "old").write_text(str(LOG.note(KEPT)), encoding="utf-8")
    (tmp_path / "key").write_text(f"{LOG.vkey}\n", encoding="utf-8")
    return tmp_path


def placed(number: int, hashes: bytes) -> str:
    """The path of a tile."""
    return place_text(number, len(hashes) // 32)


def test_their_reader_believes_our_tiles_our_checkpoint_and_our_entries(others: Path, shelf: Path) -> None:
    (shelf / "entry").write_bytes(LOG.entries[7])
    told = ["--vkey-file", str(shelf / "key"), "--origin", ORIGIN, "--tiles", str(shelf / "log")]

    def reads(*words: str) -> bool:
        done = subprocess.run([str(others / "aics-tlog"), *words, *told], capture_output=True, check=False)
        return done.returncode == 0

    entry = ("verify-inclusion", "--leaf", str(shelf / "entry"), "--index")
    assert reads("verify-checkpoint") and reads(*entry, "7") and not reads(*entry, "8")
    assert reads("verify-consistency", "--old-checkpoint", str(shelf / "old"))
    tile = shelf / "log/tile/0/000"
    tile.write_bytes(b"\x00" + tile.read_bytes()[1:])
    assert not reads(*entry, "7")
