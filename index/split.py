"""Article to passages and sentences, as offsets: nothing is copied, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import abbreviations
from index.types import Article, Passage, Sentence

TARGET_WORDS = 160
FEWEST_WORDS = 120
MOST_WORDS = 200
SHORT_TAIL = 60

# A run of closing marks and footnote signs belongs to the sentence that it closes.
_CLOSERS = "\"'”“’‘»«›‹)\\]"
# Possessive, and from the first mark of a run: a million full stops must not be tried twice.
_TERMINATOR = re.compile(rf"(?<![.!?…])([.!?…]++)((?:[{_CLOSERS}]|\[\d{{1,3}}\])*+)(?=\s|$)")
# "geboren.Noch": somebody forgot the space. Neither a domain nor a file name looks like this.
_GLUED = re.compile(r"(?<=[a-zäöüß]{3})([.!?])()(?=[A-ZÄÖÜ][a-zäöüß]{2})")
_BOUNDARY = re.compile(rf"{_TERMINATOR.pattern}|{_GLUED.pattern}")
_OPENERS = "\"'„“”‚‘»«›‹(["
_SIGNS = "–—-•·*#>+|►▶→"
_WORD_AFTER = re.compile(
    rf"\s*[{re.escape(_SIGNS)}\s]*[{re.escape(_OPENERS)}\s]*([^\W_][\w\-’']*)?"
)
_WORD_BEFORE = re.compile(r"[^\s\"„“”»«›‹(\[/]+$")
_MORE_MARKS = re.compile(r"\s+[.…]")
_INITIAL = re.compile(r"(?:[^\W\d_]+-)?[^\W\d_]")  # "J", also the last of "Hans-J"
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.\d{1,2}")
_LINE = re.compile(r"[^\n]+")
# Somebody's words that run on into ", sagte sie": their inner full stops part nothing, or the
# first half would lose who said it. Longer ones read as sentences of their own.
_SPOKEN = re.compile(
    r"(?:„[^„“”]{1,200}[“”]|»[^»«]{1,200}«|«[^»«]{1,200}»|“[^“”]{1,200}”"
    r"|(?<![^\s(])\"(?=\S)[^\"]{1,200}\")(?:(?<=,.)|(?=\s?,|\s[–—-]?\s?[a-zäöüß]))"
)
_NUMBER = re.compile(r"\d+(?![\d.)])")
# A line of this length was wrapped, not a heading or an item of a list.
_WRAPPED = 60
# No word that decides anything is longer, and looking further back would make the work quadratic.
_LOOK = 60


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences, without white space around them, in order.

    Every character but white space lies in exactly one span. A paragraph's end ends a sentence;
    where it is doubtful that a full stop does, it does not: half a sentence would misquote.
    """
    return [span for paragraph in _paragraphs(text) for span in _split_paragraph(text, *paragraph)]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines are paragraphs, too, unless the next one goes on with the sentence."""
    start: int | None = None
    begun = end = 0
    for line in _LINE.finditer(text):
        words = line.group()
        stripped = words.strip()
        if not stripped:
            continue
        goes_on = (
            start is not None
            and text.count("\n", end, line.start()) == 1
            and text[end - 1] not in ".!?…:"
            and (stripped[0].islower() or (_NUMBER.match(stripped) and end - begun > _WRAPPED))
        )
        if not goes_on:
            if start is not None:
                yield start, end
            start = line.start() + len(words) - len(words.lstrip())
        begun = line.start()
        end = line.start() + len(words.rstrip())
    if start is not None:
        yield start, end


def _split_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    spoken = [match.span() for match in _SPOKEN.finditer(text, start, end)][::-1]
    for match in _BOUNDARY.finditer(text, start, end):
        stop = match.end()
        if stop >= end:
            break
        while spoken and spoken[-1][1] <= match.start():
            spoken.pop()
        if spoken and spoken[-1][0] < match.start():
            continue
        if not _ends_sentence(text, start, end, match):
            continue
        yield start, stop
        start = stop
        while text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _ends_sentence(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    mark = match.group(1) or match.group(3)
    after = _WORD_AFTER.match(text, match.end(), min(end, match.end() + _LOOK))
    following = (after.group(1) or "") if after else ""
    if following and following[0].islower():
        return False
    if _MORE_MARKS.match(text, match.end(), end):  # ". . .", "…wird. ..."
        return False
    before = text[max(start, match.start() - _LOOK) : match.start()]
    if before[-1:] in {"(", "["} and match.group(2):  # "(!)" and "[...]" comment on a sentence
        return False
    if mark != ".":
        return True
    found = _WORD_BEFORE.search(before)
    if found is None:
        return True
    previous = before[: found.start()].rsplit(maxsplit=1)
    return _full_stop_ends(
        word=found.group(),
        previous=previous[-1].lower() if previous else "",
        following=following,
    )


def _full_stop_ends(word: str, previous: str, following: str) -> bool:
    """Decide by the word before the full stop, the one before that, and the one after."""
    starter = following in abbreviations.STARTERS
    lower = word.lower()
    if word[0].isdigit():
        return _number_ends(word, previous, following)
    if _INITIAL.fullmatch(word):
        return word[-1].isupper() and (starter or previous in abbreviations.BEFORE_LETTER)
    if lower in abbreviations.ONLY_BEFORE_DIGIT:
        before_name = word in abbreviations.BEFORE_NAME and not starter
        return not (following[:1].isdigit() or before_name)
    if lower in abbreviations.NEVER_LAST:
        return False
    maybe = lower in abbreviations.MAYBE_LAST or _DOTTED.fullmatch(word)
    if maybe or set(word) <= abbreviations.ROMAN_DIGITS:
        return starter
    return not (lower.endswith("str") and following[:1].isdigit())


def _number_ends(word: str, previous: str, following: str) -> bool:
    if _DAY_AND_MONTH.fullmatch(word) and previous in abbreviations.BEFORE_ORDINAL:
        return following in abbreviations.STARTERS
    if not (word.isdigit() and len(word) <= 3):  # noqa: PLR2004 - years are no ordinals
        return True
    if following in abbreviations.AFTER_ORDINAL or following[:1].isdigit():
        return False
    if previous in abbreviations.BEFORE_COUNT:
        return True
    if previous in abbreviations.BEFORE_ORDINAL:
        return False
    return following in abbreviations.STARTERS


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence with what packing needs to know about it."""

    sentence: Sentence
    words: int
    ends_paragraph: bool
    heading: bool


