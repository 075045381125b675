"""How a newer article relates to an older one: copy, new version, correction, replacement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.news.asked import is_like
from bot.news.claim import Figure
from bot.news.figures import figures_in
from bot.news.relation_words import CORRECTS, SETTLES, SUPERSEDES, TURNS
from bot.news.retold import is_denied, is_retold
from bot.question import language_of
from bot.types import Language
from index.corpus import Corpus
from index.lexicon import shipped_lexicon
from index.split import split_sentences
from index.terms import content_terms, is_name_like, tokens
from index.types import StoredArticle


class Relation(StrEnum):
    """What an article is to another one."""

    COPY = "copy"
    NEW_VERSION = "new_version"
    CORRECTS = "corrects"
    SUPERSEDES = "supersedes"


_FULL_NAME = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ][a-zäöüß]+")
_FEWEST_NAMES = 2  # that two articles on one matter share
_FEWEST_TERMS = 4  # that they share where one retells a figure of the other
_MANY_TERMS = 8  # where they have no name in common
_FEWEST_SHARED = 3  # terms that the correcting sentences share with the older article
_NEGLIGIBLE = 10  # smaller numbers are in every article
_NEAR = 0.9  # a word that means the same, or nearly
_SIZES = 3  # two figures for one thing are not further apart


def relation_of(corpus: Corpus, one: StoredArticle, other: StoredArticle) -> Relation | None:
    """Return what an article is to an older one of its corpus, None for nothing in particular."""
    versions = [version.id for version in corpus.versions(one.id)]
    if other.id in versions:
        return relates(one, other) or Relation.NEW_VERSION
    origins = corpus.origin_of([one.id, other.id])
    if origins[one.id] == origins[other.id]:
        return Relation.COPY
    return relates(one, other)


def relates(newer: StoredArticle, older: StoredArticle) -> Relation | None:
    """Return whether an article corrects or replaces what an older one says."""
    if newer.id == older.id or not _may_follow(newer, older):
        return None
    text, before = newer.article.text, older.article.text
    translated = _language(text) is not _language(before)
    named = len(_names(text) & _names(before)) >= _FEWEST_NAMES or (
        translated and _share_full_names(newer, older)
    )
    fewest = _FEWEST_TERMS if share_names(newer, older, 1) else _MANY_TERMS
    on_one = named or len(_terms(text) & _terms(before)) >= fewest
    if on_one and (_retells(text, before) or (named and _turns(newer, before))):
        return Relation.CORRECTS
    if not named:
        return None
    if _settles(text, before):
        return Relation.CORRECTS
    for relation, around in _says_otherwise(newer.article.title, text):
        if _is_about(around, before, translated=translated):
            return relation
    return None


def share_a_name(one: StoredArticle, other: StoredArticle) -> bool:
    """Whether two articles name somebody or something together; so do any where one has no name."""
    ours, theirs = _names(one.article.text), _names(other.article.text)
    return not (ours and theirs) or bool(ours & theirs)


def share_names(one: StoredArticle, other: StoredArticle, fewest: int) -> bool:
    """Whether two articles have as many names together, those of their headlines included."""
    ours, theirs = (_names(f"{a.title}\n{a.text}") for a in (one.article, other.article))
    return len(ours & theirs) >= fewest


def on_one_matter(one: StoredArticle, other: StoredArticle, question: str) -> bool:
    """Whether two articles share names: two, or one that the question names."""
    shared = _names(one.article.text) & _names(other.article.text)
    asked = frozenset(content_terms(question))
    return one.id == other.id or len(shared) >= _FEWEST_NAMES or bool(shared & asked)


def follows(newer: StoredArticle, older: StoredArticle, question: str) -> bool:
    """Whether an article with a date is at least as new as another one on the same matter."""
    dated = all(one.article.updated or one.article.published for one in (newer, older))
    return dated and _may_follow(newer, older) and on_one_matter(newer, older, question)


def _may_follow(newer: StoredArticle, older: StoredArticle) -> bool:
    ours = newer.article.updated or newer.article.published
    theirs = older.article.updated or older.article.published
    return ours is None or theirs is None or ours.day >= theirs.day


def _share_full_names(one: StoredArticle, other: StoredArticle) -> bool:
    """Whether two articles of two languages share names, if those of people whom a word is like."""
    if share_names(one, other, _FEWEST_NAMES):
        return True
    ours, theirs = (frozenset(_FULL_NAME.findall(a.article.text)) for a in (one, other))
    return bool(ours & theirs) and share_names(one, other, 1)


@lru_cache(maxsize=500)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in split_sentences(text))


@lru_cache(maxsize=500)
def _language(text: str) -> Language:
    return language_of(text)


@lru_cache(maxsize=500)
def _says_otherwise(title: str, text: str) -> tuple[tuple[Relation, str], ...]:
    """Return where an article says that something does not hold, with the sentences around."""
    sentences = _sentences(text)
    found = []
    for cue, relation in ((SUPERSEDES, Relation.SUPERSEDES), (CORRECTS, Relation.CORRECTS)):
        if cue.search(title):
            found.append((relation, f"{title}. {' '.join(sentences[:2])}"))
        found += [
            (relation, " ".join(sentences[max(0, i - 2 if i == 2 else i - 1) : i + 2]))  # noqa: PLR2004
            for i, sentence in enumerate(sentences)
            if cue.search(sentence)
        ]
    return tuple(found)


def _is_about(around: str, older: str, *, translated: bool) -> bool:
    """Whether an older text has a sentence on the very matter of which something is said."""
    said = _meanings(around, _language(around)) if translated else _plain(around)
    best = 0
    for sentence in _sentences(older):
        terms = _terms(sentence)
        best = max(best, sum(any(is_like(a, b) for a in one for b in terms) for one in said))
    return best >= _FEWEST_SHARED


def _plain(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({term}) for term in _terms(text))


@lru_cache(maxsize=500)
def _meanings(text: str, language: Language) -> tuple[frozenset[str], ...]:
    """Return what each term of a text may be in the other language."""
    return tuple(
        frozenset({one.term, *(term for term, near in one.related.items() if near >= _NEAR)})
        for one in shipped_lexicon().asked(text, language.value)
        if not one.term[0].isdigit()
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure of a text, with the sentence that has it."""

    figure: Figure
    sentence: int
    denied: bool
    retold: bool


