"""What a question wants to be told: a figure of what, a day, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.news.fates import Fate, fates_in
from bot.news.periods_asked import PeriodAsked, period_asked
from bot.news.quantities_asked import FIGURE_ASKED, change_asked, units_asked
from bot.question import understand
from bot.types import AnswerKind, Question
from index.errors import QuestionError
from index.terms import content_terms, fold, is_name_like, tokens


class Wanted(StrEnum):
    """What sort of value answers."""

    FIGURE = "figure"
    DAY = "day"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart.

    `question` is what to search: without the period, and where it asks how something developed, it
    asks how it is. `units` are the normalised units of which one must be there, none where things
    are counted or nothing is known, `quantity` terms of what is measured ("Kosten"), `objects` of
    what has a price, `counted` of what is counted, `person` the names of who it is about; `fates`
    are what became of the people it counts. `develops` where it asks for all values and not for the
    one that holds, `now` where it says that it wants the newest, `official` what offices say.
    """

    question: Question
    wanted: Wanted
    units: frozenset[str] = frozenset()
    quantity: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    person: frozenset[str] = frozenset()
    fates: frozenset[Fate] = frozenset()
    develops: bool = False
    now: bool = False
    official: bool = False
    period: PeriodAsked | None = None


# As people write in a hurry: a dictionary has none of these, and they are no names.
_SPOKEN = tuple(
    (re.compile(rf"\b{spoken}\b", re.IGNORECASE), written)
    for spoken, written in (
        (r"gibts|gibt's", "gibt es"),
        (r"gabs|gab's", "gab es"),
        (r"hats|hat's", "hat es"),
        (r"ists|ist's", "ist es"),
        (r"wars|war's", "war es"),
        (r"gehts|geht's", "geht es"),
        (r"wieviel", "wie viel"),
        (r"wieviele", "wie viele"),
    )
)


def _written_out(text: str) -> str:
    for spoken, written in _SPOKEN:
        text = spoken.sub(written, text)
    return text


_NOW = re.compile(
    r"\b(?:jetzt|gerade|aktuell\w*|derzeit\w*|momentan\w*|inzwischen|mittlerweile|heute|zurzeit"
    r"|zur zeit|im moment|now|currently|at the moment|latest|today|right now|noch immer|still)\b",
    re.IGNORECASE,
)

_OFFICIAL = re.compile(
    r"\b(?:amtlich|beh[oö]rdlich|offiziell)\w*|\bofficial(?:ly)?\b", re.IGNORECASE
)


def asked_of(question: Question, now: datetime) -> Asked:
    """Take a question apart; relative periods are read at the moment of asking."""
    period = period_asked(question.text, now)
    text = _written_out(period.without(question.text) if period else question.text)
    reworded, develops = _value_asked(text)
    try:
        bare = question if reworded == question.text else understand(reworded)
    except QuestionError:
        bare, period, develops = question, None, False  # the period was all of it
    if bare is not question:
        bare = replace(bare, language=question.language)
    bare = replace(bare, kind=_kind(bare))
    wanted = _wanted(bare)
    counted = _counted(bare.text) if wanted is Wanted.FIGURE else frozenset()
    units, quantity = (
        units_asked(bare.text, counted, _COUNTS.search(bare.text))
        if wanted is Wanted.FIGURE
        else (frozenset(), frozenset())
    )
    if not units:
        quantity = change_asked(bare.text)
    if units and (quantity & counted or not quantity):
        counted = frozenset()  # "wie viel Umsatz": money, and no thing that is counted
    return Asked(
        question=bare,
        wanted=wanted,
        units=units,
        quantity=quantity if wanted is not Wanted.DAY else _matter(bare.text),
        counted=counted,
        objects=_objects(bare.text),
        person=_person(_BY_THEN.split(bare.text, maxsplit=1)[0]),
        fates=fates_in(bare.text) if wanted is not Wanted.DAY else frozenset(),
        develops=develops,
        now=_NOW.search(question.text) is not None,
        official=_OFFICIAL.search(question.text) is not None,
        period=period,
    )