def split_passages(article: Article) -> tuple[Passage, ...]:
    """Pack whole consecutive sentences into passages of some 120 to 200 words.

    Passages end with paragraphs where they can. A longer sentence is a passage of its own, and
    a short rest joins the passage before it.
    """
    units = _units(article)
    # From each sentence to the end of its paragraph, in words.
    rest = [0] * (len(units) + 1)
    for i in range(len(units) - 1, -1, -1):
        rest[i] = units[i].words + (0 if units[i].ends_paragraph else rest[i + 1])
    groups: list[list[_Unit]] = []
    current: list[_Unit] = []
    words = 0
    for i, unit in enumerate(units):
        if current and words + unit.words > MOST_WORDS:
            current, words = _close(groups, current)
            if current and words + unit.words > MOST_WORDS:
                groups.append(current)
                current, words = [], 0
        current.append(unit)
        words += unit.words
        at_end = unit.ends_paragraph and not unit.heading and words >= FEWEST_WORDS
        enough = words >= TARGET_WORDS and not unit.heading
        if at_end or (enough and words + rest[i + 1] > MOST_WORDS):
            groups.append(current)
            current, words = [], 0
    if current:
        groups.append(current)
    _merge_tail(groups)
    return tuple(_passage(article, group) for group in groups)


def _units(article: Article) -> list[_Unit]:
    text = article.text
    spans = split_sentences(text)
    units = []
    for i, (start, end) in enumerate(spans):
        next_start = spans[i + 1][0] if i + 1 < len(spans) else len(text)
        previous_end = spans[i - 1][1] if i else 0
        ends_paragraph = "\n" in text[end:next_start] or i + 1 == len(spans)
        starts_paragraph = i == 0 or "\n" in text[previous_end:start]
        heading = starts_paragraph and ends_paragraph and text[end - 1] not in '.!?…"“”»«)'
        words = len(text[start:end].split())
        units.append(_Unit(Sentence(article, start, end), words, ends_paragraph, heading))
    return units


def _close(groups: list[list[_Unit]], current: list[_Unit]) -> tuple[list[_Unit], int]:
    """End a passage; headings at its end begin the next one."""
    keep = len(current)
    while keep > 1 and current[keep - 1].heading:
        keep -= 1
    groups.append(current[:keep])
    carried = current[keep:]
    return carried, sum(unit.words for unit in carried)


def _merge_tail(groups: list[list[_Unit]]) -> None:
    if len(groups) < 2:  # noqa: PLR2004 - one before, one after
        return
    tail = sum(unit.words for unit in groups[-1])
    before = groups[-2]
    overlong = len(before) == 1 and before[0].words > MOST_WORDS
    if tail < SHORT_TAIL and not overlong:
        before.extend(groups.pop())


def _passage(article: Article, group: Sequence[_Unit]) -> Passage:
    sentences = tuple(unit.sentence for unit in group)
    return Passage(article, sentences[0].start, sentences[-1].end, sentences)
