"""Who claims what a sentence says: named in it, or without doubt in the one beside it."""

from __future__ import annotations

import re

from bot.news.claimants import WrittenClaimant, claimants_in
from bot.news.fuller_names import fuller_name
from bot.news.noun_phrases import S, is_no_name, subject_at
from bot.types import Language
from index.split import split_sentences
from index.terms import is_name_like

_BOUNDARY = re.compile(r"[;:–—„“”»«()]|,(?!\d)|\.(?=\s)|\s-(?=\s)")
_INDIRECT = re.compile(
    r"(?<!\w)(?:sei|seien|habe|werde|gebe|müsse|könne|solle|wolle|dürfe|liege|stehe|gehe|komme"
    r"|bleibe|brauche"
    r"|lasse|mache|fehle|reiche|drohe|hätten|würden|lägen|stünden|gelte|rechne|sehe|handele"
    r"|handle|bestehe)(?!\w)"
)
_ACCORDINGLY = re.compile(r"(?:Demnach|Danach|Demzufolge|Dem(?:\s\w+)?\szufolge)\s")
_SUMS_UP = re.compile(r"(?:Das|Dies|Dabei handelt es sich|That|This)\s")
_QUOTED = re.compile(r"[„\"»“][^“”\"«]*[“”\"«]")
_PERSON = re.compile(rf"(?<!\w)(?P<np>[A-ZÄÖÜ][\w-]+(?:{S}[A-ZÄÖÜ][\w-]+){{1,3}})(?!\w)")
_FEMALE = re.compile(r"(?:\w+(?:in|frau)|Frau)$")
_MALE = re.compile(
    r"(?:Herr|\w+(?:meister|minister|präsident|sprecher|leiter|chef|vorsitzender|direktor|führer"
    r"|trainer|anwalt"
    r"|richter|rat|forscher|berater|förster|unternehmer|geschäftsführer))$",
    re.IGNORECASE,
)
_AS_TOLD = re.compile(
    r"(?P<acts>(?P<article>Der|Die|Ein|Eine) [^:;.!?„“]{0,300}?), wie (?P<pronoun>er|sie)",
    re.DOTALL,
)
_STANDS_FOR = {"der": "er", "ein": "er", "die": "sie", "eine": "sie"}
_NOUN_AND_VERB = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+ [a-zäöüß]+(?:t|te|ten|en)(?= )")
_MEASURE = re.compile(
    r"Million(?:en)?|Milliarden?|Euro|Dollar|Prozent|Uhr|Jahre?n?|Tage?n?|Menschen|Meter[n]?"
    r"|Kilometer[n]?"
    r"|Hektar|Liter|Tonnen|Grad|Stunden|Minuten|\w*tag|\w+land|Mio|Mrd"
)
_FARTHEST = 5  # sentences back
_REACH = 700  # characters in which they stand


def speaker_of(
    text: str, sentence: tuple[int, int], value: tuple[int, int], language: Language | None = None
) -> tuple[int, int] | None:
    """Return where in an article stands who claims a value of one of its sentences.

    Where the sentence names nobody, who speaks in the one before goes on in indirect speech or as
    "sie"; "Das teilte … mit" behind it says whose it is. None where neither is so.
    """
    found = claimants_in(text[slice(*sentence)], language)
    offset = sentence[0]
    start, end = value[0] - offset, value[1] - offset
    outside = [
        one for one in found if not (start <= one.start and one.end <= end and len(found) > 1)
    ]
    named = [one for one in outside if not one.pronoun]
    nearest = _nearest(text[slice(*sentence)], outside, start, end)
    span: tuple[int, int] | None = None
    if nearest is not None and not nearest.pronoun:
        span = offset + nearest.start, offset + nearest.end
    elif nearest is not None:
        pronoun = text[offset + nearest.start : offset + nearest.end]
        span = _said_in_clause_before(text, sentence, offset + nearest.start, pronoun)
        if span is None:
            span = _said_before(text, sentence, language, pronoun)
        if span is None and named:
            one = named[0]
            span = offset + one.start, offset + one.end
    elif _goes_on(text[slice(*sentence)]):
        span = _said_before(text, sentence, language, None)
    if span is None and not found:
        span = _said_behind(text, sentence, language)
    return fuller_name(text, span) if span is not None else None


def _nearest(
    sentence: str, found: list[WrittenClaimant], start: int, end: int
) -> WrittenClaimant | None:
    """Return who stands fewest clauses away from a value, of those in one clause the nearer."""

    def distance(one: WrittenClaimant) -> tuple[int, int]:
        first, last = sorted((max(one.at, one.start), start))
        between = len(_BOUNDARY.findall(sentence, first, last))
        return between, max(one.start - end, start - one.end, 0)

    return min(found, key=distance, default=None)


def _goes_on(sentence: str) -> bool:
    """Whether a sentence without a speaker is what somebody is said to have said."""
    bare = _QUOTED.sub("", sentence)
    return bool(_INDIRECT.search(bare) or _ACCORDINGLY.match(bare))