_WHAT = r"(?P<what>.+?)"
_MOVED = (
    r"(?:entwickelt|ver[aä]ndert|ge[aä]ndert|gewandelt|gestiegen|angestiegen|gesunken|gefallen"
    r"|gewachsen|erh[oö]ht|verringert|zugenommen|abgenommen|angepasst|korrigiert|nach oben"
    r"|verteuert|vergr[oö][sß]+ert|verkleinert|ausgeweitet|ausgedehnt|reduziert|erweitert"
    r"|verl[aä]ngert|verk[uü]rzt|verschlechtert|verbessert"
    r"|verschoben)"
)
# A quantity, where a verb tells of anything: "Wie verlief die Rettung?" asks for words.
_AMOUNT = (
    r"(?:de[rmn] )?(?P<what>(?:die |das |the )?(?:[a-zäöü]+en )?[\w-]*(?:zahl(?:en)?|kosten"
    r"|preise?n?"
    r"|vorsprung|abstand|r[uü]ckstand|schulden|pegel|wert|quote|anteil|summe|angebot|gebot|miete"
    r"|umsatz|schaden|sch[aä]den|strafe|budget|number|costs?|prices?|lead|margin|debts?|toll|share"
    r"|offer|bid)\b.*?)"
)
_DEVELOPS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"^wie (?:stark |sehr |weit )?(?:hat|haben|ist|sind|war"
            rf"|waren) (?:sich )?{_WHAT} {_MOVED}\W*$"
        ),
        rf"^wie (?:entwickelten?|ver[aä]nderten?|[aä]nderten?) sich {_WHAT}\W*$",
        (
            rf"^how (?:has|have|did|does) {_WHAT} (?:changed?|developed?|evolved?|risen|rise|rose"
            rf"|fallen|fall"
            r"|grown?|progress(?:ed)?|move|moved|increased?|decreased?)\W*$"
        ),
        (
            rf"^wie (?:ging|lief|verlief(?:en)?|bewegten?|schwankten?)(?: es| sich)?(?: mit| um)?"
            rf" {_AMOUNT}(?: (?:hin und her|auf und ab|rauf und runter|weiter|voran|bergab"
            rf"|bergauf))?\W*$"
        ),
        rf"^how did {_AMOUNT} (?:go|move|swing|shift)\b.*$",
        (
            rf"^(?:wie (?:war|lautet|ist) |was ist |zeig mir |nenne mir )?(?:der verlauf"
            rf"|die entwicklung)"
            rf" (?:der|des|von|bei den|beim|bei der) {_WHAT}\W*$"
        ),
    )
)
_ALL_NAMED = re.compile(
    r"^(?:welche|was f[uü]r|which|what) .*(?:\b(?:bisher|bislang|so far|nacheinander|alles"
    r"|jeweils)\b)"
    r"|\b(?:im (?:zeit)?verlauf|nach und nach|schritt f[uü]r schritt|step by step|ablauf|timeline"
    r"|chronologi\w*|zeitleiste|the course of|how did .+ unfold|over time|im laufe)\b",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(
    r"\b(?:im laufe der zeit|im laufe (?:der|des) \w+|[uü]ber die (?:zeit|tage|wochen|monate|saison"
    r"|jahre)|seitdem|bisher|bislang|over (?:time|the (?:days|weeks|season|months|years))|so far"
    r"|since then)\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"^(?:(?:die|der|the) )?(?:(?:offizielle|amtliche|gesamt\w*|best[aä]tigte|official|total)\w* )?"
    r"(?:zahl|anzahl|number|zahlen|count)(?:en)? (?:der|von|an|of(?: the)?) (?P<rest>.+)$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"^(?:(?:die|der|the) )?(?P<adjective>[a-zäöü]+en )?(?P<what>[\wäöüß-]+?)-?(?:zahl(?:en)?"
    r"|konto)"
    r"(?=\W|$)(?P<rest>.*)$",
    re.IGNORECASE,
)
_TOLL = re.compile(r"^(?:die|the) (?:todes|opfer|death)[ -]?(?:zahl(?:en)?|toll)\b", re.IGNORECASE)
# "Stimmenvorsprung": by how many of what.
_BY_WHAT = re.compile(
    r"^(?:de[rmn] )?(?P<what>[A-ZÄÖÜ]\w{2,}?e?n?)s?-?(?P<by>vorsprung|abstand"
    r"|r[uü]ckstand)s?\b(?P<rest>.*)$"
)
_PLURAL = re.compile(
    r"^(?:die |the )?(?P<noun>[A-ZÄÖÜ]\w*(?:kosten|sch[aä]den|preise|zahlen|costs?|prices))",
    re.IGNORECASE,
)


def _value_asked(text: str) -> tuple[str, bool]:
    """Return the question for the value where one asks how it developed, and whether it does."""
    bare = " ".join(_OVER_TIME.sub("", text).split()).replace(" ?", "?")
    for pattern in _DEVELOPS:
        match = pattern.match(bare)
        if match:
            return _value_of(match["what"]), True
    develops = _ALL_NAMED.search(text) is not None
    if develops and not FIGURE_ASKED.search(text) and not _DAY_ASKED.search(text):
        topic = " ".join(_FILLING.sub(" ", text).split()).strip(" ,?!.")
        return (f"{topic}?" if topic else text), True
    return text, develops


_FILLING = re.compile(
    r"\b(?:kannst du|k[oö]nntest du|k[oö]nnen sie|bitte|mir|den|der|die|das|zum|ablauf|verlauf"
    r"|zusammen"
    r"|zusammenfassen|fasse?|erkl[aä]re?n?|erz[aä]hle?n?|schritt f[uü]r schritt|nach und nach"
    r"|ging es|geht es"
    r"|ging|wie|weiter|chronologi\w*|zeitleiste|vom|bis zur|bis zum|was (?:ist|war)|alles|passiert"
    r"|can you|could you|please|summari[sz]e|tell me|explain|the|timeline|of|course|step by step"
    r"|how"
    r"|did|unfold|what|happened|mit|von|bei)\b",
    re.IGNORECASE,
)


def _value_of(what: str) -> str:  # noqa: PLR0911 - one return for each way to name a quantity
    toll = _TOLL.match(what)
    if toll:
        in_english = toll[0].casefold().endswith("toll")
        begins = "How many people died" if in_english else "Wie viele Tote gibt es"
        return f"{begins} {what[toll.end() :].strip()}".rstrip() + "?"
    of = _NUMBER_OF.match(what)
    if of:
        english = re.match(r"the |number|total", what, re.IGNORECASE)
        return f"How many {of['rest']}?" if english else f"Wie viele {of['rest']}?"
    numbers = _NUMBERS.match(what)
    if numbers and f"{numbers['what']}-" in what:
        # "Salmonellen-Zahlen" count cases of what is named.
        return f"Wie viele {numbers['what']}-Fälle{numbers['rest']}?"
    if numbers:
        return f"Wie viele {_unbound(numbers['what'])}{numbers['rest']}?"
    by = _BY_WHAT.match(what)
    if by:
        return f"Wie viele {by['what']} {by['by'].capitalize()}{by['rest']}?"
    if re.match(r"the |[a-z' ]+ (?:of|in|for) ", what) and " der " not in what:
        return f"How high is {what}?" if what.startswith("the ") else f"How high are {what}?"
    if re.search(r"fl[aä]che|gr[oö][sß]+e|ausma[sß]+|gebiet", what, re.IGNORECASE):
        return f"Wie groß ist {what}?"
    return f"Wie hoch {'sind' if re.match('die ', what) else 'ist'} {what}?"


def _unbound(word: str) -> str:
    """Return the first part of a compound as a word: "Verletzten", "Todesopfer"."""
    return re.sub(r"s$", "", word) if re.match(r"(?:Teilnahme|Todes)s", word) else word


_HOW_MANY = re.compile(
    r"\b(?:wie ?viele?[nmrs]?|how (?:many|much)|um wie ?viele?)\b", re.IGNORECASE
)
_DAY_ASKED = re.compile(
    r"\b(?:\w*termine?n?s?|\w*datum|deadline|frist|stichtag|bis wann|wann|ab wann|seit wann|when"
    r"|(?:opening|start|launch|release|closing) dates?|what date|which date|zeitpunkt)\b",
    re.IGNORECASE,
)


def _kind(question: Question) -> AnswerKind:
    """Return what is asked for, by what stands first: "how many goals when …" asks for a number."""
    if _HOW_MANY.match(question.text):
        return AnswerKind.NUMBER
    if question.kind in (AnswerKind.OTHER, AnswerKind.YES_NO):
        if question.kind is AnswerKind.OTHER and _DAY_ASKED.search(question.text):
            return AnswerKind.DATE
        if FIGURE_ASKED.search(question.text):
            return AnswerKind.NUMBER
    return question.kind


def _wanted(question: Question) -> Wanted:
    if question.kind is AnswerKind.NUMBER:
        return Wanted.FIGURE
    return Wanted.DAY if question.kind is AnswerKind.DATE else Wanted.WORDS


_COUNTS = re.compile(
    r"\b(?:wie ?viele?[nmrs]?|how many|how much|(?:an)?zahl (?:der|von)|number of)\s+"
    r"(?P<words>(?:[^\W\d_]+[ -]?){1,4})",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    r"\b(?P<what>\w{3,}?)-?(?:zahl|zahlen|abzug|abbau|konto|stand)\b", re.IGNORECASE
)
# Stand between "how many" and what is counted, or say that nothing is named.
_NO_NOUN = re.compile(
    r"^(?:sind|gibt|gab|hat|hatte|war|waren|wurden?|mussten?|lagen?|gibts|ist|haben|sich|es|are"
    r"|were"
    r"|was|is|has|have|had|did|do|does|will|leben|k[oö]nnen|sollen|wollen|d[uü]rfen|starben"
    r"|kamen|people"
    r"|leute|personen|menschen|of|der|die|das|von|in|im|am|bei|beim|an|jetzt|denn|millionen"
    r"|genau)$",
    re.IGNORECASE,
)


def _counted(text: str) -> frozenset[str]:
    """Return the terms of what is counted: the noun behind "how many", compounds of number."""
    match = _COUNTS.search(text)
    found: list[str] = []
    if match:
        for word in match["words"].replace("-", " ").split():
            if _NO_NOUN.match(word):
                break
            found += content_terms(word)
            if word[0].isupper() and found:
                break
    else:
        found += [term for one in _COMPOUND.finditer(text) for term in content_terms(one["what"])]
    return frozenset(found)


_PRICED = re.compile(
    r"\bwas (?:kostet|kosten|kostete|kosteten) (?:(?:der|die|das|ein|eine|denn|so|eigentlich) )*"
    r"(?P<thing>[^\W\d_]+)|\bwie teuer (?:ist|sind|war|waren|wird|werden) (?:(?:der|die|das|ein"
    r"|eine) )?"
    r"(?:\w+[enr] )?(?P<thing2>[A-ZÄÖÜ][^\W\d_]+)",
    re.IGNORECASE,
)


_FULL_NAME = re.compile(r"(?<=[a-zäöüß] )([A-ZÄÖÜ][\w’'-]+) ([A-ZÄÖÜ][\w’'-]+)(?![\w-])")


_ARTICLE = re.compile(
    r"(?<!\w)(?:d(?:as|em|en|er|es|ie)|the|eine?[mnrs]?|[ai]m|ans|ins|beim|fürs|ums|vom|zu[mr])\s$",
    re.IGNORECASE,
)
# Who is named in a clause of when is not who is asked about.
_BY_THEN = re.compile(r",? (?:als|nachdem|bevor|when|after|before) (?=[^\W\d_])")
_FIRST_NAME = 4  # letters; less is a title or a club's


def _person(text: str) -> frozenset[str]:
    """Return the terms of a full name: of first and last name a dictionary lacks one at least.

    A person has no article: "fürs Stadion Auental" names a place.
    """
    for match in _FULL_NAME.finditer(text):
        if _ARTICLE.search(text, 0, match.start()):
            continue
        if any(map(is_name_like, match.groups())) and len(match[1]) >= _FIRST_NAME:
            return frozenset(content_terms(match[0]))
    return frozenset()


_WORKS = re.compile(
    r"(?:ung|bau|arbeiten|reparatur\w*|projekt\w*|vorhaben|ma[sß]+nahmen?)$", re.IGNORECASE
)


def _objects(text: str) -> frozenset[str]:
    """Return the terms of the thing whose price is asked for: works go by many names."""
    match = _PRICED.search(text)
    if match is None or _WORKS.search(match["thing"] or match["thing2"]):
        return frozenset()
    return frozenset(content_terms(match["thing"] or match["thing2"]))


def _matter(text: str) -> frozenset[str]:
    """Return the terms of what is to happen, of a question that asks when: names as a last resort.

    Whoever is named stands beside many a day.
    """
    terms = frozenset(content_terms(text)) - frozenset(
        content_terms("wann genau when termin welche bisher genannt wird werden stand neu")
    )
    names = {
        token.term
        for token in tokens(text)
        if text[token.start].isupper() and is_name_like(text[token.start : token.end])
    }
    return terms - names or terms


def is_like(one: str, other: str) -> bool:
    """Whether two terms are forms or compounds of one noun: "Saisontore" and "Tore"."""
    one, other = fold(one), fold(other)
    short, long = sorted((one, other), key=len)
    if len(short) < 3:  # noqa: PLR2004 - too little to tell
        return short == long
    return long.startswith(short) or long.endswith(short)
