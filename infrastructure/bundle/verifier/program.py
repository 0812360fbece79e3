"""The program itself (主程序): what is asked of it on the command line, and what it answers.

    python verify.py [ZIP or folder] [--key VKEY ...] [--keys FILE ...] [--days] [--json]

Exit code 0: everything holds. 1: something does not; the file and the cause are named. 2: nothing could be said.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from infrastructure.bundle.verifier.claims import check_law, check_manifest, recounted
from infrastructure.bundle.verifier.exported import EXPORT, checked_export
from infrastructure.bundle.verifier.faults import CHANGED, Unable, Wrong
from infrastructure.bundle.verifier.parcel import BUNDLE, KEYS, check_contents, parcel_in, stamps_in
from infrastructure.bundle.verifier.report import (
    bundle_lines,
    export_lines,
    law_lines,
    signed_lines,
    stamp_lines,
    wrong_lines,
)
from infrastructure.bundle.verifier.signed import Key, Signer, key_in, name_and_volume
from infrastructure.bundle.verifier.source import Source

HOLDS, DOES_NOT_HOLD, UNABLE = 0, 1, 2
MALFORMED = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What comes of values that no office writes."""


def main(arguments: list[str], beside: Path) -> int:
    """Verify what the arguments name, or the folder that the program stands in, and tell it."""
    asked = _parser().parse_args(arguments)
    try:
        vkeys = [*asked.key, *(each for file in asked.keys for each in _listed(file))]
        lines, told = _verified(Path(asked.where or beside), vkeys, days=asked.days)
        code = HOLDS
    except Wrong as wrong:
        lines, code = list(wrong_lines(wrong)), DOES_NOT_HOLD
        told = {"holds": False, "file": wrong.file, "cause": wrong.cause, "zh": wrong.zh, "en": wrong.en}
    except MALFORMED as error:
        zh, en = f"不成格式：{error!r}", f"something is not in its form: {error!r}"
        lines, code = [f"不成立 DOES NOT HOLD  {zh} {en}"], DOES_NOT_HOLD
        told = {"holds": False, "file": "", "cause": CHANGED, "zh": zh, "en": en}
    except Unable as unable:
        lines, code = [f"无法核验：{unable.zh}", f"Cannot verify: {unable.en}"], UNABLE
        told = {"holds": None, "zh": unable.zh, "en": unable.en}
    text = json.dumps(told, ensure_ascii=False, indent=1) if asked.json else "\n".join(lines)
    sys.stdout.buffer.write(f"{text}\n".encode())
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="核验证据包或导出 Verify a bundle or an export of a case ledger.")
    parser.add_argument("where", nargs="?", help="ZIP 或文件夹 a ZIP or a folder (default: where this program stands)")
    parser.add_argument(
        "--key", action="append", default=[], help="从别处取得的公钥 a public key that you got elsewhere"
    )
    parser.add_argument(
        "--keys",
        action="append",
        type=Path,
        default=[],
        help="这样的公钥文件，每行一个 a file of such keys, one a line",
    )
    parser.add_argument("--days", action="store_true", help="逐日列出 tell the days of every time limit")
    parser.add_argument("--json", action="store_true", help="输出 JSON answer as JSON")
    return parser


def _verified(where: Path, vkeys: list[str], *, days: bool) -> tuple[list[str], dict[str, Any]]:
    source = Source(where)
    if not (source.has(EXPORT) or source.has(BUNDLE)):
        raise Unable(f"{where} 不是证据包或导出", f"{where} is neither a bundle nor an export")
    keys = _keys(vkeys) if vkeys else _own_keys(source)
    if source.has(EXPORT):
        found = checked_export(source, keys)
        lines = [*signed_lines(found.head, found.signers, given=bool(vkeys)), *export_lines(found)]
        return _answer(lines, found.signers, count=found.events, **found.about)
    parcel = parcel_in(source, keys)
    office = f"{name_and_volume(parcel.about['origin'])[0]}/receipt"
    required = bool(vkeys) and any(each.name == office for each in keys)
    signed = check_contents(source, keys, parcel.about["origin"], required=required)
    counted, manifest = recounted(source, parcel), check_manifest(source, parcel)
    law = check_law(source, parcel)
    lines = [*signed_lines(parcel.head, parcel.signers, given=bool(vkeys)), *law_lines(law, signed)]
    lines += stamp_lines(stamps_in(source, parcel.head))
    lines += bundle_lines(parcel, counted, manifest, days=days)
    return _answer(lines, parcel.signers, **parcel.about, custody=counted.custody, clocks=counted.clocks)


def _answer(lines: list[str], signers: list[Signer], **told: Any) -> tuple[list[str], dict[str, Any]]:
    signed = [{"key": each.key.name, "fingerprint": each.key.fingerprint, "time": each.time} for each in signers]
    end = ["", "全部成立 EVERYTHING HOLDS"]
    return [*lines, *end], {"holds": True, "signed_by": signed, **told}


def _keys(vkeys: list[str]) -> list[Key]:
    try:
        return [key_in(each) for each in vkeys]
    except ValueError as error:
        raise Unable(f"不是公钥：{error}", str(error)) from error


def _listed(path: Path) -> list[str]:
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise Unable(f"{path} 无法读出", f"{path} cannot be read") from error
    return [line for line in lines if line and not line.startswith("#")]


def _own_keys(source: Source) -> list[Key]:
    """The keys that came along: better than none, and said to be no more."""
    try:
        return [key_in(line) for line in source.text(KEYS).splitlines()]
    except ValueError as error:
        raise Wrong(KEYS, CHANGED, f"不是公钥：{error}", str(error)) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
