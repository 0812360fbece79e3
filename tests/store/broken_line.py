"""A line to the database that breaks where a test wants it to: before the request arrives, or before the answer does."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

Watch = Callable[[bytes], bool]


def _never(_: bytes) -> bool:
    return False


class BrokenLine:
    """Passes everything on, until `lose_request` or `lose_answer` says of what passes that the line breaks there.

    `url` leads to the database through the line. A request that is lost never arrives; of an answer that is lost the request did.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        folder = parse_qs(parts.query)["host"][0]
        self._server = str(Path(folder) / ".s.PGSQL.5432")
        self._folder = tempfile.mkdtemp(prefix="line-")
        self.url = f"{parts.scheme}://{parts.netloc}{parts.path}?host={quote(self._folder, safe='/')}&port=5432"
        self.lose_request: Watch = _never
        self.lose_answer: Watch = _never
        self.cut = False
        self.broken = 0
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(Path(self._folder) / ".s.PGSQL.5432"))
        self._listening.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take the line down."""
        self.cut = True
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        os.unlink(Path(self._folder) / ".s.PGSQL.5432")
        os.rmdir(self._folder)

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self.cut:
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            ways = ((client, server, self._request_lost), (server, client, self._answer_lost))
            for source, target, lost in ways:
                threading.Thread(target=self._pass_on, args=(source, target, lost), daemon=True).start()

    def _request_lost(self, passing: bytes) -> bool:
        return self.lose_request(passing)

    def _answer_lost(self, passing: bytes) -> bool:
        return self.lose_answer(passing)

    def _pass_on(self, source: socket.socket, target: socket.socket, lost: Watch) -> None:
        with contextlib.suppress(OSError):
            while (passing := source.recv(1 << 16)) and not self.cut:
                if lost(passing):
                    self.broken += 1
                    break
                target.sendall(passing)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
