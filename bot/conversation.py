"""Understand a question by the one before it: what it leaves out, and what it points at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.language import say
from bot.question import LONGEST, understand
from bot.question_phrases import Phrase, contents, phrases
from bot.types import Answer, AnswerKind, Language, Question
from index.errors import QuestionError
from index.terms import content_terms, is_inflected

# Topics grow with every question that adds to them; what was said first is the least of them.
_MOST_CARRIED = 6
_LEAD = re.compile(
    r"^(?:(?:und|aber|oder|also|ja|ok|okay|aha|and|but|or|so)\b[ ,]*)+", re.IGNORECASE
)
_WHAT_ABOUT = re.compile(
    r"^(?:was ist (?:denn )?mit|wie (?:ist|sieht) es|what about|how about) ", re.IGNORECASE
)
_END = re.compile(r"(?: aus)?[ ?!.…]*$")
_ASKS = re.compile(
    r"\b(?:wann|warum|was|weshalb|wieso|welche[mnrs]?|wer|wem|wen|wessen|wie|wieviele?|wo|wof[uü]r"
    r"|woher|wohin|womit|wodurch|wor\w+|wov\w+|wozu|when|why|what|which|who|whom|whose|how|where)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:ist|sind|war|waren|sei|wäre|hat|haben|hatten?|wird|werden|wurden?|würden?|kann|können"
    r"|konnten?|muss|müssen|mussten?|soll|sollen|sollten?|will|wollen|wollten?|darf|dürfen|durften?"
    r"|gibt|gab|tun|tut|macht|machen)\b"
)
_TIMES = (
    r"(?:jahr|woche|monat|tag|stunde|sommer|herbst|winter|frühjahr|mal|year|week|month|day|summer"
    r"|autumn|winter|spring|time)"
)
# Points at a place, at a matter, at somebody: whatever else a question names. "Das" before a noun
# is an article, "das" after a comma begins a clause.
_THERE = re.compile(r"\b(?:dort|dorthin|dorther|da)\b|\bthere[?!. ]*$", re.IGNORECASE)
_THAT = re.compile(
    r"\b(?:davon|dazu|dabei|dafür|dagegen|damit|danach|daran|darauf|daraus|darin|darüber|darum"
    r"|darunter|davor|dadurch|deshalb|deswegen|dies)\b"
    rf"|\bdiese[mnrs]? (?!(?:\w+ )?{_TIMES})|\bth(?:is|ese|ose) (?!(?:\w+ )?{_TIMES})"
    r"|(?<!, )\bdas(?:[?!. ]*$| (?:für|in|im|mit|auf|bei|beim|von|vom|zu|zum|zur|an|am|aus|nach"
    r"|über|wirklich|schon|bisher|genau|überhaupt|eigentlich|alles|passiert|geschehen|denn)\b)"
    r"|(?<!^)\b(?:it|that|this)[?!. ]*$",
    re.IGNORECASE,
)
# "Sie" with a capital is whoever is spoken to.
_PERSON = re.compile(
    r"\b(?:er|ihn|ihm|ihnen|sie|seine?[mnrs]?|ihre?[mnrs]?|he|him|his|she|hers?|they|them|their)\b"
)
# Point only where little else is said; where capitals are left out, "das" may have its noun.
_BARE = re.compile(r"\b[Dd]as(?= [^A-ZÄÖÜ]*$)|\b(?:[Ii]t|[Tt]hat|[Tt]his)\b")
_BARE_WITHOUT_CAPITALS = re.compile(
    r"\bdas (?:(?:ge|be|ver|er|ent|zer)\w+(?:t|en)|wahr|richtig|falsch|sicher|möglich)[?!. ]*$"
    r"|\b(?:it|that|this)\b"
)
_LITTLE = 2
_NAMED = re.compile(r"\b[A-ZÄÖÜ][\w’'-]+(?: (?:(?:von|van|de|al|bin) )?[A-ZÄÖÜ][\w’'-]+)+")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is remembered of a question: how it was understood, and who the answer named.

    `people` is known only where the question asked for somebody.
    """

    text: str
    people: tuple[str, ...] = ()


def turn_of(answer: Answer) -> Turn:
    """Return what to remember of an answer."""
    question = answer.question
    if question.kind is not AnswerKind.PERSON or not answer.quotes:
        return Turn(question.text)
    said = _NAMED.findall(answer.quotes[0].sentence.text)
    asked = _terms(question.text)
    people = [name for name in map(_without_lead, said) if " " in name and _terms(name) - asked]
    return Turn(question.text, tuple(people) if len(set(people)) == 1 else ())


