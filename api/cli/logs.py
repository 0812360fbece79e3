"""Where the log goes (日志): to standard error, one fact a line, whatever the fact contains."""

from __future__ import annotations

import logging
import re
import sys
import time

TALKATIVE = ("werkzeug", "apscheduler")
LINE = "%(asctime)s.%(msecs)03dZ level=%(levelname)s logger=%(name)s %(message)s"
_PASSWORD = re.compile(r"(?<=://)([^:/?#\s@]*):[^@\s/]+(?=@)|((?:password|secret|token)=)[^&\s,]+", re.IGNORECASE)
_BEARER = re.compile(r"\b(Bearer|Basic) +[\w.~+/=-]+", re.IGNORECASE)
_TOKEN = re.compile(r"\b(aj_[0-9a-f]{12})\.[\w-]{20,}")


class OneLine(logging.Formatter):
    """A record as one line: what it was given cannot begin another, and no secret of ours gets through.

    The lines of a traceback follow indented, so that none of them looks like a record either.
    """

    def format(self, record: logging.LogRecord) -> str:
        first, *rest = super().format(record).splitlines() or [""]
        if record.exc_info is None and record.exc_text is None and record.stack_info is None:
            return scrubbed(escaped("\n".join([first, *rest])))
        return "\n".join([scrubbed(escaped(first)), *(f"    {scrubbed(escaped(each))}" for each in rest)])


def escaped(text: str) -> str:
    """The text with what cannot be printed written out."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def scrubbed(text: str) -> str:
    """The text without passwords, tokens and secrets, should one have come so far."""
    text = _BEARER.sub(r"\1 ***", _TOKEN.sub(r"\1.***", text))
    return _PASSWORD.sub(lambda found: f"{found[2]}***" if found[2] else f"{found[1]}:***", text)


def log_to_stderr(level: int) -> None:
    """Write what is at least as important as `level`."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = OneLine(LINE, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # no line says where it comes from
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
