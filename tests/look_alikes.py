"""Reports that look like copies and are none: of a running story, or of the same words each day."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from tests.agency_copies import DAYS, PLACES, Told, sentences_of

TEMPLATES = Path(__file__).with_name("report_templates.txt")


def follow_up(told: Told, random: Random, other: str, group: str) -> Told:
    """Another report that takes its background, up to a third of its words, from an earlier one."""
    own, old = sentences_of(other), sentences_of(told.text)
    start = random.randrange(max(1, len(old) - 2))
    background: list[str] = []
    for sentence in old[start:]:
        if sum(len(s.split()) for s in (*background, sentence)) > 0.45 * len(other.split()):
            break
        background.append(sentence)
    return Told(group, told.title, " ".join([*own, *background]), "follow-up")


def templated(random: Random, each: int) -> list[Told]:
    """Reports of the same words and other facts: each is an origin of its own."""
    templates = TEMPLATES.read_text(encoding="utf-8").strip().split("\n\n")
    return [
        Told(f"template-{number}-{i}", f"Meldung {number}", _filled(template, random), "template")
        for number, template in enumerate(templates)
        for i in range(each)
    ]


def _filled(template: str, random: Random) -> str:
    """Fill in what differs from day to day: {day}, {place}, {n:1-9}, {d:1-9} or {w:one|other}."""

    def fact(match: re.Match[str]) -> str:
        kind, _, choices = match[1].partition(":")
        if kind in {"n", "d"}:
            low, high = map(int, choices.split("-"))
            whole = f"{random.randint(low, high):,}".replace(",", ".")
            return whole if kind == "n" else f"{whole},{random.randint(1, 9)}"
        values: list[str] = {"place": PLACES, "day": DAYS}.get(kind) or choices.split("|")
        return random.choice(values)

    return re.sub(r"\{([^}]*)\}", fact, " ".join(template.split()))