def follow(text: str, last: Turn | None) -> Question:
    """Return a question as it is to be searched, with what it takes over from the last one.

    A question that says by itself what it is about takes over nothing. Raises QuestionError for a
    text that is no question, also for one that is about nothing.
    """
    asked = understand(text)
    bare = _LEAD.sub("", asked.text, count=1) or asked.text
    if last is None:
        if _ASKS.search(bare) and not contents(bare):
            raise QuestionError("question_without_topic")
        return asked
    exchanged = _exchanged(bare, last.text, goes_on=bare != asked.text)
    if exchanged is not None:
        question, mark, topic = exchanged.partition("? ")
        if topic:
            shown = say(asked.language, "answer.carried", question=question + mark[0], topic=topic)
            return _understood(asked, exchanged, shown)
        return _understood(asked, exchanged, exchanged)
    own = _terms(bare)
    carried = _carried(bare, last, goes_on=bare != asked.text)
    lacking = [one for one in carried if not _terms(one.name) <= own][:_MOST_CARRIED]
    if not lacking:
        return asked
    topic = ", ".join(one.name for one in lacking)
    shown = say(asked.language, "answer.carried", question=bare, topic=topic)
    ended = bare if bare[-1] in "?!." else f"{bare}?"
    return _understood(asked, f"{ended} {', '.join(one.text for one in lacking)}", shown)


def _understood(asked: Question, text: str, shown: str) -> Question:
    if len(text) > LONGEST:
        return asked
    return replace(understand(text), interpretation=shown, asked=asked.text)


def _carried(text: str, last: Turn, *, goes_on: bool) -> list[Phrase]:
    """Return what a question may lack, out of the last one."""
    own, named, asks = contents(text), phrases(text), _ASKS.search(text) is not None
    topic = _topic(last.text)
    person = _PERSON.search(text)
    if person and not any(one.end <= person.start() for one in named):
        return _people(last)
    if _THERE.search(text):
        return [one for one in topic if one.is_place] or topic
    bare = _BARE_WITHOUT_CAPITALS if text.islower() else _BARE
    if _THAT.search(text) or (not named and len(own) <= _LITTLE and bare.search(text)):
        return topic
    if not own:
        return contents(last.text) if asks or goes_on else []
    # With a place of its own it is a new question, also after "and".
    if len(named) > 1 or any(one.preposition for one in named):
        verbless = named == own and not _VERB.search(text)
        return topic if asks and verbless and not any(one.is_place for one in named) else []
    return topic if goes_on or (asks and named == own and not _VERB.search(text)) else []


def _people(last: Turn) -> list[Phrase]:
    """Return who may be meant by "he" or "she": the latest that stand without a preposition."""
    if last.people:
        return [Phrase(name) for name in last.people]
    # What was asked stands before what it had taken over itself.
    asked = last.text.partition("? ")[0]
    for part in (last.text if _PERSON.search(asked) else asked, last.text):
        found = [one for one in _topic(part) if one.kind in {"", "von", "of"}]
        if found:
            return found
    return _topic(last.text)


def _topic(text: str) -> list[Phrase]:
    """Return what a question is about; where it is written without capitals, all that it says."""
    named = phrases(text)
    if any(one.name[0].isupper() for one in named) and _language(text) is Language.GERMAN:
        return named
    return contents(text)


def _language(text: str) -> Language:
    return understand(text).language


def _exchanged(text: str, last: str, *, goes_on: bool) -> str | None:
    """Return the last question with the one phrase that a text consists of in place of another."""
    about = _WHAT_ABOUT.sub("", text, count=1)
    goes_on = goes_on or about != text
    new = _only_phrase(_END.sub("", about), goes_on=goes_on)
    if new is None:
        return None
    new = replace(new, preposition=new.preposition.lower())
    old = _counterpart(new, phrases(last))
    if old is None:
        stem = last.rstrip(" ?!.")
        return f"{stem} {new.text}?" if last.endswith("?") else f"{last} {new.text}"
    if new.preposition:
        words = new.text
    else:
        determiner = new.determiner or ("" if old.preposition else old.determiner)
        words = " ".join(part for part in (old.preposition, determiner, new.name) if part)
    return f"{last[: old.start]}{words}{last[old.end :]}"


def _only_phrase(text: str, *, goes_on: bool) -> Phrase | None:
    """Return the phrase that is all of a text: without "and" only one with a preposition."""
    found = phrases(f"… {text}")
    if len(found) == 1 and found[0].end - found[0].start == len(text):
        return found[0] if goes_on or found[0].preposition else None
    if goes_on and len(text.split()) == 1 and not found and contents(text):
        return Phrase(text)
    return None


def _counterpart(new: Phrase, old: Sequence[Phrase]) -> Phrase | None:
    """Return the phrase of the last question that a new one takes the place of."""
    if new.kind == "time":
        times = [one for one in old if one.kind == "time"]
        return times[0] if len(times) == 1 else None
    others = [one for one in old if one.kind != "time"]
    if new.preposition:
        same = [one for one in others if one.kind == new.kind]
        others = same[-1:] or [one for one in others if one.preposition]
    elif is_inflected(new.name):
        # "Soldaten", "Zivilisten": several of a kind.
        others = [one for one in others if one.counted] or others
    elif len(others) > 1:
        others = [one for one in others if not one.counted]
    return others[0] if len(others) == 1 else None


def _terms(text: str) -> set[str]:
    return set(content_terms(text))


def _without_lead(name: str) -> str:
    """Drop a word that has its capital only because it begins a sentence."""
    first, _, rest = name.partition(" ")
    return name if content_terms(first) else rest
