"""How a newer article relates to an older one: copy, new version, correction, replacement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from bot.news.asked import is_like
from bot.news.figures import figures_in
from bot.news.retold import is_denied, is_retold
from bot.question import language_of
from index.corpus import Corpus
from index.split import split_sentences
from index.terms import content_terms, is_name_like, tokens
from index.types import StoredArticle


class Relation(StrEnum):
    """What an article is to another one."""

    COPY = "copy"
    NEW_VERSION = "new_version"
    CORRECTS = "corrects"
    SUPERSEDES = "supersedes"


# Says that something said before was wrong.
_CORRECTS = re.compile(
    r"\b(?:korrigier\w*|korrektur\w*|berichtig\w*|richtig(?:ge)?stell\w*|revidier\w*|zahlendreher"
    r"|abgeglichene\w*|zur[uü]ckgezogen|zog\b.{0,80}\bzur[uü]ck|zu (?:niedrig|hoch|gering|gro[sß]+)"
    r" (?:war|gewesen|angesetzt|angegeben)|falsch(?:e|er|en)? (?:zahl|angabe|angegeben)\w*"
    r"|irrt[uü]mlich"
    r"|doppelt (?:gez[aä]hlt|gemeldet|erfasst)|fr[uü]heren (?:fassung|version)|correct(?:s|ed|ion)"
    r"|revis(?:es|ed|ion)|retract\w*|replaces|mistaken\w*|an earlier version|had been wrong"
    r"|double-counted|counted twice|settle\w*|klarstell\w*|bereinigt\w*)\b",
    re.IGNORECASE,
)
# Says that something decided before does not hold any more.
_SUPERSEDES = re.compile(
    r"\b(?:aufgehoben|hob\b.{0,80}\bauf|hebt\b.{0,80}\bauf|zur[uü]ckgenommen"
    r"|nimmt\b.{0,60}\bzur[uü]ck"
    r"|r[uü]ckg[aä]ngig|vom tisch|widerrufen|gekippt|abgesagt|abgelehnt worden|doch nicht"
    r"|einkassiert"
    r"|gestoppt|verworfen|overturn\w*|revers(?:es|ed)|lifted|scrapped|withdrawn|withdrew|cancel\w*"
    r"|called off|revoked|repealed|dropped (?:the|its|plans))\b",
    re.IGNORECASE,
)
_FEWEST_NAMES = 2  # that two articles on one matter share
_FEWEST_TERMS = 4  # that they share where one retells a figure of the other
_FEWEST_SHARED = 3  # terms that the correcting sentences share with the older article
_NEGLIGIBLE = 10  # smaller numbers are in every article


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
    text, before = newer.article.text, _terms(older.article.text)
    sentences = [text[start:end] for start, end in split_sentences(text)]
    named = len(_names(text) & _names(older.article.text)) >= _FEWEST_NAMES
    on_one = named or len(_terms(text) & before) >= _FEWEST_TERMS
    if on_one and _retells(sentences, older.article.text):
        return Relation.CORRECTS
    if not named:
        return None
    for cue, relation in ((_SUPERSEDES, Relation.SUPERSEDES), (_CORRECTS, Relation.CORRECTS)):
        for i, sentence in enumerate(sentences):
            if cue.search(sentence):
                said = _terms(" ".join(sentences[max(0, i - 1) : i + 2]))
                shared = {s for s in said if any(is_like(s, b) for b in before)}
                if len(shared) >= _FEWEST_SHARED and _is_about(sentences, i, older):
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


def _is_about(sentences: Sequence[str], at: int, older: StoredArticle) -> bool:
    """Whether the older article has a sentence on the very matter that is corrected."""
    said = _terms(" ".join(sentences[max(0, at - 1) : at + 2]))
    text = older.article.text
    best = 0
    for start, end in split_sentences(text):
        terms = _terms(text[start:end])
        best = max(best, sum(any(is_like(one, other) for other in terms) for one in said))
    return best >= _FEWEST_SHARED


def _retells(sentences: Sequence[str], older: str) -> bool:
    """Whether figures of the older text are told as those of before, and not merely denied."""
    had = {
        (w.figure.least, w.figure.most)
        for start, end in split_sentences(older)
        for w in figures_in(older[start:end], language_of(older))
        if w.figure.least >= _NEGLIGIBLE and not is_retold(older[start:end], w.start, w.end)
    }
    for i, sentence in enumerate(sentences):
        for written in figures_in(sentence, language_of(sentence)):
            if (written.figure.least, written.figure.most) not in had:
                continue
            if is_denied(sentence, written.start, written.end):
                if _CORRECTS.search(" ".join(sentences[max(0, i - 1) : i + 1])):
                    return True
            elif is_retold(sentence, written.start, written.end):
                return True
    return False


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
