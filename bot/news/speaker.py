"""Who claims what a sentence says: named in it, or without doubt in the one beside it."""

from __future__ import annotations

import re

from bot.news.claimants import WrittenClaimant, claimants_in
from bot.news.english_speakers import named_behind
from bot.news.fuller_names import fuller_name
from bot.news.noun_phrases import S, is_no_name, noun_phrase_at, subject_at
from bot.news.setters import setters_in
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
_ACCORDINGLY = re.compile(
    r"^(?:Danach|Dem(?:\s\w+)?\szufolge)\s|(?<!\w)(?:[Dd]emnach|[Dd]emzufolge)(?!\w)"
)
_FIGURES = r"(?:Zahl|Angabe|Summe|Bilanz|Schätzung|Größenordnung|Höhe|Information)(?:e?n)?"
_SUMS_UP = re.compile(
    rf"(?:Das|Dies|Dabei handelt es sich|Darüber|Davon|So|(?:Diese|Solche|Eine solche){S}{_FIGURES}"
    rf"|Die{S}{_FIGURES}(?={S}(?:stamm|komm|kam|nann|nenn|bestätig|verbreit|mach|gab|liefer"
    rf"|veröffentlich|beruh))"
    rf"|That|This|These|(?:The|Those){S}(?:figure|number|toll|count|total|estimate|sum)s?"
    rf"(?={S}(?:was|were|is|are|came|comes|has)))\s"
)
_SUMS_UP_SOON = re.compile(rf"(?:^|[.!?“”\"]){S}+{_SUMS_UP.pattern}")
_SUMS_UP_ALL = re.compile(
    r"Das\s(?:teilte|gab|meldete|berichtete|sagte|erklärte|geht|bestätigte)n?\s"
)
# "Der Klub darf bleiben. Der Ausschuss erteilte sie am Dienstag."
_DOES_IT = re.compile(
    rf"\s*(?:Der|Die|Das"
    rf"|The){S}(?P<who>(?:[a-zäöüß]+e[nrs]?{S})?[A-ZÄÖÜ][\w-]+(?:{S}[A-ZÄÖÜ][\w-]+){{0,2}}"
    rf"(?:{S}(?:der|des|von|für){S}(?:[Dd]ie{S})?[A-ZÄÖÜ][\w-]+)?){S}"
    rf"(?:erteil|beschl|verkünd|verhäng|genehmig|kündig|bestätig|meld|verfüg|ordnet|gab"
    rf"|gaben|billig|begründ)"
    rf"[a-zäöüß]*{S}(?:sie|ihn|es|das|dies|diese|diesen)(?:{S}[^.]*)?\."
)
_STEMS = re.compile(
    rf"(?<!\w)(?:(?:stamm(?:t|en|te|ten)|komm(?:t|en)|kam(?:en)?|beruh(?:t|en))(?:{S}\w+){{0,2}}?"
    rf"{S}(?:aus|vom|von)(?:{S}(?:de[rnm]|eine[rnm]))?"
    rf"|(?:steht|stand|heißt|hieß){S}es{S}(?:(?:auch|nun"
    rf"|jetzt){S})?in(?:{S}[\wäöüß]+){{1,3}}?{S}(?:des|der"
    rf"|vo[mn]))(?={S})"
)
_CAME_FROM = re.compile(rf"(?<!\w)(?:came|comes|come|is|are|was|were){S}from(?={S})")
# The paper itself: "Zunächst hatten wir gemeldet".
_WE = re.compile(
    r"(?<!\w)(?:hatten wir|wir hatten|haben wir|wir haben|[Ww]e had|[Ww]e have)(?=[^“”\"«]*$"
    r"|[^“”\"«]*\.)"
)
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
_AND = re.compile(rf"{S}und(?={S}(?:der|die|das){S})")
_ACTS = re.compile(
    rf"[A-ZÄÖÜ]?[\wäöüß]+{S}(?:sieht|sehen|sah|hält|halten|urteilt|rechnet|klingt"
    rf"|argumentiert|bewertet)"
    rf"(?:{S}(?:es|das|dies|die{S}Sache|hingegen|dagegen|aber))*"
)
_SURNAME = re.compile(r"(?<!\w)[A-ZÄÖÜ][a-zäöüß]{3,}(?!\w)")
_STANDS_FOR = {"der": "er", "ein": "er", "die": "sie", "eine": "sie"}
_NOUN_AND_VERB = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+ [a-zäöüß]+(?:t|te|ten|en)(?= )")
_MEASURE = re.compile(
    r"Million(?:en)?|Milliarden?|Euro|Dollar|Prozent|Uhr|Jahre?n?|Tage?n?|Menschen|Meter[n]?"
    r"|Kilometer[n]?"
    r"|Hektar|Liter|Tonnen|Grad|Stunden|Minuten|\w*tag|\w+land|Mio|Mrd"
)
# Is read and not spoken to: "Die aktuelle Prognose der Gesellschaft".
_PAPER = re.compile(
    r"(?:[a-zäöüß]+\s)*\w*(?:[Pp]rognose|[Bb]ericht|[Ss]tudie|[Gg]utachten|[Rr]echnung"
    r"|[Aa]ntrag|[Pp]lan"
    r"|[Kk]osten|[Tt]ermin|[Aa]rbeiten|[Zz]ahl|[Aa]nteil|[Pp]reis|[Ww]ert|[Ss]umme"
    r"|[Uu]rteil)(?:e?[sn])?(?!\w)"
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
    if _WE.search(text, *sentence):
        return None
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
    if span is None or (nearest is not None and not nearest.pronoun):
        span = _set_by(text, sentence, (start, end), nearest, language) or span
    return fuller_name(text, span) if span is not None else None


def _set_by(
    text: str,
    sentence: tuple[int, int],
    value: tuple[int, int],
    nearest: WrittenClaimant | None,
    language: Language | None,
) -> tuple[int, int] | None:
    """Return who sets a value: where nobody says it, or who does has a figure of his own."""
    said = text[slice(*sentence)]
    setter = _nearest(said, setters_in(said, language), *value)
    if setter is None:
        return None
    if nearest is not None:
        first, last = sorted((nearest.at, value[0]))
        apart = _BOUNDARY.search(said, first, last)
        own = _clause(said, nearest.at)
        if apart is None or not re.search(r"\d", own) or _clause(said, setter.at) == own:
            return None
        if _clause(said, setter.at) != _clause(said, value[0]):
            return None
    if setter.pronoun:
        pronoun = said[setter.start : setter.end]
        at = sentence[0] + setter.start
        before = _said_in_clause_before(text, sentence, at, pronoun)
        return before or _said_before(text, sentence, language, pronoun)
    return sentence[0] + setter.start, sentence[0] + setter.end


def _clause(sentence: str, at: int) -> str:
    """Return the clause in which a place of a sentence lies."""
    start = max((match.end() for match in _BOUNDARY.finditer(sentence, 0, at)), default=0)
    behind = _BOUNDARY.search(sentence, at)
    return sentence[start : behind.start() if behind else len(sentence)]


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
    return bool(_INDIRECT.search(bare) or _ACCORDINGLY.search(bare))


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
        if person is None and not named and pronoun is not None:
            person = _known_by_surname(text[:begins], said, pronoun)
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
    acts = _ACTS.match(text, sentence[0], colon)
    begins = acts.end() - sentence[0] if acts else 0
    subject = subject_at(text[sentence[0] : colon], begins, colon - sentence[0])
    if subject is None and acts:
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
    if subject is None or _PAPER.match(sentence, *subject):
        return None
    return subject if _fits(sentence[slice(*subject)], pronoun) else None


def _known_by_surname(before: str, sentence: str, pronoun: str) -> tuple[int, int] | None:
    """Return the one person of a sentence who was named in full before: "Brunk" alone."""
    found = []
    for match in _SURNAME.finditer(sentence):
        if not is_name_like(match[0]) or is_no_name(match[0]):
            continue
        full = re.search(rf"(?:(\w+){S})?[A-ZÄÖÜ][\w-]+{S}{re.escape(match[0])}(?!\w)", before)
        if full is not None and (not full[1] or _fits(full[1], pronoun)):
            found.append(match.span())
    return found[0] if len({sentence[start:end] for start, end in found}) == 1 else None


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
    """Return who is said in the next sentence to have said this: "Das teilte die Stadt mit".

    One of the same paragraph that nobody else says may stand between.
    """
    behind = text[sentence[1] : sentence[1] + _REACH].partition("\n")[0]
    does = _DOES_IT.match(behind)
    if does is not None:
        return sentence[1] + does.start("who"), sentence[1] + does.end("who")
    if not _SUMS_UP_SOON.search(behind):
        return None
    after = split_sentences(behind)[:2]
    if len(after) > 1 and not _SUMS_UP.match(behind, after[0][0]):
        if claimants_in(behind[slice(*after[0])], language):
            return None
        after = after[1:] if _SUMS_UP_ALL.match(behind, after[1][0]) else []
    if not after or not _SUMS_UP.match(behind, after[0][0]):
        return None
    start, end = after[0]
    summed = behind[start:end]
    stems = _STEMS.search(summed)
    span = noun_phrase_at(summed, stems.end()) if stems else None
    came = _CAME_FROM.search(summed) if span is None else None
    span = named_behind(summed, came.end()) if came else span
    if span is None:
        named = [one for one in claimants_in(summed, language) if not one.pronoun]
        named = named or [one for one in setters_in(summed, language) if not one.pronoun]
        if not named:
            return None
        # Who tells comes last: "Das hat der Rat beschlossen, wie die Stadt mitteilte."
        span = named[-1].start, named[-1].end
        joined = _AND.match(summed, span[1])
        other = subject_at(summed, joined.end(), end - start) if joined else None
        span = (span[0], other[1]) if other else span
    return sentence[1] + start + span[0], sentence[1] + start + span[1]
