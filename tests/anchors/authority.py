"""A time-stamping authority for tests: its certificates, and OpenSSL that stamps, behind HTTP on this machine.

`python -m tests.anchors.authority` records stamps anew in recorded.json.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from domain.proof.checkpoint import Checkpoint
from infrastructure.anchors.stamps import asking
from tests.sites import running

RECORDED = Path(__file__).with_name("recorded.json")
MISSING = "apt-get install openssl makes this test possible"
CONFIG = """[tsa]
default_tsa = it
[it]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def made(folder: Path) -> Path:
    """An authority in a folder: root.pem, and what OpenSSL needs."""
    root, signer = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = _certificate("Test root", root, "Test root", root, stamps=False)
    own = _certificate("Test authority", signer, "Test root", root, stamps=True)
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(issuer.public_bytes(pem))
    (folder / "tsa.pem").write_bytes(own.public_bytes(pem))
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tsa.key").write_bytes(signer.private_bytes(pem, *plain))
    (folder / "openssl.cnf").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    return folder


def _certificate(
    subject: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey, *, stamps: bool
) -> x509.Certificate:
    named = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (subject, issuer)]
    begin = datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder(
            named[1], named[0], key.public_key(), x509.random_serial_number(), begin, begin + timedelta(36_500)
        )
        .add_extension(x509.BasicConstraints(ca=not stamps, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(by, hashes.SHA256())


def reply(folder: Path, request: bytes) -> bytes:
    """What OpenSSL answers to a request."""
    assert shutil.which("openssl"), MISSING
    (folder / "query").write_bytes(request)
    command = ["openssl", "ts", "-reply", "-config", str(folder / "openssl.cnf"), "-queryfile", str(folder / "query")]
    subprocess.run([*command, "-out", str(folder / "answer")], check=True, capture_output=True)
    return (folder / "answer").read_bytes()


def accepts(folder: Path) -> bool:
    """Whether OpenSSL takes the file `token` for a stamp over the file `text`."""
    files = ("-data", "text"), ("-in", "token"), ("-CAfile", "root.pem")
    command = ["openssl", "ts", "-verify", *(each for name, file in files for each in (name, str(folder / file)))]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The authority over HTTP for a block; its address."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = reply(folder, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    with running(server):
        yield f"http://127.0.0.1:{server.server_address[1]}/tsr"


def record() -> str:
    """Stamps over two checkpoints, by one authority, and by another of the same names."""
    texts = [Checkpoint("log.example/1", size, bytes([size]) * 32).text() for size in (1, 2)]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        authority, impostor = made(Path(one)), made(Path(other))
        stamps = [b64encode(reply(each, asking(texts[0]).body)).decode() for each in (authority, impostor)]
        told = {"root": (authority / "root.pem").read_text(), "texts": texts, "stamp": stamps[0], "impostor": stamps[1]}
    return json.dumps(told, indent=1) + "\n"


if __name__ == "__main__":
    RECORDED.write_text(record(), encoding="utf-8")
