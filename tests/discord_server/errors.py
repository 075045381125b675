"""Discord's error answers: a status, a code, a sentence, and which rule was broken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.discord_server.judge import Rule

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldError:
    """One refused field of a body: its path, Discord's code for the reason, and the reason."""

    path: str  # dotted, as discord.py prints it: "embeds.0.title"
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class ApiError(Exception):
    """An answer other than 2xx. With a rule it is also a violation."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        rule: Rule | None = None,
        detail: str = "",
        errors: Json | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.rule = rule
        self.detail = detail
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


def invalid_form(errors: Iterable[FieldError]) -> ApiError:
    """Return Discord's answer to a body with refused fields, nested as Discord nests it."""
    listed = list(errors)
    nested: Json = {}
    for error in listed:
        place = nested
        for step in error.path.split("."):
            place = place.setdefault(step, {})
        place.setdefault("_errors", []).append({"code": error.code, "message": error.message})
    return ApiError(
        400,
        50035,
        "Invalid Form Body",
        rule=Rule.INVALID_FORM,
        detail="; ".join(map(str, listed)),
        errors=nested,
    )


def unknown(thing: str, code: int) -> ApiError:
    """Return the answer for something that does not exist, or no longer."""
    return ApiError(404, code, f"Unknown {thing}")


def unknown_channel() -> ApiError:
    """Return 10003."""
    return unknown("Channel", 10003)


def unknown_message() -> ApiError:
    """Return 10008."""
    return unknown("Message", 10008)


def unknown_interaction() -> ApiError:
    """Return 10062: too late, or never dispatched."""
    return unknown("interaction", 10062)


def unauthorised() -> ApiError:
    """Return the answer to a wrong token: status 401, code 0."""
    return ApiError(401, 0, "401: Unauthorized")


def missing_permissions(detail: str, *, access: bool = False) -> ApiError:
    """Return 50013, or 50001 where the channel cannot even be seen."""
    if access:
        return ApiError(403, 50001, "Missing Access", rule=Rule.MISSING_PERMISSIONS, detail=detail)
    return ApiError(403, 50013, "Missing Permissions", rule=Rule.MISSING_PERMISSIONS, detail=detail)
