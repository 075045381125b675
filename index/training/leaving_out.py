"""Questions that leave out a word: "soldiers" where the text has "North Korean soldiers"."""

from __future__ import annotations

import random
import re

# Articles, pronouns, numerals and verb forms that end like an adjective and must stay.
_KEPT = (
    "der|die|das|dem|den|des|eine?[mnrs]?|viele|wenige|keine|meine|seine?[mnrs]?|ihre|unsere|eure"
    "|diese[mnrs]?|jede[mnrs]?|alle|beide|solche|manche|welche[mnrs]?|sowie|ohne|erste[mnrs]?"
    "|zweite[mnrs]?|dritte[mnrs]?|letzte[mnrs]?|wurden?|hatten?|sollten?|sollen|werden?|könne|wolle"
    "|wollten|waren|haben|unter|über|hinter|neben|oder|aber|wegen|gegen|zwischen|bisher|immer"
    "|weiter|morgen"
)
_ATTRIBUTE = re.compile(
    rf"(?<=\s)(?!(?:{_KEPT})\b)[a-zäöüß]{{3,}}(?<!t)(?:e|en|er|es|em)\s+(?=[A-ZÄÖÜ][a-zäöüß]{{2,}})"
)


def with_less(question: str, chance: random.Random) -> str:
    """Return a German question without one of the words that describe a noun, if it has any."""
    found = list(_ATTRIBUTE.finditer(question))
    if not found:
        return question
    left_out = chance.choice(found)
    return question[: left_out.start()] + question[left_out.end() :]
