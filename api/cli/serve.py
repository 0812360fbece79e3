"""Serving (服务): the HTTP API with everything behind it, until a signal ends it."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable

import click

from api.cli.command import command, option
from api.cli.home import shared
from api.cli.logs import log_to_stderr
from api.cli.serving import Server
from api.cli.telling import tell
from api.cli.web import address_of, listening
from api.cli.words import Words
from api.wiring import Wiring, administer, law_here, no_demonstration, settings

THREADS = 8


@command(
    "启动服务\n\n数据库未另行指定时启动内置数据库，并升级到本程序的版本。收到 SIGTERM 或 Ctrl-C 后办完手头的请求再退出。",
    "Serve the HTTP API\n\nStarts the embedded database unless another is set, and brings it up to date. "
    "On SIGTERM or Ctrl-C the requests at hand are answered first.",
)
@option(
    "--host", metavar="ADDRESS", zh="监听地址，默认依 ANJUAN_HOST", en="Address to listen on; ANJUAN_HOST if not given"
)
@option(
    "--port",
    type=click.IntRange(0, 65535),
    zh="端口，默认依 ANJUAN_PORT；0 为任意空闲端口",
    en="Port; ANJUAN_PORT if not given; 0 for any free one",
)
@option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, zh="工作进程数", en="Worker processes")
def serve(host: str | None, port: int | None, workers: int) -> None:
    log_to_stderr(logging.INFO)
    chosen = settings()
    law_here()
    address = chosen.host if host is None else host
    with listening(address, chosen.port if port is None else port) as found:
        with administer() as owner:
            owner.migrate()
            if chosen.production:
                no_demonstration(owner.demonstrations())
        run(found, workers, _told)


FIRST_STEPS = (
    Words("尚无辖区，请在另一终端设立：", "There is no jurisdiction yet; in another terminal:"),
    Words(
        "  anjuan jurisdiction add 名称 --calendar national --profile national --organs 机关名录.toml",
        "  anjuan jurisdiction add NAME --calendar national --profile national --organs ORGANS.toml",
    ),
    Words("  anjuan token add 机关 --jurisdiction 名称", "  anjuan token add ORGAN --jurisdiction NAME"),
)


def run(found: socket.socket, workers: int, ready: Callable[[str, Wiring], None]) -> None:
    """Serve on a socket until a signal ends it; `ready` is told the URL once the first worker answers."""
    url = address_of(found)
    with shared(settings().home):
        Server(found, workers=workers, threads=THREADS, ready=lambda wiring: ready(url, wiring)).run()


def _told(url: str, wiring: Wiring) -> None:
    names = wiring.names()
    lines = [Words(f"案卷服务已就绪：{url}", f"Anjuan answers at {url}")]
    tell({"url": url, "jurisdictions": names}, lines if names else [*lines, *FIRST_STEPS])
