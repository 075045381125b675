"""What a route is, and what it is called with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server.model import Upload

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


@dataclass(slots=True, eq=False)
class Call:
    """One parsed request."""

    method: str
    path: str
    query: dict[str, str]
    payload: Any = None
    files: dict[str, Upload] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """Return an id from the path."""
        return int(self.parameters[name])


Handler = Callable[["DiscordServer", Call], Any]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path, with the function that answers; None becomes 204."""

    method: str
    pattern: re.Pattern[str]
    handle: Handler
    authorised: bool


class Routes(list[Route]):
    """The routes of one file, collected by decorator."""

    def add(
        self, method: str, path: str, *, authorised: bool = True
    ) -> Callable[[Handler], Handler]:
        """Register a function; {name} in the path matches an id, {name:text} any one segment."""
        expression = re.sub(r"\{(\w+):text\}", r"(?P<\1>[^/]+)", path)
        expression = re.sub(r"\{(\w+)\}", r"(?P<\1>\\d+)", expression)
        pattern = re.compile(expression)

        def register(handler: Handler) -> Handler:
            self.append(Route(method, pattern, handler, authorised))
            return handler

        return register
