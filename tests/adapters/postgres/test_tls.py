"""A database whose certificate is looked at before anything is said to it."""

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from outfitter.adapters.postgres import migrations
from outfitter.adapters.postgres.database import Database
from outfitter.core.errors import Refused

_REQUEST_FOR_TLS = 8


def certificate(folder: Path, name: str) -> Path:
    """The file of a certificate that signs itself, its key in it too."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


@pytest.fixture(name="theirs")
def _theirs(tmp_path: Path) -> Path:
    certificate(tmp_path, "other.example")
    return certificate(tmp_path, "db.example")


@pytest.fixture
async def port(theirs: Path) -> AsyncIterator[int]:
    """The port of a server that goes as far as its certificate."""
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(theirs)

    async def show(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readexactly(_REQUEST_FOR_TLS)
        writer.write(b"S")
        with suppress(ssl.SSLError, OSError):
            await writer.start_tls(secure)
        writer.close()

    async with await asyncio.start_server(show, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize(
    ("mode", "trusted", "says"),
    [
        ("verify-ca", "other.example", "self-signed certificate"),
        ("verify-full", "db.example", "certificate is not valid for '127.0.0.1'"),
    ],
)
async def test_a_certificate_that_is_not_trusted_is_told_as_such(
    port: int, monkeypatch: pytest.MonkeyPatch, theirs: Path, mode: str, trusted: str, says: str
) -> None:
    monkeypatch.setenv("PGSSLROOTCERT", str(theirs.with_stem(trusted)))
    url = f"postgresql://me:hunter2@127.0.0.1:{port}/app?sslmode={mode}"
    database = Database(url)

    for asked in (database.check("0001"), migrations.upgrade(url)):
        with pytest.raises(Refused) as refused:
            await asked
        told = refused.value.detail
        assert told.startswith(
            f"The certificate of the database at 127.0.0.1:{port} is not trusted"
        )
        assert says in told
        assert "let PGSSLROOTCERT name the file" in told
        assert "\n" not in told
    await database.close()


@pytest.mark.parametrize("name", ["absent.pem", "no-certificate.pem"])
async def test_a_file_without_a_certificate_is_told_from_a_server_that_is_not_there(
    port: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / "no-certificate.pem").write_text("a remark")
    monkeypatch.setenv("PGSSLROOTCERT", str(tmp_path / name))
    database = Database(f"postgresql://me:hunter2@127.0.0.1:{port}/app?sslmode=verify-full")
    with pytest.raises(Refused, match=r"A file for TLS to the database at \S+ cannot be read: "):
        await database.check("0001")
    await database.close()