@lru_cache(maxsize=500)
def _figures(text: str) -> tuple[_Told, ...]:
    return tuple(
        _Told(
            one.figure,
            i,
            is_denied(sentence, one.start, one.end),
            is_retold(sentence, one.start, one.end),
        )
        for i, sentence in enumerate(_sentences(text))
        for one in figures_in(sentence, language_of(sentence))
    )


def _retells(text: str, older: str) -> bool:
    """Whether figures of the older text are told as those of before, and not merely denied."""
    had = {
        (told.figure.least, told.figure.most)
        for told in _figures(older)
        if told.figure.least >= _NEGLIGIBLE and not told.retold
    }
    sentences = _sentences(text)
    for told in _figures(text):
        if (told.figure.least, told.figure.most) not in had:
            continue
        if told.denied:
            if CORRECTS.search(" ".join(sentences[max(0, told.sentence - 1) : told.sentence + 1])):
                return True
        elif told.retold:
            return True
    return False


def _turns(newer: StoredArticle, older: str) -> bool:
    """Whether a measure of the older text is told to have become another one."""
    for sentence in (newer.article.title, *_sentences(newer.article.text)):
        turns = TURNS.search(sentence)
        before = (turns["before"] or turns["old"]) if turns else ""
        for one in figures_in(before, language_of(sentence)) if before else ():
            had = (told.figure for told in _figures(older) if not told.retold)
            if one.figure.unit and any(_is_one(one.figure, other) for other in had):
                return True
    return False


def _is_one(one: Figure, other: Figure) -> bool:
    return (one.least, one.most, one.unit) == (other.least, other.most, other.unit)


def _settles(text: str, older: str) -> bool:
    """Whether a figure is told to be right that the older text has, or to lie between two of it."""
    sentences = _sentences(text)
    had = [told.figure for told in _figures(older) if not told.retold]
    for i, sentence in enumerate(sentences):
        if not SETTLES.search(sentence):
            continue
        for told in _figures(text):
            if told.sentence not in (i - 1, i) or told.retold or told.denied:
                continue
            alike = [one for one in had if _counts_one(told.figure, one)]
            if any(one.least == told.figure.least >= _NEGLIGIBLE for one in alike) and any(
                one.least != told.figure.least for one in alike
            ):
                return True
            if told.figure.unit and (
                any(one.most < told.figure.least for one in alike)
                and any(one.least > told.figure.most for one in alike)
            ):
                return True
    return False


def _counts_one(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one unit and about one size."""
    if one.unit != other.unit or not one.least or not other.least:
        return False
    return max(one.most, other.most) <= _SIZES * min(one.least, other.least)


@lru_cache(maxsize=500)
def _terms(text: str) -> frozenset[str]:
    return frozenset(term for term in content_terms(text) if not term[0].isdigit())


@lru_cache(maxsize=500)
def _names(text: str) -> frozenset[str]:
    return frozenset(
        token.term
        for token in tokens(text)
        if not token.stop
        and text[token.start].isupper()
        and is_name_like(text[token.start : token.end])
    )
