"""Fixtures that more than one test file uses."""

from __future__ import annotations

import os
import warnings
from collections.abc import AsyncIterator

import pytest
from hypothesis import settings

# What tests compute is small, and they run side by side: more threads would only wait for one
# another. Said before the first library that computes is imported.
os.environ.setdefault("OMP_NUM_THREADS", "1")

with warnings.catch_warnings():
    # discord.py's voice part, which Beleg does not use, imports a module that Python 3.13 drops.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import discord  # noqa: F401 - for the rest of the run it is imported already

from index.onnx_embedder import OnnxEmbedder
from index.onnx_reader import OnnxReader
from index.own_model import shipped_model
from tests.discord_server import DiscordServer
from tests.fake_internet import PUBLIC, FakeInternet
from tests.machine import cores

# Time says nothing on a machine that others use as well.
settings.register_profile("beleg", deadline=None)
settings.load_profile("beleg")


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist, which may be turned off
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes `pytest -n auto` takes."""
    return cores()


@pytest.fixture(scope="session")
def embedder() -> OnnxEmbedder:
    """The encoder that ships with Beleg."""
    return OnnxEmbedder(shipped_model())


@pytest.fixture(scope="session")
def reader() -> OnnxReader:
    """The ranker that ships with Beleg."""
    return OnnxReader(shipped_model())


@pytest.fixture
async def discord_server() -> AsyncIterator[DiscordServer]:
    """A Discord on this machine; the test fails if the bot breaks one of Discord's rules."""
    async with DiscordServer() as server:
        yield server


@pytest.fixture
async def internet() -> AsyncIterator[FakeInternet]:
    """An internet on this machine; the test fails if an address inside was dialled."""
    async with FakeInternet() as internet:
        yield internet
        assert set(internet.dialled) <= {PUBLIC, "93.184.215.15", "2606:2800:21f:cb07::1"}
