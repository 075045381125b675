"""REST: one request in, judged, one answer out. The routes themselves are in the rest_* files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from tests.discord_server import rest_application, rest_channels, rest_interactions
from tests.discord_server.calls import Call, Route
from tests.discord_server.errors import ApiError, unauthorised
from tests.discord_server.faults import Fault
from tests.discord_server.judge import Rule
from tests.discord_server.model import Upload

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

PREFIX = "/api/v10"
ROUTES: list[Route] = [
    *rest_application.ROUTES,
    *rest_channels.ROUTES,
    *rest_interactions.ROUTES,
]


@dataclass(slots=True, eq=False)
class RecordedRequest:
    """One request of the client, when it came, and the status it was answered with."""

    method: str
    path: str
    payload: Any
    at: float
    status: int = 0
    files: dict[str, Upload] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class Rest:
    """Find the route, read the body, let faults strike, answer, and note what was wrong."""

    def __init__(self, server: DiscordServer) -> None:
        self._server = server
        self.requests: list[RecordedRequest] = []

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path = request.path.removeprefix(PREFIX)
        at, headers = self._server.clock(), dict(request.headers)
        record = RecordedRequest(request.method, path, None, at, headers=headers)
        self.requests.append(record)
        fault = self._server.faults.strike(request.method, path)
        try:
            call = await self._read(request, path, record)
            if fault is not None and fault.hold is not None:
                await fault.hold.wait()
            elif fault is not None and not fault.after:
                return _fail(request, record, fault)
            body = self._answer(request, call)
            response = _respond(200 if body is not None else 204, body)
        except ApiError as error:
            if error.rule is not None:
                detail = f"{request.method} {path}: {error.detail or error}"
                self._server.judge.record(error.rule, detail)
            response = _respond(error.status, error.body)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # A body of another shape than expected. Not 500, which discord.py would try again.
            detail = f"{request.method} {path}: {error!r}"
            self._server.judge.record(Rule.UNREADABLE, detail)
            response = _respond(400, {"code": 50035, "message": "Invalid Form Body"})
        self._server.changes.notify()
        if fault is not None and fault.after:
            return _fail(request, record, fault)
        record.status = response.status
        return response

    def _answer(self, request: web.Request, call: Call) -> Any:
        known = False
        for route in ROUTES:
            match = route.pattern.fullmatch(call.path)
            if match is None:
                continue
            known = True
            if route.method != call.method:
                continue
            authorised = request.headers.get("Authorization") == f"Bot {self._server.token}"
            if route.authorised and not authorised:
                raise unauthorised()
            call.parameters = match.groupdict()
            return route.handle(self._server, call)
        status = 405 if known else 404
        raise ApiError(status, 0, f"{status}: no such route", rule=Rule.UNKNOWN_ROUTE)

    async def _read(self, request: web.Request, path: str, record: RecordedRequest) -> Call:
        call = Call(request.method, path, dict(request.query))
        if not request.can_read_body:
            return call
        kind = request.content_type
        if kind == "application/json":
            call.payload = _parse(await request.read())
        elif kind == "multipart/form-data":
            async for part in await request.multipart():
                assert isinstance(part, BodyPartReader)
                data = bytes(await part.read())
                if part.name == "payload_json":
                    call.payload = _parse(data)
                elif part.name is not None and re.fullmatch(r"files\[\d+\]", part.name):
                    file_type = part.headers.get("Content-Type", "application/octet-stream")
                    name = part.filename or "unknown"
                    call.files[part.name[6:-1]] = Upload(name, data, file_type)
        else:
            raise ApiError(
                400, 50035, "Invalid Form Body", rule=Rule.CONTENT_TYPE, detail=f"got {kind!r}"
            )
        record.payload, record.files = call.payload, call.files
        return call


def _parse(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise ApiError(
            400, 50109, "The request body contains invalid JSON.", rule=Rule.CONTENT_TYPE
        ) from error


def _respond(status: int, body: Any) -> web.Response:
    if body is None:
        return web.Response(status=status)
    # json_response would append a charset, and discord.py then hands back a string.
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json"
    )


def _fail(request: web.Request, record: RecordedRequest, fault: Fault) -> web.Response:
    record.status = fault.status
    if fault.drop:
        record.status = 0
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    response = _respond(fault.status, fault.body)
    response.headers.update(fault.headers)
    return response
