"""Where sockets are made: the one place that decides which addresses are dialled.

A check before (of the name, of an earlier answer of the resolver) can be led past by a second
answer; aiohttp asks a resolver of its own only for names, but this factory for every address.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

from index.addresses import is_public

Address = IPv4Address | IPv6Address


class Dialler:
    """Makes the sockets of one request, or refuses to; remembers which of the two happened."""

    def __init__(self, *, exempt: bool, own_addresses: frozenset[Address] = frozenset()) -> None:
        """Take whether the operator exempts the host, and addresses that are this machine's."""
        self._exempt = exempt
        self._own_addresses = own_addresses
        self._dialled = False
        self._refused = False

    def __call__(self, info: AddrInfoType) -> socket.socket:
        """Return a socket for a resolved address; OSError where it must not be dialled."""
        family, kind, protocol, _, address = info
        if not self._exempt and not self._may_dial(str(address[0])):
            self._refused = True
            raise OSError(errno.EACCES, "address refused")
        self._dialled = True
        return socket.socket(family, kind, protocol)

    @property
    def refused_all(self) -> bool:
        """Whether there were addresses and none of them could be dialled."""
        return self._refused and not self._dialled

    def _may_dial(self, address: str) -> bool:
        if not is_public(address):
            return False
        parsed = ip_address(address)
        return parsed not in self._own_addresses and not is_own(parsed)


def is_own(address: Address) -> bool:
    """Say whether an address is an interface of this machine; one behind NAT cannot be seen."""
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            # UDP: this looks up a route and sends nothing. From oneself to oneself is oneself.
            probe.connect((str(address), 9))
            return ip_address(probe.getsockname()[0]) == address
    except OSError:
        return False


class ThreadedResolver(AbstractResolver):
    """The system's resolver in a few threads of its own, so that a hanging one blocks no others."""

    def __init__(self, threads: int) -> None:
        """Take how many look-ups may run or hang at once."""
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="resolve")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name."""
        look_up = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
        answers = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=found,
                proto=protocol,
                flags=socket.AI_NUMERICHOST,
            )
            for found, _, protocol, _, address in answers
        ]

    async def close(self) -> None:
        """Let go of the threads; one that hangs ends with its look-up."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class LimitedResolver(AbstractResolver):
    """Another resolver with a time limit, for which no address is an error."""

    def __init__(self, resolver: AbstractResolver, seconds: float) -> None:
        """Take the resolver that does the work; it stays its owner's to close."""
        self._resolver = resolver
        self._seconds = seconds

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return at least one address; TimeoutError, or OSError for none."""
        async with asyncio.timeout(self._seconds):
            found = await self._resolver.resolve(host, port, family)
        if not found:
            raise OSError(socket.EAI_NONAME, "no address")
        return found

    async def close(self) -> None:
        """Leave the resolver to its owner."""
