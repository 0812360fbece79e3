"""Bundles of the demonstration county, taken along by commands and over HTTP, and verified by the program that came with them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.command_line.processes import Anjuan, Running
from tests.waiting import PATIENCE

CASES = ("TS-2025-001", "XS-2025-003")


def fetched(county: Running, path: str, organ: str) -> bytes:
    """The bytes of an answer to an organ; asked again until the log is signed so far."""
    authority = {"Authorization": f"Bearer {county.said['tokens'][organ]}"}
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(county.url + path, headers=authority)) as response:
                assert response.headers.get_content_type() == "application/zip"
                return bytes(response.read())
        except urllib.error.HTTPError as error:
            with error:
                problem = json.loads(error.read())["type"] if error.code == 503 else ""
            if not problem.endswith("not-yet-signed") or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def verified(folder: Path, content: bytes, *arguments: str) -> tuple[int, Any, str]:
    """Unpack a bundle as a stranger does and run the program that is in it: exit code, answer, and errors."""
    given = folder / "given.zip"
    given.write_bytes(content)
    with zipfile.ZipFile(given) as archive:
        archive.extractall(folder / "unpacked")
    command = [sys.executable, "-I", "-W", "error", "verify.py", "--json", *arguments]
    done = subprocess.run(command, cwd=folder / "unpacked", capture_output=True, check=False)
    return done.returncode, json.loads(done.stdout), done.stderr.decode()


def key_file(visitor: Anjuan, kind: str = "log") -> Path:
    """Where the keys are kept by which the log of the county, or its receipts, are trusted."""
    kept = (visitor.home / kind).glob("*/trusted.vkeys")
    return next(each for each in kept if each.read_text().startswith("anjuan/xuanen/"))


def log_key(visitor: Anjuan) -> str:
    """The key of the log."""
    return key_file(visitor).read_text().split()[0]


@pytest.mark.parametrize("case", CASES)
def test_a_stranger_verifies_the_bundle_with_the_program_that_is_in_it(
    case: str, visitor: Anjuan, county: Running, tmp_path: Path
) -> None:
    content = fetched(county, f"/api/v1/cases/{case}/bundle", "jwjc")
    trusted = [word for kind in ("log", "receipts") for word in ("--keys", str(key_file(visitor, kind)))]
    code, told, errors = verified(tmp_path, content, *trusted)
    assert (code, errors) == (0, ""), told
    listed = county.get(f"/api/v1/cases/{case}/clocks", county.said["tokens"]["jwjc"])["items"]
    dates = {each["id"]: (each["due"], each["state"]) for each in told["clocks"]}
    assert listed and all(dates[each["id"]] == (each["due"], each["state"]) for each in listed)
    held = county.get(f"/api/v1/cases/{case}/custody", county.said["tokens"]["jwjc"])["items"]
    spans = {(each["matter"], each["holder"], each["in_transit"]) for each in told["custody"]}
    assert held and spans >= {(each["matter"], each["holder"], each["in_transit"]) for each in held}


def test_the_same_case_under_the_same_checkpoint_is_the_same_bytes(
    visitor: Anjuan, county: Running, tmp_path: Path
) -> None:
    over_http = fetched(county, f"/api/v1/cases/{CASES[0]}/bundle", "jwjc")
    size = json.loads(zipfile.Path(_kept(tmp_path, over_http), "bundle.json").read_text())["size"]
    file = tmp_path / "again.zip"
    done = visitor.run("bundle", CASES[0], "--size", str(size), "--output", str(file), "--json")
    assert (done.code, done.json["size"]) == (0, size)
    assert file.read_bytes() == over_http


def _kept(folder: Path, content: bytes) -> Path:
    path = folder / "kept.zip"
    path.write_bytes(content)
    return path


def test_with_another_key_nothing_is_signed_and_without_one_it_is_said_what_that_is_worth(
    visitor: Anjuan, county: Running, tmp_path: Path
) -> None:
    file = tmp_path / "bundle.zip"
    assert visitor.run("bundle", CASES[1], "--output", str(file)).code == 0
    name, _, _ = log_key(visitor).partition("+")
    other = f"{name}+c0ffee00+AWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MTIzNDU2"
    code, told, _ = verified(tmp_path, file.read_bytes(), "--key", other)
    assert code == 2 and "id" in told["en"]
    shown = subprocess.run([sys.executable, tmp_path / "unpacked" / "verify.py"], capture_output=True, check=True)
    said = shown.stdout.decode()
    assert "SHA-256" in said and "Get the keys elsewhere" in said and "EVERYTHING HOLDS" in said


def test_who_may_not_read_the_case_gets_no_bundle_and_each_one_is_on_record(visitor: Anjuan, county: Running) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetched(county, f"/api/v1/cases/{CASES[1]}/bundle", "admin")
    assert refused.value.code == 404
    fetched(county, f"/api/v1/cases/{CASES[1]}/bundle", "jwjc")
    rows = visitor.run("accesses", "--case", CASES[1], "--json").json["items"]
    taken = [(each["organ"], each["outcome"]) for each in rows if each["route"].endswith("/bundle")]
    assert taken[:2] == [("jwjc", "exported"), ("admin", "not-found")]
    missing = visitor.run("bundle", "NO-SUCH", "--json")
    assert missing.code == 1, missing


def test_nothing_protected_is_in_a_bundle(county: Running) -> None:
    content = fetched(county, f"/api/v1/cases/{CASES[0]}/bundle", "jwjc")
    assert "甲建筑公司".encode() not in content
    assert b"complainant" in content


def test_a_stretch_of_the_log_is_exported_verified_and_on_record(
    visitor: Anjuan, county: Running, tmp_path: Path
) -> None:
    fetched(county, f"/api/v1/cases/{CASES[0]}/bundle", "jwjc")
    folder = tmp_path / "out"
    done = visitor.run("export", str(folder), "--from", "3", "--to", "40", "--json")
    assert (done.code, done.json["from"], done.json["to"]) == (0, 3, 40)
    command = [sys.executable, "-I", "-W", "error", str(folder / "verify.py"), "--json", "--key", log_key(visitor)]
    shown = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(shown.stdout)["count"] == 38
    again = visitor.run("export", str(folder))
    assert again.code != 0 and "not empty" in again.err
    beyond = visitor.run("export", str(tmp_path / "beyond"), "--to", "999999999")
    assert beyond.code == 1 and "stretch" in beyond.err
    rows = visitor.run("accesses", "--outcome", "exported", "--json").json["items"]
    assert any(each["route"] == "anjuan export" and "--to" not in each["asked"] for each in rows)