def _said_before(
    text: str, sentence: tuple[int, int], language: Language | None, pronoun: str | None
) -> tuple[int, int] | None:
    """Return who speaks in the sentences before, as long as each goes on with the one before.

    A pronoun rather stands for a person of the same paragraph than for an office.
    """
    first = max(0, sentence[0] - _REACH)
    before = split_sentences(text[first : sentence[0]])[-_FARTHEST:]
    paragraph = text.rfind("\n", first, sentence[0])
    office: tuple[int, int] | None = None
    for start, end in reversed(before):
        said, begins = text[first + start : first + end], first + start
        if office is not None and begins < paragraph:
            break
        found = claimants_in(said, language)
        named = [
            one for one in found if not one.pronoun and _fits(said[one.start : one.end], pronoun)
        ]
        if named and (pronoun is None or _is_person(said[named[-1].start : named[-1].end])):
            return begins + named[-1].start, begins + named[-1].end
        person = _person(said, pronoun) if office is None or not named else None
        if person is not None and (office is None or _is_person(said[slice(*person)])):
            return begins + person[0], begins + person[1]
        if named and office is None:
            office = begins + named[-1].start, begins + named[-1].end
        spoken_on = any(one.pronoun for one in found) or _goes_on(said) or _names_pronoun(said)
        if not spoken_on and office is None:
            return None
    return office


def _said_in_clause_before(
    text: str, sentence: tuple[int, int], at: int, pronoun: str
) -> tuple[int, int] | None:
    """Return whom a pronoun behind a colon or "wie" stands for: who acts or judges before it.

    "Das Amt hält das für falsch: Nach seiner Rechnung …", "Der Verein bietet …, wie er mitteilte"
    """
    colon = text.rfind(":", sentence[0], at)
    as_told = _AS_TOLD.fullmatch(text, sentence[0], at + len(pronoun))
    if as_told is not None and as_told["pronoun"] == _STANDS_FOR[as_told["article"].lower()]:
        colon = as_told.end("acts")
    if colon < 0:
        return None
    subject = subject_at(text[sentence[0] : colon], 0, colon - sentence[0])
    if subject is None or not _fits(text[sentence[0] + subject[0] : colon], pronoun):
        return None
    return sentence[0] + subject[0], sentence[0] + subject[1]


def _is_person(name: str) -> bool:
    return (
        bool(_PERSON.fullmatch(name) and _is_named(name))
        or bool(_FEMALE.match(name))
        or bool(_MALE.match(name))
    )


def _names_pronoun(sentence: str) -> bool:
    return bool(re.search(r"(?<!\w)(?:er|sie|ihr|he|she)(?!\w)", sentence))


def _person(sentence: str, pronoun: str | None) -> tuple[int, int] | None:
    """Return the one person that a sentence names, else its subject where somebody speaks on."""
    if pronoun is None:
        return None
    persons = [
        match.span("np")
        for match in _PERSON.finditer(sentence)
        if _is_named(match["np"]) and _fits(match["np"], pronoun)
    ]
    if len(persons) == 1:
        return persons[0]
    if persons:
        return None
    subject = subject_at(sentence, 0, len(sentence))
    if subject is None or not (subject[0] or is_name_like(sentence.split(maxsplit=1)[0])):
        # "Klarheit schaffte die Liga": the subject stands behind the verb.
        verb = _NOUN_AND_VERB.match(sentence)
        subject = subject_at(sentence, verb.end(), len(sentence)) if verb else None
    elif not re.match(r"\s[a-zäöü]", sentence[subject[1] : subject[1] + 2]):
        return None
    return subject if subject is not None and _fits(sentence[slice(*subject)], pronoun) else None


def _is_named(name: str) -> bool:
    """Whether two words with capitals name somebody, not "Zur Lage" nor "Millionen Euro"."""
    words = name.split()
    return not is_no_name(words[0]) and not any(_MEASURE.fullmatch(word) for word in words)


def _fits(name: str, pronoun: str | None) -> bool:
    """Whether somebody can be meant by "er" or "sie", as far as the title shows."""
    if pronoun is None:
        return True
    title = name.split(maxsplit=1)[0]
    pronoun = pronoun.lower()
    if pronoun in ("er", "he", "seine", "seiner", "seinem", "seinen"):
        return not _FEMALE.match(title) or title.lower().endswith("lin")
    if pronoun in ("sie", "she"):
        return not _MALE.match(title)
    return True


def _said_behind(
    text: str, sentence: tuple[int, int], language: Language | None
) -> tuple[int, int] | None:
    """Return who is said in the next sentence to have said this: "Das teilte die Stadt mit"."""
    behind = text[sentence[1] : sentence[1] + _REACH]
    skipped = len(behind) - len(behind.lstrip())
    if "\n" in behind[:skipped] or not _SUMS_UP.match(behind, skipped):
        return None
    start, end = split_sentences(behind)[0]
    named = [one for one in claimants_in(behind[start:end], language) if not one.pronoun]
    if not named:
        return None
    # Who tells comes last: "Das hat der Rat beschlossen, wie die Stadt mitteilte."
    one = named[-1]
    return sentence[1] + start + one.start, sentence[1] + start + one.end
