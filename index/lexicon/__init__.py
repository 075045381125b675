"""What words have to do with one another: a thesaurus of German news, an English dictionary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import simplemma

from index.lexicon.reading import Entry, Group, read_dictionary, read_thesaurus
from index.lexicon.word_lists import ACCIDENTS, FALSE_FRIENDS, FRAME, PARTICLES
from index.terms import content_terms, fold, tokens

GERMAN = "de"
ENGLISH = "en"

# How much of a match it is to find a related word in place of the one that was asked for; chosen
# on the questions in training, where half of it finds less and 0.9 more than 0.75 for the nearest.
_NEAR = 0.9
_NARROWER = 0.8
_LOOSE = 0.65
_TRANSLATED = 0.95
# A verb with its particle, in place of the verb alone.
_WHOLE = 0.95
# A word that is related to a translation, not one itself.
_BEYOND = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A term of a question with its related terms (0 to 1).

    `only_related` where the term is a word that means nothing in the other language, so that
    nothing but its related terms can be searched: the English "war" and "die".
    """

    term: str
    word: str
    related: Mapping[str, float]
    only_related: bool = False


class Lexicon:
    """Immutable; shared by all indexes."""

    def __init__(self, groups: Iterable[Group], entries: Iterable[Entry]) -> None:
        """Take the groups of the thesaurus and the entries of the dictionary, as written."""
        self._german = _related_terms(groups)
        self._english: dict[tuple[str, ...], dict[str, float]] = {}
        self._into_english: defaultdict[str, set[str]] = defaultdict(set)
        for entry in entries:
            terms = [term for word in entry.german for term in _terms(word)]
            forms = [tuple(form.lower().split("_")) for form in entry.english]
            for form in forms:
                _put(self._english.setdefault(form, {}), terms, _TRANSLATED)
            words = {word for form in forms if len(form) == 1 for word in form}
            for term in terms:
                self._into_english[term] |= words - FALSE_FRIENDS

    def asked(self, text: str, language: str | None) -> list[Asked]:
        """Return the terms of a question once each, in order, with what is related to them.

        Without a language, or in one that is neither German nor English, nothing is.
        """
        found: dict[str, Asked] = {}
        analysed = tokens(text)
        words = [text[token.start : token.end] for token in analysed]
        phrases = self._phrases(words) if language == ENGLISH else {}
        particle = _particle(words) if language == GERMAN else ""
        for position, (token, word) in enumerate(zip(analysed, words, strict=True)):
            if token.term in found or (language == ENGLISH and word.lower() in FRAME):
                continue
            if language == ENGLISH:
                related = {**self._translated(word), **phrases.get(position, {})}
            elif language == GERMAN and not token.stop:
                related = self._related(token.term)
                if particle:
                    whole = fold(particle) + token.term
                    related |= {**self._related(whole), whole: _WHOLE}
            else:
                related = {}
            if not token.stop or related:
                related.pop(token.term, None)
                found[token.term] = Asked(token.term, word, related, only_related=token.stop)
        return list(found.values())

    def _phrases(self, words: Sequence[str]) -> dict[int, dict[str, float]]:
        """Return what two words mean together, for the positions of both."""
        found: dict[int, dict[str, float]] = {}
        for position in range(len(words) - 1):
            pair = words[position : position + 2]
            written = (pair[0].lower(), pair[1].lower())
            terms = self._english.get(written) or self._english.get(
                (_english_lemma(pair[0]), _english_lemma(pair[1]))
            )
            if terms:
                for place in (position, position + 1):
                    found.setdefault(place, {}).update(terms)
        return found

    def _translated(self, word: str) -> dict[str, float]:
        key = (word.lower(),)
        terms = self._english.get(key) or self._english.get((_english_lemma(word),), {})
        found = dict(terms)
        for term, strength in terms.items():
            for other, likeness in self._german.get(term, {}).items():
                found[other] = max(found.get(other, 0.0), strength * likeness * _BEYOND)
            # Back again: what else English calls it, for articles in English.
            _put(found, self._english_terms(term), strength * _BEYOND)
        return found

    def _related(self, term: str) -> dict[str, float]:
        found = dict(self._german.get(term, {}))
        _put(found, self._english_terms(term), _TRANSLATED)
        return found

    def _english_terms(self, term: str) -> set[str]:
        """Return the terms of English words for a German one, as articles have them."""
        return {form for word in self._into_english.get(term, ()) for form in _english_forms(word)}


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lexicon that ships with Beleg."""
    here = resources.files(__name__)
    return Lexicon(
        [
            group
            for file in sorted(here.joinpath("thesaurus").iterdir(), key=lambda file: file.name)
            for group in read_thesaurus(file.read_text(encoding="utf-8"))
        ],
        [
            entry
            for file in sorted(here.joinpath("dictionary").iterdir(), key=lambda file: file.name)
            for entry in read_dictionary(file.read_text(encoding="utf-8"))
        ],
    )


def _related_terms(groups: Iterable[Group]) -> Mapping[str, Mapping[str, float]]:
    related: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for group in groups:
        near, narrower, loose = (
            [term for word in words for term in _terms(word)]
            for words in (group.near, group.narrower, group.loose)
        )
        for term in near:
            _put(related[term], near, _NEAR)
            _put(related[term], narrower, _NARROWER)
            _put(related[term], loose, _LOOSE)
        for term in loose:
            _put(related[term], near, _LOOSE)
    for term, others in related.items():
        others.pop(term, None)
    return dict(related)


def _put(into: dict[str, float], terms: Iterable[str], strength: float) -> None:
    for term in terms:
        into[term] = max(into.get(term, 0.0), strength)


def _terms(word: str) -> list[str]:
    """Return the term of a word; of a word with hyphens the last part, which says what it is."""
    terms = [term for term in content_terms(word) if term.isalpha()][-1:]
    return [term for term in terms if word[0].isupper() or term not in ACCIDENTS]


def _particle(words: Sequence[str]) -> str:
    """Return what ends a German question and may belong to its verb: "Wer trat zurück?"."""
    return words[-1].lower() if words and words[-1].lower() in PARTICLES else ""


def _english_lemma(word: str) -> str:
    return str(simplemma.lemmatize(word.lower(), lang="en")).lower()


@cache
def _english_forms(word: str) -> frozenset[str]:
    """Return the terms of an English word and of its regular forms, as texts have them."""
    stem = word.removesuffix("e")
    forms = [word, f"{word}s", f"{stem}ed", f"{stem}ing"]
    if word.endswith("y"):
        forms += [f"{word[:-1]}ies", f"{word[:-1]}ied"]
    return frozenset(term for form in forms for term in content_terms(form))
