from __future__ import annotations

import pytest

from bot.health.address import Address, address_of


@pytest.mark.parametrize("text", ["127.0.0.1:9708", "[::1]:80", "localhost:0", "0.0.0.0:65535"])
def test_an_address_is_read_as_it_is_written(text: str) -> None:
    assert str(address_of(text)) == text


@pytest.mark.parametrize("text", ["", "9708", "host:", ":80", "::1:80", "host:70000", "a b:1"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"port"):
        address_of(text)


def test_an_address_has_a_host() -> None:
    with pytest.raises(ValueError, match="port"):
        Address("", 80)
