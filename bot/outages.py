"""Requests to Discord that are made again after an outage, where that makes no second answer.

discord.py asks again after most 5xx, whatever the request was, and hardly ever after a connection
that was cut. Here what may be repeated is repeated after both, and nothing else is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar, cast

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]

# What was cut or refused on the way; a refusal with a reason is none of these.
OUTAGES = (discord.DiscordServerError, aiohttp.ClientError, ConnectionError, TimeoutError)

_FIRST_RESPONSE_S = (0.25, 0.5, 1.0)  # Discord waits three seconds for it
_LATER_S = (0.25, 1.0, 3.0, 6.0)
# How long a request may take, and how long it is worth waiting where Discord asks for patience:
# the first response is worth nothing after three seconds, the others nothing after 15 minutes.
FIRST_PATIENCE_S, PATIENCE_S = 2.5, 60.0
_ANSWERED_ALREADY = 40060
_TOO_MANY = 429
_SERVER_ERRORS = 500


async def persist(attempt: Callable[[], Awaitable[T]], sleep: Sleep = asyncio.sleep) -> T:
    """Make a request that is harmless twice; again while there is an outage, a few times."""
    return await _again(attempt, _LATER_S, sleep)


def be_patient(sleep: Sleep = asyncio.sleep, replied: Callable[[str], object] = str) -> None:
    """Let all that answers interactions in this context, and in tasks made by it, be patient.

    `replied` hears the token of each interaction that got more than its first response.
    """
    async_context.set(_PatientAdapter(sleep, replied))


async def _again(attempt: Callable[[], Awaitable[T]], pauses: Sequence[float], sleep: Sleep) -> T:
    for pause in pauses:
        try:
            return await attempt()
        except OUTAGES:
            await sleep(pause)
    return await attempt()


class _PatientAdapter(AsyncWebhookAdapter):
    """Answers interactions as discord.py does, but for outages."""

    def __init__(self, sleep: Sleep, replied: Callable[[str], object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # discord.py has no types there
        self._sleep = sleep
        self._replied = replied

    async def request(
        self,
        route: Route,
        session: aiohttp.ClientSession,
        **options: Any,  # noqa: ANN401 - as discord.py has it
    ) -> Any:  # noqa: ANN401 - same
        first_response = route.path.startswith("/interactions/")
        patience = FIRST_PATIENCE_S if first_response else PATIENCE_S
        asked_once = cast("aiohttp.ClientSession", _AskedOnce(session, patience))
        if route.method == "POST" and not first_response:
            # A follow-up: nobody can tell whether it stands there already.
            answer = await super().request(route, asked_once, **options)
            self._replied(route.webhook_token or "")
            return answer
        attempts = 0

        async def attempt() -> object:
            nonlocal attempts
            attempts += 1
            try:
                return await AsyncWebhookAdapter.request(self, route, asked_once, **options)
            except discord.HTTPException as refusal:
                if refusal.code != _ANSWERED_ALREADY or attempts == 1:
                    raise
            # It had come through before the connection was cut.
            return {"interaction": {"id": str(route.webhook_id), "type": 0}}

        pauses = _FIRST_RESPONSE_S if first_response else _LATER_S
        answer = await _again(attempt, pauses, self._sleep)
        if not first_response:
            self._replied(route.webhook_token or "")
        return answer


class _AskedOnce:
    """A session that raises on 5xx, which discord.py would ask again after by itself.

    It raises, too, where Discord wants to be left alone for longer than the answer is worth.
    """

    def __init__(self, session: aiohttp.ClientSession, patience: float) -> None:
        self._session = session
        self._patience = patience

    def request(
        self,
        method: str,
        url: str,
        **options: Any,  # noqa: ANN401 - as aiohttp has it
    ) -> object:
        options.setdefault("timeout", aiohttp.ClientTimeout(total=self._patience))
        return self._session.request(method, url, raise_for_status=self._raise, **options)

    async def _raise(self, response: aiohttp.ClientResponse) -> None:
        if response.status >= _SERVER_ERRORS:
            raise discord.DiscordServerError(response, await response.text())
        if response.status == _TOO_MANY:
            stated = await discord.http.json_or_text(response)
            pause = stated.get("retry_after") if isinstance(stated, dict) else None
            if isinstance(pause, int | float) and pause > self._patience:
                raise discord.HTTPException(response, stated)
