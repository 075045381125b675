"""Whether a clause tells what was or what will be, as far as its verbs show."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.types import Language


class Tense(StrEnum):
    """What a clause tells of."""

    PAST = "past"
    COMING = "coming"


_STRONG = (
    r"war|waren|wurden?|hatten?|worden|gewesen|gab|gaben|kam|kamen|ging|gingen|stand|standen"
    r"|fiel|fielen"
    r"|stieg|stiegen|sank|sanken|zog|zogen|nahm|nahmen|fand|fanden|starb|starben|blieb|blieben"
    r"|lag|lagen"
    r"|ließ|ließen|hielt|hielten|traf|trafen|brach|brachen|rief|riefen|sprach|sprachen|schrieb"
    r"|schrieben"
    r"|trat|traten|trug|trugen|verlor|verloren|gewann|gewannen|begann|begannen|wies|wiesen|schloss"
    r"|schlossen|bat|baten|hieß|hießen|sah|sahen|lief|liefen|fuhr|fuhren|schlug|schlugen|erhielt"
    r"|erhielten"
    r"|wusste|brachte|brachten|dachte|nannten|mussten|konnten|wollten|durften|sagten|teilten"
    r"|meldeten"
    r"|machten|zeigten|stellten|führten|erklärten|kündigten|stimmten|forderten|rückten|legten"
    r"|setzten"
    r"|ergab|ergaben|entschied|entschieden|verschob|verschoben|beschloss|beschlossen"
    r"|unterschrieb|bekannt gab"
)
_GERMAN_PAST = re.compile(
    rf"(?<!\w)(?:{_STRONG}|(?!heute|könnte|sollte|möchte|müsste|hätte|dürfte|würde|bitte|weite"
    rf"|erste|letzte"
    r"|nächste|beste|späte|breite|heutige)[a-zäöü]{2,}te)(?!\w)"
)
_PERFECT = re.compile(
    r"(?<!\w)(?:hat|haben|habe|hätten|ist|sind|sei"
    r"|seien)(?!\w).*(?<!\w)(?:[a-zäöü]*ge[a-zäöüß]{2,}(?:t|en)"
    r"|[a-zäöü]+iert|worden|gewesen|(?:be|ver|er|ent|zer|miss)[a-zäöüß]{2,}(?:t|en))(?!\w)"
)
_FIRM_GERMAN = re.compile(
    r"(?<!\w)(?:soll(?:en)?|will|wollen|wird|werde|werden|würden?|kann|können|könnten?|muss"
    r"|müssen|darf|dürfen"
    r"|geplant|vorgesehen|angesetzt|terminiert|anberaumt)(?!\w)"
)
_DONE = re.compile(r"(?<!\w)(?:worden|gewesen|war|waren|hatten?|wurden?)(?!\w)")
_GERMAN_VERB = re.compile(
    r"(?<!\w)(?!sieben|seit|mit|dort|nicht|laut|jetzt|zuletzt|sonst|fast|erst|oft|samt|weit|gut"
    r"|den|einen|ihren"
    r"|seinen|keinen|diesen|allen|neuen|gegen|kommenden|nächsten|vergangenen|letzten|zwischen|neben"
    r"|wegen|beiden|anderen|rund|ersten|frühestens|spätestens|zweiten|breit|bereit|statt"
    r"|zunächst|insgesamt"
    r"|selbst|fest|heißt es)[a-zäöüß]{2,}(?:t|en|werde|wolle|solle|könne|müsse)(?!\w)"
    r"|(?<!\w)(?:will|soll|kann|muss|darf|sind|werde|wolle|solle)(?!\w)"
)
_ENGLISH_COMING = re.compile(
    r"(?<!\w)(?:will|would|shall|may|might|can|could|should|must|due|expected|scheduled|planned"
    r"|plans?|set"
    r"|going|intends?|hopes?|is|are|starts?|begins?|opens?|resumes?|takes? place|has to|have to"
    r"|wants? to)"
    r"(?!\w)"
)
_ENGLISH_PAST = re.compile(
    r"(?<!\w)(?:was|were|had|said|told|took|left|came|went|found|gave|got|made|met|rose|fell"
    r"|began|broke"
    r"|died|killed|put|led|lost|won|spoke|held|saw|struck|hit|spent|wrote|[a-z]{2,}ed)(?!\w)"
)
_FIRM_COMING = re.compile(
    r"(?<!\w)(?:will|would|due|expected|scheduled|planned|plans to|(?:is|are) set to|going to"
    r"|hopes to)(?!\w)"
)
_CLAUSE = re.compile(r"[;:–—]|,(?!\d)|\.(?=\s[A-ZÄÖÜ])|(?<=\w)\s(?=(?:während|nachdem|weil)\s)")

_REACH = 300  # characters of a clause


def tense_at(text: str, start: int, end: int, language: Language) -> Tense | None:
    """Return what the clause around a stretch tells of, None where it does not show."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    for match in _CLAUSE.finditer(text, first, last):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            last = match.start()
            break
    clause = text[first:start] + " … " + text[end:last]
    read = _german if language is Language.GERMAN else _english
    return read(clause)


def _german(clause: str) -> Tense | None:
    if _FIRM_GERMAN.search(clause) and not _DONE.search(clause):
        return Tense.COMING
    if _GERMAN_PAST.search(clause) or _PERFECT.search(clause):
        return Tense.PAST
    return Tense.COMING if _GERMAN_VERB.search(clause) else None


def _english(clause: str) -> Tense | None:
    if _FIRM_COMING.search(clause):
        return Tense.COMING
    if _ENGLISH_PAST.search(clause):
        return Tense.PAST
    return Tense.COMING if _ENGLISH_COMING.search(clause) else None
