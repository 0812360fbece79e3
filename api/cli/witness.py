"""A witness (见证机): a second deployment, held by another office, that signs only what a log cannot take back."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click
from flask import Flask

from api.cli.command import command, option
from api.cli.failing import NO, REFUSED, USAGE, Failed
from api.cli.logs import log_to_stderr
from api.cli.telling import tell
from api.cli.web import WebServer, address_of, listening
from api.cli.words import Words
from api.witness.app import present, witness_app
from api.witness.wiring import BadKey, Desk, found_desk, open_desk
from domain.proof.note import BadNote, VerifierKey, is_name

THREADS = 8
FOLDER = click.Path(file_okay=False, path_type=Path)


@command(
    "设立见证机：生成密钥和见证簿\n\nNAME 是见证机的名称，如 jiwei.example/w1；DIR 不得与账本共用机器或账户。",
    "Found a witness: its key and what it keeps, in a folder\n\n"
    "NAME is how it signs, such as audit.example/w1. DIR is on a machine that shares nothing with the ledger.",
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("name")
def init(folder: Path, name: str) -> None:
    if not is_name(name):
        raise Failed(USAGE, Words("名称不得含空格或加号", "A name has neither spaces nor plus signs"))
    try:
        desk = found_desk(folder, name)
    except FileExistsError as error:
        raise Failed(REFUSED, Words(f"{folder} 已有见证机", f"There is a witness in {folder}")) from error
    tell({"vkey": str(desk.key), "folder": str(folder)}, [desk.key])


@command(
    "信任某账本的公钥\n\nVKEY 由账本的管理者当面或书面交来，不经网络取得。密钥轮换时可信任多把。",
    "Trust a log by its public key\n\nVKEY is handed over by who runs the log, not taken from the network. "
    "Several may be trusted while keys change.",
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("vkey")
@option("--origin", zh="账本标识；默认为公钥的名称", en="Origin of the log; the name of its key if not given")
def trust(folder: Path, vkey: str, origin: str | None) -> None:
    desk, key = _desk(folder), _key(vkey)
    desk.shelf.trust(origin or key.name, key, present())
    told = origin or key.name
    tell({"origin": told, "vkey": str(key)}, [Words(f"已信任 {told}", f"trusted: {told}")])


@command("不再信任某公钥", "Trust a public key no more")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("vkey")
@option("--origin", zh="账本标识；默认为公钥的名称", en="Origin of the log; the name of its key if not given")
def distrust(folder: Path, vkey: str, origin: str | None) -> None:
    desk, key = _desk(folder), _key(vkey)
    told = origin or key.name
    if not desk.shelf.distrust(told, key):
        raise Failed(NO, Words("该公钥本未获信任", "That key was not trusted"))
    tell({"origin": told, "vkey": str(key)}, [Words("已不再信任", "trusted no more")])


@command("列出所见证的账本和拒绝过的检查点", "List the logs that are witnessed, and what was refused", name="list")
@click.argument("folder", metavar="DIR", type=FOLDER)
def list_(folder: Path) -> None:
    desk = _desk(folder)
    logs = [
        {**each._asdict(), "keys": [str(key) for key in desk.shelf.keys(each.origin)]} for each in desk.shelf.logs()
    ]
    refused = [{**each._asdict(), "body": each.body.decode()} for each in desk.shelf.refusals()]
    lines: list[object] = [desk.key, *(_line(each) for each in logs)]
    lines += [f"! {each['at']}  {each['status']}  {each['origin']}  {each['about']}" for each in refused]
    tell({"vkey": str(desk.key), "logs": logs, "refusals": refused}, lines)


@command(
    "提供见证服务（C2SP tlog-witness）",
    "Serve the witness (C2SP tlog-witness)\n\nLogs POST to URL/add-checkpoint; URL/HASH/checkpoint is what was signed last.",
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, zh="监听地址", en="Address to listen on")
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8010,
    show_default=True,
    zh="端口；0 为任意空闲端口",
    en="Port; 0 for any free one",
)
@option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, zh="工作进程数", en="Worker processes")
def serve(folder: Path, host: str, port: int, workers: int) -> None:
    log_to_stderr(logging.INFO)
    desk = _desk(folder)
    with listening(host, port) as found:
        WitnessServer(found, desk, address_of(found), workers=workers).run()


class WitnessServer(WebServer):
    """The server of one witness on a socket."""

    def __init__(self, listening: Any, desk: Desk, url: str, *, workers: int) -> None:
        self._desk, self._url = desk, url
        super().__init__(listening, workers=workers, threads=THREADS)

    def load(self) -> Flask:
        return witness_app(self._desk.witness)

    def begin(self, worker: Any) -> None:
        """In a worker, before the first request."""
        super().begin(worker)
        if worker.age == 1:
            told = [Words(f"见证机已就绪：{self._url}", f"The witness answers at {self._url}"), self._desk.key]
            tell({"url": self._url, "vkey": str(self._desk.key)}, told)


def _desk(folder: Path) -> Desk:
    try:
        return open_desk(folder)
    except FileNotFoundError as error:
        raise Failed(NO, Words(f"{folder} 没有见证机", f"There is no witness in {folder}")) from error
    except BadKey as error:
        raise Failed(NO, Words(f"密钥文件有误：{error}", f"The key cannot be read: {error}")) from error


def _key(vkey: str) -> VerifierKey:
    try:
        return VerifierKey.parse(vkey)
    except BadNote as error:
        raise Failed(USAGE, Words(f"公钥有误：{error}", f"That is no public key: {error}")) from error


def _line(each: dict[str, Any]) -> str:
    return f"{each['origin']}  {'-' if each['size'] is None else each['size']}  keys {len(each['keys'])}  refused {each['refusals']}"
