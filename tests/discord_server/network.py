"""The way to the double: a certificate made for the day, and a connector that knows no other way.

Nothing in discord.py is patched. The connector answers the names of Discord's hosts with the
double's address and port, and refuses every other host, so that nothing can leave the machine.
"""

from __future__ import annotations

import functools
import socket
import ssl

import aiohttp
import trustme
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

REST_HOST = "discord.com"
GATEWAY_HOST = "gateway.discord.gg"
CDN_HOSTS = ("cdn.discordapp.com", "media.discordapp.net")
HOSTS = (REST_HOST, GATEWAY_HOST, *CDN_HOSTS)


@functools.cache
def _authority() -> trustme.CA:
    return trustme.CA()


@functools.cache
def server_context() -> ssl.SSLContext:
    """Return the TLS settings under which the double speaks for Discord's names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _authority().issue_cert(*HOSTS).configure_cert(context)
    return context


def authority_pem() -> str:
    """Return the certificate by which another process trusts this double."""
    return _authority().cert_pem.bytes().decode("ascii")


def context_trusting(pem: str) -> ssl.SSLContext:
    """Return TLS settings that trust the double of another process and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=pem)
    return context


@functools.cache
def client_context() -> ssl.SSLContext:
    """Return TLS settings that trust the double and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _authority().configure_trust(context)
    return context


class DoubleResolver(AbstractResolver):
    """Resolve Discord's hosts to one local port."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,
    ) -> list[ResolveResult]:
        """Return the double's address, or fail as an unknown name does."""
        if host not in HOSTS:
            raise OSError(f"the Discord double refuses to go to {host}")
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=self._port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """There is nothing to release."""


class DoubleConnector(aiohttp.TCPConnector):
    """A connector for the double alone; addresses in digits, which need no resolver, included."""

    def __init__(self, port: int, context: ssl.SSLContext | None = None, *, limit: int = 0) -> None:
        trusted = context or client_context()
        super().__init__(resolver=DoubleResolver(port), ssl=trusted, limit=limit)

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the interface names it so
    ) -> Connection:
        """Connect if the address is one of Discord's."""
        if req.url.host not in HOSTS:
            raise OSError(f"the Discord double refuses to go to {req.url.host}")
        return await super().connect(req, traces, timeout)
