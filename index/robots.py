"""robots.txt as RFC 9309 has it: which group speaks to Beleg, and which rule forbids an address.

Protego matches addresses with rules (wildcards, percent-encoding, the longest match, allow before
disallow). The groups are read here, because it takes any beginning of our name for our name, and
because a refusal shall name the rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

from index.decode import decode

AGENT = "Beleg"  # the product token, as in the user agent
LONGEST_FILE = 500 * 1024  # bytes; what comes after is not read

_AGENT = re.compile(r"user[- ]?agent\s*:?(?P<name>.*)", re.IGNORECASE)
_NAME = re.compile(r"[a-z_-]+|\*(?!\S)", re.IGNORECASE)
_OF_NO_GROUP = re.compile(r"(?:site-?maps?|host)\s*:", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_LONGEST_RULE = 200  # characters of it to show


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules of one robots.txt that speak to Beleg, as they stand there."""

    rules: tuple[str, ...] = ()

    def refusing(self, url: str) -> str | None:
        """Return the rule by which an address is forbidden, None where it is allowed."""
        if _allows("\n".join(self.rules), url):
            return None
        forbidding = [rule for rule in self.rules if not _allows(rule, url)]
        return max(forbidding, key=len, default="")[:_LONGEST_RULE]


def read_robots(content: bytes) -> RobotsRules:
    """Read a robots.txt; what is none has no rules."""
    groups: dict[str, list[str]] = {}
    names: set[str] = set()
    beginning = True  # of a group: further names may come
    for line in _LINE_END.split(decode(content[:LONGEST_FILE])):
        stated = line.partition("#")[0].strip()
        agent = _AGENT.match(stated)
        if agent is not None:
            if not beginning:
                names, beginning = set(), True
            found = _NAME.match(agent["name"].strip())
            if found is not None:
                names.add(found[0].lower())
                groups.setdefault(found[0].lower(), [])
        elif stated and not _OF_NO_GROUP.match(stated):
            beginning = False
            for name in names & {AGENT.lower(), "*"}:
                groups[name].append(stated)
    return RobotsRules(tuple(groups.get(AGENT.lower(), groups.get("*", ()))))


def matches(pattern: str, url: str) -> bool:
    """Say whether a path with the wildcards of robots.txt fits an address."""
    return not _allows(f"Disallow: {pattern}", url)


def _allows(rules: str, url: str) -> bool:
    return Protego.parse(f"User-agent: *\n{rules}").can_fetch(url, AGENT)
