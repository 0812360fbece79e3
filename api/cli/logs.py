"""Where the log goes (日志): to standard error, one fact a line."""

from __future__ import annotations

import logging
import sys
import time

TALKATIVE = ("werkzeug", "apscheduler")
LINE = "%(asctime)s.%(msecs)03dZ level=%(levelname)s logger=%(name)s %(message)s"


def log_to_stderr(level: int) -> None:
    """Write what is at least as important as `level`."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = logging.Formatter(LINE, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
