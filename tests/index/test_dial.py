import asyncio
import socket
import threading
from ipaddress import ip_address

import pytest
from aiohttp import AddrInfoType

from index.dial import Dialler, LimitedResolver, ThreadedResolver, is_own
from tests.fake_internet import PUBLIC, FakeResolver


def info(address: str) -> AddrInfoType:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 80))


def test_a_socket_is_made_for_a_public_address_only() -> None:
    dialler = Dialler(exempt=False)
    dialler(info(PUBLIC)).close()
    for address in ("127.0.0.1", "10.0.0.5", "168.63.129.16", "::ffff:8.8.8.8", "fe80::1%lo"):
        with pytest.raises(PermissionError):
            dialler(info(address))
    assert not dialler.refused_all


def test_a_dialler_knows_that_it_refused_everything() -> None:
    dialler = Dialler(exempt=False)
    assert not dialler.refused_all
    with pytest.raises(PermissionError):
        dialler(info("10.0.0.5"))
    assert dialler.refused_all


def test_the_operators_exemption_opens_every_address() -> None:
    Dialler(exempt=True)(info("127.0.0.1")).close()


def test_a_public_address_that_leads_back_to_this_machine_is_refused() -> None:
    dialler = Dialler(exempt=False, own_addresses=frozenset({ip_address("2606:4700::0:1")}))
    with pytest.raises(PermissionError):
        dialler(info("2606:4700::1"))


def test_an_interface_of_this_machine_is_refused_even_if_its_address_is_public(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.dial.is_public", lambda _: True)  # as if 127.0.0.1 were public
    with pytest.raises(PermissionError):
        Dialler(exempt=False)(info("127.0.0.1"))


def test_interfaces_of_this_machine_are_recognised() -> None:
    assert is_own(ip_address("127.0.0.1"))
    assert not is_own(ip_address(PUBLIC))


async def test_names_are_resolved_in_threads_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[str] = set()

    def look_up(host: str, port: int, *_: object) -> list[AddrInfoType]:
        threads.add(threading.current_thread().name)
        return [info(PUBLIC), info("2606:4700::1")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    resolver = ThreadedResolver(threads=2)
    answers = await asyncio.gather(*(resolver.resolve("public.test", 443) for _ in range(20)))
    await resolver.close()
    assert len(threads) <= 2
    assert all(name.startswith("resolve") for name in threads)
    assert {(a["host"], a["port"]) for a in answers[0]} == {(PUBLIC, 443), ("2606:4700::1", 443)}


async def test_a_resolver_that_hangs_is_given_up() -> None:
    with pytest.raises(TimeoutError):
        await LimitedResolver(FakeResolver({"slow.test": None}), 0.01).resolve("slow.test")


async def test_an_empty_answer_is_an_error() -> None:
    with pytest.raises(OSError, match="no address"):
        await LimitedResolver(FakeResolver({"empty.test": ""}), 1).resolve("empty.test")
