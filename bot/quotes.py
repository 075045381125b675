"""Which of the sentences considered are shown, and as which quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.context import MOST_WORDS, context, stands_alone
from bot.copies import same_words
from bot.highlight import highlight
from bot.rank import Choice
from bot.reading import agrees
from bot.types import Question, Quote
from index.types import Span

MOST = 3
# How sure a further sentence must be, as a factor of the threshold and of the first one's
# confidence: less where it stands in the same article, which is about the matter anyway.
_FROM_THE_SAME = (0.25, 0.03)
_FROM_ANOTHER = (0.5, 0.1)
# Among the two best, one that can stand alone goes first where it is as sure but for this, and as
# good an answer within these log-odds: how sure the second is says nothing of it beside the first.
_AS_SURE = 0.02
_AS_GOOD = 1.0
# Sentences side by side become one quotation up to here: beyond, two are easier to read.
_MOST_JOINED = 50
# Words are marked as the answer only in the best sentence, where it is sure enough to be one: on
# the questions in training seven marks in eight are right there, and one in eight in the second.
_SURE = 0.4


def worth_showing(choices: Sequence[Choice], threshold: float) -> list[Choice]:
    """Return the first choice, and those behind it that may add something."""
    if not choices:
        return []
    first = choices[0]

    def adds(choice: Choice) -> bool:
        same = choice.candidate.hit.stored.id == first.candidate.hit.stored.id
        of_threshold, of_first = _FROM_THE_SAME if same else _FROM_ANOTHER
        return choice.confidence >= max(of_threshold * threshold, of_first * first.confidence)

    return [first, *filter(adds, choices[1:])]


def quotations(
    question: Question,
    choices: Iterable[Choice],
    is_stored: Callable[[Choice], bool],
    *,
    origins: Mapping[int, int] | None = None,
    in_order: bool = False,
    most: int = MOST,
) -> list[Quote]:
    """Return quotations of the best choices, at most `most` sentences, without copies.

    `is_stored` says whether what is quoted is still there, `origins` which articles tell one text:
    only one of these is quoted. Their order stays as it is with `in_order`, else one that can stand
    alone may go first.
    """
    picked: list[Choice] = []
    for choice in choices:
        if len(picked) == most:
            break
        known = any(_says_no_more(choice, other, origins or {}) for other in picked)
        if not known and is_stored(choice):
            picked.append(choice)
    quotes: list[Quote] = []
    best = picked[0] if picked else None
    for choice in picked if in_order else _alone_first(picked):
        marked = _marked(question, choice) if choice is best else None
        _add(quotes, _quote(choice, marked))
    return quotes


def unshown(quote: Quote, shown: Sequence[Quote]) -> list[Quote]:
    """Return a quotation as far as it has sentences that were not shown yet."""

    def is_new(part: Quote) -> bool:
        return not any(
            part.stored.id == other.stored.id
            and part.span.start < other.span.end
            and other.span.start < part.span.end
            for other in shown
        )

    return [quote] if is_new(quote) else [part for part in quote.parted() if is_new(part)]


def _says_no_more(choice: Choice, picked: Choice, origins: Mapping[int, int]) -> bool:
    """Whether a choice is no further witness: the same words, or another paper's copy."""
    one, other = choice.candidate, picked.candidate
    if same_words(one.sentence.text, other.sentence.text):
        return True
    ids = one.hit.stored.id, other.hit.stored.id
    return ids[0] != ids[1] and origins.get(ids[0], ids[0]) == origins.get(ids[1], ids[1])


def _alone_first(picked: list[Choice]) -> list[Choice]:
    if len(picked) > 1:
        first, second, *rest = picked
        as_sure = second.confidence >= first.confidence - _AS_SURE
        as_good = second.score >= first.score - _AS_GOOD
        alone = [stands_alone(choice.candidate.sentence.text) for choice in (first, second)]
        if as_sure and as_good and alone == [False, True]:
            return [second, first, *rest]
    return picked


def _marked(question: Question, choice: Choice) -> Span | None:
    if choice.confidence < _SURE:
        return None
    marked = highlight(question, choice.candidate.sentence)
    return marked if marked is not None and agrees(choice.candidate, marked) else None


def _quote(choice: Choice, marked: Span | None) -> Quote:
    sentence, hit = choice.candidate.sentence, choice.candidate.hit
    before = context(sentence, hit.passage.sentences)
    span = sentence if before is None else _joined(before, sentence)
    return Quote(hit.stored, span, choice.confidence, marked, (sentence,))


def _add(quotes: list[Quote], new: Quote) -> None:
    """Append a quotation, or make it part of one that it touches: no sentence is shown twice."""
    alone = replace(new, span=new.sentence)
    near = [i for i, quote in enumerate(quotes) if quote.stored.id == new.stored.id]

    def free(span: Span, but: int | None = None) -> bool:
        return not any(_overlap(quotes[i].span, span) for i in near if i != but)

    for version in (new, alone):
        for i in near:
            span = _joined(quotes[i].span, version.span)
            if _may_be_one(quotes[i].span, version.span) and free(span, but=i):
                same = Span(span.article, new.sentence.start, new.sentence.end)
                answering = (*quotes[i].answering, same)
                quotes[i] = replace(quotes[i], span=span, answering=answering)
                return
    quotes.append(new if free(new.span) else alone)


def _may_be_one(one: Span, other: Span) -> bool:
    """Whether two stretches of an article overlap or touch, and are not too long as one."""
    span = _joined(one, other)
    words = len(span.text.split())
    if _overlap(one, other):
        return words <= MOST_WORDS or (span.start, span.end) == (one.start, one.end)
    first, second = sorted((one, other), key=lambda part: part.start)
    between = one.article.text[first.end : second.start]
    return words <= _MOST_JOINED and not (between.strip() or "\n" in between)


def _joined(one: Span, other: Span) -> Span:
    return Span(one.article, min(one.start, other.start), max(one.end, other.end))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
