"""The file of anchors: what it says is what is asked, and whatever is wrong in it stops the start with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.proof.note import COSIGNATURE
from infrastructure.anchors.chosen import BadAnchors, Chosen, WitnessAt, read_anchors
from infrastructure.settings import settings
from tests.anchors import authority as openssl
from tests.proof.growing import key_of

KEY = key_of("audit.example/w1", COSIGNATURE).public
WITNESS = f'[[witness]]\nurl = "https://witness.example/"\nvkey = "{KEY}"\n'
AUTHORITY = '[[authority]]\nname = "tsa"\nurl = "http://tsa.example/tsr"\nroots = "root.pem"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the file is, beside the certificates that it names."""
    root = json.loads(openssl.RECORDED.read_text(encoding="utf-8"))["root"]
    (tmp_path / "root.pem").write_text(root, encoding="utf-8")
    return tmp_path / "anchors.toml"


def test_without_a_file_there_are_none() -> None:
    assert read_anchors(None) == Chosen() and Chosen().names == ()


def test_what_the_file_says(file: Path) -> None:
    file.write_text(
        f"every_seconds = 5\ntimestamp_hours = 12\nrehearsals = true\n{WITNESS}{AUTHORITY}", encoding="utf-8"
    )
    found = read_anchors(file)
    assert found.witnesses == (WitnessAt("https://witness.example", KEY),)
    assert [(each.name, each.url, len(each.roots)) for each in found.authorities] == [
        ("tsa", "http://tsa.example/tsr", 1)
    ]
    assert (found.every, found.stamp_every, found.rehearsals) == (5, 12 * 3600, True)
    assert found.names == ("audit.example/w1", "tsa")
    file.write_text(WITNESS, encoding="utf-8")
    assert (read_anchors(file).every, read_anchors(file).rehearsals) == (60, False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[witness", "Expected"),
        ("witnesses = 1\n", "witnesses is not known"),
        (WITNESS + WITNESS, "two anchors have one name"),
        (WITNESS.replace("https", "ftp"), "no address"),
        (WITNESS.replace("//", "//me@"), "no address"),
        (WITNESS.replace('.example/"', '.example/?x"'), "no address"),
        (WITNESS + "name = 1\n", "name is not known"),
        ('[[witness]]\nurl = "https://w.example"\n', "vkey must be given"),
        (WITNESS.replace(str(KEY), "nothing"), "no verifier key"),
        (WITNESS.replace(str(KEY), str(key_of("log.example/1").public)), "not that of a witness"),
        (f"every_seconds = 0\n{WITNESS}", "every_seconds must be"),
        (f"every_seconds = true\n{WITNESS}", "every_seconds must be"),
        (AUTHORITY.replace('"tsa"', '"../tsa"'), "no name of an authority"),
        (AUTHORITY.replace("root.pem", "none.pem"), "No such file"),
        (AUTHORITY.replace("root.pem", "anchors.toml"), "PEM"),
    ],
)
def test_what_is_wrong_is_named(file: Path, text: str, why: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadAnchors, match=why) as raised:
        read_anchors(file)
    assert str(raised.value).startswith(f"ANJUAN_ANCHORS={file}: ")


def test_the_setting_names_the_file(file: Path) -> None:
    assert settings({"ANJUAN_ANCHORS": str(file)}).anchors == file
