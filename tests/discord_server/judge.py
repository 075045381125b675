"""What a client did that Discord would not have liked, collected for the end of the test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rules that the double judges by; the value is what a report calls it."""

    UNKNOWN_ROUTE = "unknown route"
    CONTENT_TYPE = "wrong content type"
    INVALID_FORM = "invalid form body"
    EMPTY_MESSAGE = "empty message"
    TOO_LARGE = "upload too large"
    LATE_RESPONSE = "first response after 3 seconds"
    NO_RESPONSE = "no response to an interaction"
    SECOND_RESPONSE = "second first response"
    FOLLOW_UP_FIRST = "follow-up before the first response"
    WRONG_RESPONSE_TYPE = "response type that does not fit the interaction"
    LEFT_THINKING = "deferred and never answered"
    EPHEMERAL_MISMATCH = "first follow-up with another visibility than its deferral"
    EXPIRED_TOKEN = "interaction token after 15 minutes"
    MISSING_PERMISSIONS = "missing permissions"
    FOREIGN_MESSAGE = "changed somebody else's message"
    UNREADABLE = "request that the double cannot make sense of"
    GATEWAY_FLOOD = "more than 120 gateway messages in 60 seconds"
    GATEWAY_PAYLOAD = "gateway message that Discord would not understand"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule and what exactly broke it."""

    rule: Rule
    detail: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.detail}"


class DiscordRuleError(AssertionError):
    """The client under test did something that Discord refuses or punishes."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("\n".join(map(str, self.violations)))


class ScriptError(AssertionError):
    """The test asked for something that Discord's own client would not let a person do."""


class Judge:
    """Collect violations. A test that breaks a rule on purpose allows it, and may look it up."""

    def __init__(self) -> None:
        self.violations: list[Violation] = []
        self.allowed: set[Rule] = set()
        self.passed_over: list[Violation] = []

    def record(self, rule: Rule, detail: str) -> None:
        """Note a broken rule; an allowed one does not count against the test."""
        target = self.passed_over if rule in self.allowed else self.violations
        target.append(Violation(rule, detail))

    def allow(self, *rules: Rule) -> None:
        """Let these rules be broken from now on; `passed_over` tells where they were."""
        self.allowed.update(rules)

    def take(self) -> list[Violation]:
        """Hand out the violations so far and forget them."""
        taken, self.violations = self.violations, []
        return taken

    def verdict(self) -> None:
        """Raise if anything is left."""
        if self.violations:
            raise DiscordRuleError(self.violations)
