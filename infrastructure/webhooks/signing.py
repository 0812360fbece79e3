"""Signatures of what is sent (签名), as the Standard Webhooks specification has them: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    """A secret that nobody has seen."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signed(identifier: str, at: datetime, body: bytes, signers: Iterable[str]) -> dict[str, str]:
    """The headers that go with a body: one signature of each secret, so that the receiver needs to know only one of them."""
    time = str(int(at.timestamp()))
    content = b"%s.%s.%s" % (identifier.encode(), time.encode(), body)
    return {
        "webhook-id": identifier,
        "webhook-timestamp": time,
        "webhook-signature": " ".join(_signature(each, content) for each in signers),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
