"""How a command fails (失败): every exception that is expected becomes words and an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click

from api.cli.telling import wants_json
from api.cli.wiring import NoBackup
from api.cli.words import Words
from api.strict import write
from api.wiring import (
    OUTAGES,
    BadMigration,
    BadSetting,
    KeysExposed,
    NameTaken,
    NoSuchJurisdiction,
    NoSuchRehearsal,
    ServerFailed,
    Unreadable,
)
from application.accesses import NotRecorded
from application.bundling import NotYetSigned, OtherLaw
from application.callers import CredentialTaken, NoSuchCredential, TooMany
from application.handle import InFuture, NotFound, Stale
from application.permissions import Forbidden
from application.ports import BadCursor, FileMoved, KeyReused, OutcomeUnknown, Unavailable
from domain.kernel import Refused
from domain.law.notice import BadEdition
from domain.law.rulebook import BadProfile

OK, NO, USAGE, REFUSED, UNAVAILABLE, INTERRUPTED = 0, 1, 2, 3, 4, 130
OF_STATUS = {404: NO, 503: UNAVAILABLE}


class Failed(Exception):
    """A command cannot go on, for a reason that its reader can act upon."""

    def __init__(self, code: int, about: Words) -> None:
        super().__init__(about.en)
        self.code, self.about = code, about


OWN: Mapping[type[Exception], tuple[int, str, Words]] = {
    BadSetting: (USAGE, "bad-setting", Words("设置有误", "A setting is wrong")),
    NoSuchJurisdiction: (USAGE, "no-such-jurisdiction", Words("没有该辖区", "There is no such jurisdiction")),
    NoSuchCredential: (NO, "no-such-credential", Words("没有该凭证", "There is no such token, account or subject")),
    CredentialTaken: (REFUSED, "taken", Words("名称已使用", "The name is taken")),
    TooMany: (UNAVAILABLE, "too-many", Words("请求过于频繁", "Asked too often")),
    BadEdition: (NO, "bad-calendar", Words("放假安排有误", "The arrangement is wrong")),
    BadProfile: (NO, "bad-profile", Words("规则有误", "The rules are wrong")),
    NameTaken: (REFUSED, "name-taken", Words("名称已使用", "The name is taken")),
    NoSuchRehearsal: (REFUSED, "no-such-rehearsal", Words("没有该演练账本", "There is no such rehearsal ledger")),
    BadMigration: (UNAVAILABLE, "bad-migration", Words("数据库与程序不符", "Database and program do not match")),
    KeysExposed: (USAGE, "keys-exposed", Words("密钥目录未封闭", "The folder of keys is not closed")),
    Unreadable: (NO, "unreadable", Words("保密内容或密钥不可读", "A protected value or a key cannot be read")),
    NoBackup: (REFUSED, "no-backup", Words("备份不可用", "The backup cannot be used")),
    ServerFailed: (UNAVAILABLE, "no-server", Words("数据库不能启动", "The database server does not work")),
}
"""What the exceptions of this side of the house are."""

OF_THE_APPLICATION = (
    Refused, Forbidden, NotFound, Stale, InFuture, KeyReused, BadCursor, FileMoved, OutcomeUnknown, Unavailable,
    NotRecorded, NotYetSigned, OtherLaw,
)  # fmt: skip
"""Those whose words stand in the table of the HTTP API, which is read when one of them comes."""

EXPECTED: tuple[type[Exception], ...] = (Failed, OSError, *OWN, *OF_THE_APPLICATION, *OUTAGES)


def answered(run: Callable[[], Any]) -> int:
    """Run a command; the exit code of the process. What is not expected is a defect and rises."""
    try:
        found = run()
        sys.stdout.flush()
        return found if isinstance(found, int) else OK
    except click.exceptions.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except click.ClickException as error:
        return _usage(error)
    except EXPECTED as error:
        return _expected(error)


def _usage(error: click.ClickException) -> int:
    if not wants_json():
        error.show()
    else:
        _report(USAGE, "usage", error.format_message(), {})
    return USAGE


def _expected(error: Exception) -> int:
    code, kind, about = _described(error)
    told = str(about)
    if detail := _detail(error):
        told += f": {detail}"
    _report(code, kind, told, _particulars(error))
    return code


def _report(code: int, kind: str, told: str, more: Mapping[str, Any]) -> None:
    if wants_json():
        click.echo(write({"error": kind, "exit": code, "detail": told, **more}).decode(), err=True)
        return
    click.echo(f"anjuan: {told}", err=True)
    for name, value in more.items():
        click.echo(f"  {name}: {value}", err=True)


def _described(error: Exception) -> tuple[int, str, Words]:
    if isinstance(error, Failed):
        return error.code, "failed", error.about
    for kind in type(error).__mro__:
        if kind in OWN:
            return OWN[kind]
    if isinstance(error, OF_THE_APPLICATION):
        return _of_the_application(error)
    if isinstance(error, OSError):
        return UNAVAILABLE, "system", Words("操作系统拒绝", "The operating system refuses")
    return UNAVAILABLE, "unavailable", Words("数据库不可用", "The database cannot be reached")


def _of_the_application(error: Exception) -> tuple[int, str, Words]:
    problems = import_module("api.errors").PROBLEMS
    problem = next(problems[kind] for kind in type(error).__mro__ if kind in problems)
    return OF_STATUS.get(problem.status, REFUSED), problem.code, Words(problem.zh, problem.en)


def _detail(error: Exception) -> str:
    if isinstance(error, Failed):
        return ""
    if isinstance(error, Refused):
        return str(Words(error.ground.zh, error.ground.en))
    return " ".join(str(error).split())


def _particulars(error: Exception) -> Mapping[str, Any]:
    if isinstance(error, Refused):
        ground = error.ground
        return {"code": ground.code, "article": f"{ground.instrument} {ground.clause}", **_plain(error.facts)}
    return {}


def _plain(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in facts.items()}
