"""Let a reader judge the best sentences, and weigh what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.features import Candidate
from bot.rank import Weights, weighted
from index.protocols import Reader
from index.reading import Excerpt, Reading
from index.split import split_sentences
from index.types import Passage, Span, StoredArticle

# The score of a reader, and that score minus the best one of the question's sentences.
READER_FIGURES = ("reader", "reader_relative")
# For a reader that no weights were learned with: it moves a sentence half as far as it would alone,
# and has no say in how sure Beleg is, as nothing is known of how honest its log-odds are.
_PLAIN = MappingProxyType({"reader_relative": 0.5})
# Log-odds behind the first up to which a sentence is read. Of questions that the reader has not
# seen, reading more brings no further right sentence to the front and takes three times as long.
_NEAR = 3.0
# Further articles of which one sentence is read, where each may have what is newest, and how far
# behind the first that sentence may lie: what is read costs the time of the whole question.
_MOST_ARTICLES = 4
_NEAR_ARTICLE = 8.0
# Log-odds from which on a mark is left standing: of questions that the reader has not seen, nine
# marks in ten are right then. Its own words, where no rule marks any, are right in half of the
# questions about newspapers.
_SURE = 2.0
# Log-odds of a reader that denies: about the lowest of those that it gives.
_DENIED = -9.0
_NAMED = re.compile(
    r"wie (?P<verb>hei(?:ß|ss)t|hei(?:ß|ss)en|hie(?:ß|ss)|hie(?:ß|ss)en) ", re.IGNORECASE
)
_WHO = MappingProxyType(
    {
        **dict.fromkeys(("heißt", "heisst"), "Wer ist"),
        **dict.fromkeys(("heißen", "heissen"), "Wer sind"),
        **dict.fromkeys(("hieß", "hiess"), "Wer war"),
        **dict.fromkeys(("hießen", "hiessen"), "Wer waren"),
    }
)
_NEIGHBOURHOOD = 1000  # characters in which the sentence beside a passage is looked for


def fitting(weights: Weights, reader: str | None) -> Weights:
    """Return weights for this reader, or for none: plain ones where they were learned otherwise."""
    if weights.reader == reader:
        return weights
    plain = weights.plain or weights
    if reader is None:
        return plain
    return replace(plain, ranking={**plain.ranking, **_PLAIN}, reader=reader, plain=plain)


def with_readings(
    question: str,
    candidates: Sequence[Candidate],
    reader: Reader,
    shortlist: Mapping[str, float],
) -> list[Candidate]:
    """Return the candidates in their order with the reader's figures.

    The best by the shortlist's weights are read: those near the first, as many as are worth it. The
    others count as the worst of these.
    """
    if not candidates:
        return []
    before = [weighted(candidate.figures, shortlist) for candidate in candidates]
    least = max(before) - _NEAR
    worded = wordings(question)
    order = sorted(
        (position for position, score in enumerate(before) if score >= least),
        key=lambda position: -before[position],
    )[: reader.most if len(worded) == 1 else -(-reader.most * 2 // 3)]
    excerpts = [excerpt(candidates[position]) for position in order]
    readings_of = [reader.read(wording, excerpts) for wording in worded]
    said = [max(some, key=lambda reading: reading.score) for some in zip(*readings_of, strict=True)]
    readings = dict(zip(order, said, strict=True))
    scores = [reading.score for reading in said]
    best, worst = max(scores), min(scores)

    def with_reading(candidate: Candidate, reading: Reading | None) -> Candidate:
        score = worst if reading is None else reading.score
        own = dict(zip(READER_FIGURES, (score, score - best), strict=True))
        return replace(candidate, figures={**candidate.figures, **own}, reading=reading)

    return [with_reading(c, readings.get(i)) for i, c in enumerate(candidates)]


def unread(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates as if a reader had found that none of them answers."""
    figures = dict(zip(READER_FIGURES, (_DENIED, 0.0), strict=True))
    return [replace(one, figures={**one.figures, **figures}) for one in candidates]


def with_each_article(
    question: str,
    candidates: Sequence[Candidate],
    reader: Reader,
    shortlist: Mapping[str, float],
    follows: Callable[[StoredArticle, StoredArticle], bool],
) -> list[Candidate]:
    """Return candidates with a reading of the best sentence of articles that have none yet.

    `follows` says whether an article may go on with the one whose sentence answers best so far.
    """
    read = [one for one in candidates if one.reading is not None]
    if not read:
        return list(candidates)
    first = max(read, key=lambda one: one.reading.score if one.reading else 0.0)
    top = first.reading.score if first.reading else 0.0
    known = {one.hit.stored.id for one in read}
    scores = [weighted(one.figures, shortlist) for one in candidates]
    least = max(scores) - _NEAR_ARTICLE
    best: dict[int, int] = {}
    for position in sorted(range(len(candidates)), key=lambda at: -scores[at]):
        stored = candidates[position].hit.stored
        if scores[position] >= least and stored.id not in known:
            best.setdefault(stored.id, position)
    chosen = [at for at in best.values() if follows(candidates[at].hit.stored, first.hit.stored)]
    chosen = chosen[:_MOST_ARTICLES]
    readings = reader.read(question, [excerpt(candidates[at]) for at in chosen])
    found = list(candidates)
    for at, reading in zip(chosen, readings, strict=True):
        figures = dict(zip(READER_FIGURES, (reading.score, reading.score - top), strict=True))
        found[at] = replace(found[at], figures={**found[at].figures, **figures}, reading=reading)
    return found


def wordings(question: str) -> list[str]:
    """Return a question, and where it asks for a name, who that is: readers know this better."""
    match = _NAMED.match(question)
    if match is None:
        return [question]
    return [question, f"{_WHO[match['verb'].lower()]} {question[match.end() :]}"]


def agrees(candidate: Candidate, marked: Span) -> bool:
    """Whether the reader is sure that the sentence answers, by words that overlap those marked.

    Without a reader there is nobody to disagree.
    """
    reading = candidate.reading
    if reading is None:
        return True
    if reading.start is None or reading.end is None or reading.score < _SURE:
        return False
    begin = candidate.sentence.start
    return begin + reading.start < marked.end and marked.start < begin + reading.end


def excerpt(candidate: Candidate) -> Excerpt:
    """Return a candidate as a reader gets it: with its title, the sentence before and after."""
    passage = candidate.hit.passage
    position = passage.sentences.index(candidate.sentence)
    before = passage.sentences[:position]
    after = passage.sentences[position + 1 :]
    return Excerpt(
        title=candidate.hit.stored.article.title,
        before=_sentence_of(before[-1].text if before else _last_before(passage)),
        sentence=candidate.sentence.text,
        after=after[0].text if after else _first_after(passage),
    )


def _sentence_of(text: str) -> str:
    """Return "" for a heading: it often says in short what the sentence below it says in full.

    Of the two a reader would choose the heading, which cannot stand as a quotation.
    """
    return text if is_whole(text) else ""


def is_whole(text: str) -> bool:
    """Whether a sentence ends as sentences do; a heading does not."""
    return text.rstrip("\"“”»«'’)] ").endswith((".", "!", "?", ":", "…"))


def _last_before(passage: Passage) -> str:
    text = passage.article.text[max(0, passage.start - _NEIGHBOURHOOD) : passage.start]
    spans = split_sentences(text)
    return text[slice(*spans[-1])] if spans else ""


def _first_after(passage: Passage) -> str:
    text = passage.article.text[passage.end : passage.end + _NEIGHBOURHOOD]
    spans = split_sentences(text)
    return text[slice(*spans[0])] if spans else ""
