"""The sequencer (定序) as a process of its own: gives positions and signs the log for every jurisdiction, until a signal ends it."""

from __future__ import annotations

import logging
from threading import Event

from api.cli.command import command
from api.cli.logs import log_to_stderr
from api.cli.telling import tell
from api.cli.wiring import sequence_alone
from api.cli.words import Words
from api.wiring import settings


@command(
    "为全部辖区定序并签署账目，独立运行\n\n持有签名密钥（ANJUAN_LOG_KEYS_DIR），数据库角色依 ANJUAN_SEQUENCER_URL；"
    "服务进程则设 ANJUAN_SEQUENCER=off。以 SIGTERM 或 Ctrl-C 结束。",
    "Give positions and sign the log for every jurisdiction, in a process of its own\n\n"
    "It holds the signing keys (ANJUAN_LOG_KEYS_DIR) and works under the role of ANJUAN_SEQUENCER_URL; "
    "servers are then run with ANJUAN_SEQUENCER=off. SIGTERM or Ctrl-C ends it.",
)
def sequencer() -> None:
    log_to_stderr(logging.INFO)
    background = sequence_alone(settings())
    background.start()
    try:
        tell({"sequencing": True}, [Words("定序与签署已开始", "Giving positions and signing")])
        Event().wait()
    finally:
        background.stop()
