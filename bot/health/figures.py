"""The figures of a running bot, as Prometheus reads them: counts and durations, never a text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot.health.survey import Survey
from bot.observer import QuestionNote
from index.errors import BelegError

# Fine enough to read a 99th percentile off them.
_ANSWER_S = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20)
_INTAKE_S = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60)
_LAG_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10)


class Figures:
    """An Observer with a registry of its own; every method may be called in any thread."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """Start at nothing; the clock runs evenly and measures durations."""
        self._clock = clock
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._questions = Counter(
            "beleg_questions",
            "Questions by outcome: answered, silent (the articles do not say), "
            "refused (too many, no question), failed",
            ["outcome"],
            registry=registry,
        )
        for outcome in ("answered", "silent", "refused", "failed"):
            self._questions.labels(outcome)
        self._answer_seconds = Histogram(
            "beleg_answer_seconds",
            "From a question to its answer, waiting included",
            buckets=_ANSWER_S,
            registry=registry,
        )
        self._errors = Counter(
            "beleg_errors",
            "What attempts have ended with, by code; fault: a defect of Beleg's own",
            ["code"],
            registry=registry,
        )
        self._errors.labels("fault")
        self._intake = Counter(
            "beleg_intake", "Articles that came in, by outcome", ["outcome"], registry=registry
        )
        for outcome in ("added", "updated", "known", "failed"):
            self._intake.labels(outcome)
        self._intake_seconds = Histogram(
            "beleg_intake_seconds",
            "Embedding and storing one article",
            buckets=_INTAKE_S,
            registry=registry,
        )
        self._lag = Histogram(
            "beleg_loop_lag_seconds",
            "How late the event loop was, looked at ten times a second",
            buckets=_LAG_S,
            registry=registry,
        )
        self._gauges = {
            name: Gauge(f"beleg_{name}", about, registry=registry)
            for name, about in _GAUGES.items()
        }
        self._feeds = Gauge("beleg_feeds", "Feeds by state", ["state"], registry=registry)
        self._troubles = Gauge(
            "beleg_discord_troubles",
            "What Discord did not take since the start, by kind",
            ["kind"],
            registry=registry,
        )

    @contextmanager
    def question(self) -> Iterator[QuestionNote]:
        """Time a question and count it by its outcome."""
        asked, begun = QuestionNote(), self._clock()
        outcome = "failed"
        try:
            yield asked
            outcome = "answered" if asked.answered else "silent"
        except BelegError:
            outcome = "refused"
            raise
        finally:
            self._questions.labels(outcome).inc()
            self._answer_seconds.observe(max(0.0, self._clock() - begun))

    def error(self, error: BaseException) -> None:
        """Count an error by its code."""
        self._errors.labels(error.code if isinstance(error, BelegError) else "fault").inc()

    def intake(self, outcome: str, seconds: float) -> None:
        """Count an article that came in."""
        self._intake.labels(outcome).inc()
        self._intake_seconds.observe(max(0.0, seconds))

    def lag(self, seconds: float) -> None:
        """Note by how much the event loop was late once."""
        self._lag.observe(seconds)

    def set(self, name: str, value: float) -> None:
        """Set a gauge by its name without "beleg_"; KeyError for an unknown one."""
        self._gauges[name].set(value)

    def trouble(self, kind: str, count: int) -> None:
        """Set how often Discord did not take something, by kind."""
        self._troubles.labels(kind).set(count)

    def surveyed(self, survey: Survey) -> None:
        """Take over what was found in the data directory."""
        for name in ("corpora", "articles", "passages", "sentences", "damaged", "withheld"):
            self.set(name, getattr(survey, name))
        self.set("feed_age_seconds", survey.feed_age)
        self.set("feeds_overdue", survey.feeds_overdue)
        self.set("disk_free_bytes", survey.disk_free)
        for state in ("well", "failing", "paused"):
            self._feeds.labels(state).set(getattr(survey, f"feeds_{state}"))

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)


_GAUGES = {
    "questions_waiting": "Questions that wait for their turn",
    "gateway_connected": "1 while the bot is logged in at Discord's gateway",
    "gateway_silence_seconds": "Since when nothing was heard of the gateway",
    "gateway_latency_seconds": "How long the gateway took for the last heartbeat",
    "gateway_sessions": "How often the bot has logged in or resumed since the start",
    "servers": "Discord servers that the bot is on",
    "corpora": "Collections in the data directory",
    "articles": "Articles in all collections",
    "passages": "Passages in the word index",
    "sentences": "Sentences in the vector index",
    "damaged": "Collections that are damaged or cannot be opened",
    "withheld": "Articles that are damaged on the disk and no longer quoted",
    "feed_age_seconds": "Since when the feed that waits longest was not read successfully",
    "feeds_overdue": "Feeds whose time to be read was over an hour ago",
    "disk_free_bytes": "Room left where the data directory lies",
    "survey_age_seconds": "How old the figures about collections and feeds are",
}
