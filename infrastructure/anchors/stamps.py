"""Timestamps by an authority (可信时间戳, RFC 3161): asked for over the text of a checkpoint, and checked against certificates we hold."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from infrastructure.anchors.chosen import Authority
from infrastructure.anchors.reaching import Away, reach

ASKING = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class BadStamp(ValueError):
    """A timestamp does not show what it should; the message says why."""


class Asked(NamedTuple):
    """A request, and the number by which its answer is known."""

    body: bytes
    nonce: int


def asking(text: str) -> Asked:
    """The request for a timestamp over a text."""
    builder = TimestampRequestBuilder().data(text.encode()).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    assert request.nonce is not None
    return Asked(request.as_bytes(), request.nonce)


def stamped_at(stamp: bytes, text: str, authority: Authority, nonce: int | None = None) -> datetime:
    """When the authority says that it saw the text. Raises BadStamp."""
    try:
        found = decode_timestamp_response(stamp)
        VerifierBuilder(roots=list(authority.roots), nonce=nonce).build().verify_message(found, text.encode())
    except (VerificationError, ValueError) as error:
        raise BadStamp(str(error)) from error
    return found.tst_info.gen_time


def stamp(text: str, authority: Authority) -> bytes:
    """A timestamp over a text, checked. Raises Away, and BadStamp."""
    asked = asking(text)
    reply = reach(authority.url, asked.body, ASKING)
    if reply.status != 200:
        raise Away(f"HTTP {reply.status}")
    stamped_at(reply.body, text, authority, asked.nonce)
    return reply.body
