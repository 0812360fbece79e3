"""Nothing is sent to where it must not go, no receiver can hold us up, and a certificate is for the name that was asked for."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from infrastructure.webhooks.addresses import AddressRefused, open_to, targets
from infrastructure.webhooks.sending import Outcome, Sender
from infrastructure.webhooks.signing import new_secret, signed
from tests.notices.conftest import HERE
from tests.notices.receiver import Receiver, raw

INSIDE = (
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fec0::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "::7f00:1",
    "2001:db8::1",
)  # fmt: skip
OUTSIDE = ("1.1.1.1", "114.114.114.114", "2606:4700::1111", "::ffff:1.1.1.1")
LONG = 60.0
"""How long an answer would take that nobody waits for."""


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_is_sent_to_what_is_not_public(address: str) -> None:
    assert not open_to(ip_address(address), ())
    with pytest.raises(AddressRefused):
        targets("https", "receiver.example", 443, (), lambda host, port: [address])


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_public_network_is_open(address: str) -> None:
    assert open_to(ip_address(address), ())


def test_a_setting_opens_a_network_and_no_other() -> None:
    allowed = (ip_network("10.1.0.0/16"),)
    assert open_to(ip_address("10.1.2.3"), allowed)
    assert open_to(ip_address("::ffff:10.1.2.3"), allowed)
    assert not open_to(ip_address("10.2.2.3"), allowed)


def test_plain_http_leads_to_this_machine_only_even_where_more_is_allowed() -> None:
    allowed = (ip_network("10.0.0.0/8"), *HERE)
    with pytest.raises(AddressRefused):
        targets("http", "x", 80, allowed, lambda host, port: ["10.0.0.1", "1.1.1.1"])
    assert list(targets("http", "x", 80, allowed, lambda host, port: ["127.0.0.1"])) == [ip_address("127.0.0.1")]


def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_the_one_connected_to() -> None:
    receiver, asked = Receiver(), []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    outcome = Sender(HERE, resolving=rebinding).post(f"http://localhost:{receiver.port}/", b"{}", {})
    receiver.close()
    assert outcome.delivered
    assert asked == ["localhost"]
    assert receiver.came[0].headers["host"] == f"localhost:{receiver.port}"


def test_without_the_setting_this_machine_is_told_nothing() -> None:
    receiver = Receiver()
    outcome = Sender().post(receiver.url, b"{}", {})
    receiver.close()
    assert (outcome.status, receiver.came) == (None, [])
    assert "ANJUAN_WEBHOOK_NETWORKS" in outcome.failure


def _drip(channel: socket.socket) -> None:
    for each in b"HTTP/1.1 200 OK\r\nX: " + b"a" * int(LONG / 0.05):
        channel.sendall(bytes([each]))
        time.sleep(0.05)


def _endless_head(channel: socket.socket) -> None:
    channel.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        channel.sendall(b"X-Filling: " + b"a" * 5000 + b"\r\n")


def _endless_body(channel: socket.socket) -> None:
    channel.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
    while True:
        channel.sendall(b"a" * 65536)


@pytest.mark.parametrize(
    "answer, taken, said",
    [
        (lambda channel: time.sleep(LONG), False, "Time"),
        (_drip, False, "Time"),
        (_endless_head, False, "LineTooLong"),
        (_endless_body, True, ""),
        (lambda channel: channel.sendall(b"SSH-2.0-OpenSSH\r\n\r\n"), False, "BadStatusLine"),
        (lambda channel: None, False, "RemoteDisconnected"),
        (lambda channel: channel.sendall(b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\n\r\n"), True, ""),
        (lambda channel: channel.sendall(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 No\r\n\r\n"), False, "HTTP 500"),
    ],
    ids=["silent", "dripping", "endless head", "endless body", "no http", "closed", "early hints", "continue"],
)
def test_no_answer_holds_us_up(answer: Callable[[socket.socket], None], taken: bool, said: str) -> None:
    begun = time.monotonic()
    outcome = Sender(HERE, total_seconds=1.0).post(f"http://127.0.0.1:{raw(answer)}/", b"{}", {})
    assert time.monotonic() - begun < LONG
    assert outcome.delivered is taken
    assert said in outcome.failure


def test_when_to_come_again_is_read() -> None:
    port = raw(lambda channel: channel.sendall(b"HTTP/1.1 429 Slow\r\nRetry-After: 17\r\n\r\n"))
    assert Sender(HERE).post(f"http://127.0.0.1:{port}/", b"{}", {}) == Outcome(429, "HTTP 429", 17.0)
    port = raw(lambda channel: channel.sendall(b"HTTP/1.1 429 Slow\r\nRetry-After: soon\r\n\r\n"))
    assert Sender(HERE).post(f"http://127.0.0.1:{port}/", b"{}", {}).retry_after is None


def test_nobody_there_is_an_outcome() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert "Refused" in Sender(HERE).post(f"http://127.0.0.1:{port}/", b"{}", {}).failure
    assert Sender().post(f"https://{'a' * 70}.example/", b"{}", {}).status is None


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Receiver, Path]]:
    """A receiver with a certificate for receiver.example, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=receiver.example", "-addext", "subjectAltName=DNS:receiver.example", "-days", "2"]
    subprocess.run([*command, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    receiver = Receiver(tls=tls)
    yield receiver, certificate
    receiver.close()


def _trusting(certificate: Path) -> Sender:
    trust = ssl.create_default_context(cafile=str(certificate))
    return Sender(HERE, trust=trust, resolving=lambda host, port: ["127.0.0.1"])


def test_a_receiver_shows_a_certificate_for_its_name(certified: tuple[Receiver, Path]) -> None:
    receiver, certificate = certified
    outcome = _trusting(certificate).post(f"https://receiver.example:{receiver.port}/", b"{}", {})
    assert outcome.delivered, outcome


def test_a_certificate_for_another_name_or_of_a_stranger_is_not_spoken_to(certified: tuple[Receiver, Path]) -> None:
    receiver, certificate = certified
    before = len(receiver.came)
    other = _trusting(certificate).post(f"https://other.example:{receiver.port}/", b"{}", {})
    stranger = Sender(HERE, resolving=lambda host, port: ["127.0.0.1"])
    unknown = stranger.post(f"https://receiver.example:{receiver.port}/", b"{}", {})
    assert "CERTIFICATE_VERIFY_FAILED" in other.failure
    assert "CERTIFICATE_VERIFY_FAILED" in unknown.failure
    assert len(receiver.came) == before


def test_signatures_are_those_of_the_specification() -> None:
    """The example of the specification's reference implementations."""
    secret, at = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", datetime.fromtimestamp(1614265330, UTC)
    headers = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret])
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"
    fresh, now = new_secret(), datetime.now(UTC)
    Webhook(fresh).verify(b"{}", signed("id", now, b"{}", [secret, fresh]))
