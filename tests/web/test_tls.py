from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from engage.web.client import Client, Limits
from engage.web.errors import WebError
from engage.web.politeness import Politeness


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that nobody knows, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "36500", "-subj", "/CN=localhost", "-keyout", str(key),
         "-addext", "subjectAltName=DNS:localhost", "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


@pytest.fixture
async def port(certificate: tuple[Path, Path]) -> AsyncIterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with listener:
        yield listener.sockets[0].getsockname()[1]


async def ask(port: int, host: str = "localhost") -> bytes:
    client = Client(Limits(seconds=5), Politeness(rest=0))
    return (await client.get(f"https://{host}:{port}/", private_host=host)).body


async def test_an_unknown_certificate_is_refused(port: int) -> None:
    with pytest.raises(WebError, match="localhost could not prove who it is"):
        await ask(port)


async def test_ssl_cert_file_names_who_is_trusted(
    port: int, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert await ask(port) == b"secret"
    with pytest.raises(WebError, match="could not prove who it is"):
        await ask(port, "127.0.0.1")  # a certificate for another name
