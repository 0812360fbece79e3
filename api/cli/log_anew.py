"""Beginning the log anew (另起账册): what the operator decides where signed entries are lost for good, for everybody to see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.cli.beginnings import beginning_line, told_beginning
from api.cli.command import command, option
from api.cli.failing import REFUSED, UNAVAILABLE, USAGE, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.wiring import Begun, Diverged, KeysUnknown, Led, NothingLost, Tampered, begin_log_anew
from api.cli.words import Words
from domain.proof.note import BadNote, VerifierKey
from domain.proof.volumes import ledger_of

NOTHING = Words("账目可以照常签署，不另起账册", "The log can be signed: nothing is to begin anew")
SIGNS = Words(
    "有进程正在签署：请停止服务和定序进程后再试",
    "Something is signing: stop the servers and the sequencer, then try again",
)


@command(
    "签过的账目确已丢失、无法找回时，另起一册继续签署\n\n"
    "只在签署人拒绝签署（被回退、被分叉、缺失）时可用；能找到更新的备份或密钥目录备份的，应当先恢复。"
    "丢失的情况记入 attestation 案卷，账册换用新的标识和密钥，须重新交给见证机和查验人，不能撤销。中断后再次运行即继续完成。",
    "Go on signing in another volume where signed entries are lost for good\n\n"
    "Only where the signer refuses (rolled back, forked, lost): look for a newer backup of database and keys first. What was lost is recorded in "
    "the case `attestation`; the log gets another origin and another key, which witnesses and whoever checks must be handed. It cannot be taken "
    "back. Interrupted, it is finished by the next run.",
    name="begin-anew",
)
@option("--because", required=True, metavar="TEXT", zh="缘由，记入账目", en="Why, which is recorded")
@option(
    "--key",
    "keys",
    multiple=True,
    metavar="VKEY",
    zh="此前各册的公钥，取自纸面或见证机；仅在密钥目录丢失时需要",
    en="A public key of the log until now, from paper or a witness; only where the folder of the keys was lost",
)
@jurisdiction_option
def begin_anew(because: str, keys: tuple[str, ...], jurisdiction: str | None) -> None:
    if not because.strip():
        raise Failed(USAGE, Words("须写明缘由", "Say why"))
    with opened(jurisdiction) as (wiring, place):
        given = [_key(each, place.proofs.ledger) for each in keys]
        try:
            begun = begin_log_anew(wiring, place, because=because.strip(), given=given)
        except NothingLost as error:
            raise Failed(REFUSED, NOTHING) from error
        except Led as error:
            raise Failed(UNAVAILABLE, SIGNS) from error
        except Tampered as error:
            raise Failed(REFUSED, _tampered(error)) from error
        except KeysUnknown as error:
            raise Failed(REFUSED, _unknown(error)) from error
        except (Diverged, BadNote) as error:
            raise Failed(REFUSED, _still(error)) from error
    tell({"jurisdiction": place.name, **_data(begun)}, _lines(begun))


def _key(vkey: str, ledger: str) -> VerifierKey:
    try:
        found = VerifierKey.parse(vkey)
    except BadNote as error:
        raise Failed(USAGE, Words(f"不是公钥：{error}", f"no key: {error}")) from error
    if ledger_of(found.name) != ledger:
        raise Failed(USAGE, Words(f"不是本账本的公钥：{vkey}", f"no key of this log: {vkey}"))
    return found


def _tampered(error: Tampered) -> Words:
    """All that is told of what is wrong with the database itself."""
    first, more = error.findings[0], len(error.findings) - 1
    return Words(
        f"数据库本身被改动，只能由备份恢复，不能另起账册：{first.cause.zh}，{first.where}，{first.zh}（另有 {more} 项，见 anjuan verify）",
        f"The database itself was tampered with; it must come back from a backup and cannot begin anew: {first.cause}, {first.where}: "
        f"{first.en} (and {more} more: `anjuan verify`)",
    )


def _unknown(error: KeysUnknown) -> Words:
    return Words(
        f"此处没有能证实既有检查点的公钥。把纸面上或见证机处的公钥与下列各项核对后，以 --key 写明；都不相符的，数据库被改动过：{error}",
        "No key that is known here has signed what the database holds. Compare what you have on paper or what a witness knows with these, "
        f"and name it with --key; if it is none of them, the database was tampered with: {error}",
    )


def _still(error: Exception) -> Words:
    return Words(
        f"仍不能签署，弄清后再次运行：{error}",
        f"It still cannot be signed; see what it is, then run this again: {error}",
    )


def _data(begun: Begun) -> dict[str, Any]:
    return {**told_beginning(begun.beginning), "origin": begun.key.name, "vkey": str(begun.key), "size": begun.size}


def _lines(begun: Begun) -> Iterator[object]:
    yield begun.key
    yield beginning_line(begun.beginning)
    yield Words(
        "请把上面的公钥当面或书面交给见证机（anjuan witness trust）和各查验人，并告知缘由",
        "Hand the key above in person or on paper to the witnesses (anjuan witness trust) and whoever checks, and say why",
    )
