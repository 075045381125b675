"""Who sets the figure of a sentence by what is done there: offers, orders, demands or grants it.

`claimants` reads who says something. "The court has sentenced him to four years" has a source as
well: its subject, or whom a passive names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from bot.news.claimants import (
    WrittenClaimant,
    claimants_in,
    clauses_of,
    far_from,
    subject_of_verb,
)
from bot.news.english_speakers import named_behind, subject_before
from bot.news.noun_phrases import S, noun_phrase_at
from bot.news.tongue import tongue_of
from bot.types import Language

_MONEY = r"\b(?:Euro|Dollar|Franken|Pfund|Kronen|Prozent)\b|[€$%]"
# Forms of a verb, and what must stand in its sentence for it to set something.
_GERMAN = (
    ("erhöht erhöhte erhöhten erhöhen senkt senkte senkten senken kürzt kürzte kürzten", None),
    ("kürzen verlängert verlängerte verlängerten begrenzt begrenzte begrenzten beschränkt", None),
    ("beschränkte deckelt deckelte verurteilt verurteilte verurteilten verhängt verhängte", None),
    ("beantragt beantragte beantragten bewilligt bewilligte bewilligten genehmigt", None),
    ("genehmigte verspricht versprechen versprach versprachen verdoppelt verdoppelte", None),
    ("streicht strich strichen streichen anhob anhoben aufstockt aufstockte aufstockten", None),
    ("festlegte festsetzte heraufsetzte herabsetzte ausweitete anbot anboten zusagte", None),
    ("zusagten bereitstellte halbiert halbierte drosselt drosselte reduziert reduzierte", None),
    ("erlässt erließ erließen beschließt billigt billigte billigten verlangt fordert", None),
    ("zahlt zahlte zahlten zahlen spendet spendete investiert investierte investierten", _MONEY),
    ("bietet bot bieten boten", _MONEY),
    ("hebt hob hoben beraumt beraumte ordnet ordnete", r"\ban\b"),
    ("legt legte legten", r"\b(?:drauf|fest|nach)\b"),
    ("setzt setzte setzten", r"\b(?:auf|bei|an|ab|aus)\b"),
    ("sagt sagte sagten stellt stellte stellten", r"\b(?:zu|bereit|in Aussicht)(?=\W*$|[,;:.])"),
    ("weitet weitete weiteten dehnt dehnte lobt lobte schreibt schrieb", r"\baus(?=\W*$|[,;:.])"),
    ("baut baute bauten", r"\bab(?=\W*$|[,;:.])"),
)  # fmt: skip
_GERMAN_VERBS = MappingProxyType({
    form: re.compile(frame) if frame else None for forms, frame in _GERMAN for form in forms.split()
})  # fmt: skip
_PARTICIPLES = re.compile(
    r"(?<!\w)(?:(?:an|nach)?geboten|angehoben|aufgestockt|draufgelegt|nachgelegt|gesetzt|abgesenkt"
    r"|gestrichen|verurteilt|zugesagt|bereitgestellt|freigegeben|ausgeweitet|ausgedehnt|verlängert"
    r"|verkürzt|begrenzt|beschränkt|gedeckelt|festgelegt|angesetzt|anberaumt|beantragt|bezahlt"
    r"|gezahlt|überwiesen|gespendet|verdoppelt|halbiert|gedrosselt|erlassen|gebilligt|ausgelobt"
    r"|ausgeschrieben|investiert|abgebaut|in Aussicht gestellt|heraufgesetzt|herabgesetzt"
    r"|ausgesetzt|gewährt|vergeben|zugesprochen|auferlegt|erstattet|gutgeschrieben|vereinbart"
    r"|ausgehandelt|verabschiedet|festgenommen|verhaftet|gefasst|beschlagnahmt"
    r"|sichergestellt|angeklagt"
    r"|freigesprochen|eingeplant|vorgeschlagen|vorgesehen|versprochen)(?!\w)"
)
_INFINITIVES = re.compile(
    r"(?<!\w)(?:(?:an|nach)?bieten|anheben|erhöhen|senken|absenken|kürzen|streichen|aufstocken"
    r"|zahlen|verlängern|verkürzen|begrenzen|beschränken|deckeln|beantragen|bewilligen|zusagen"
    r"|investieren|bereitstellen|festlegen|festsetzen|ausweiten|ausgeben|abbauen|entlassen"
    r"|einstellen|bauen|ausloben|verlangen|fordern|verhängen|reduzieren|verdoppeln|halbieren"
    r"|schaffen|schließen|spenden|aufnehmen|errichten)(?!\w)"
)
_HAVE = frozenset({"hat", "haben", "hatte", "hatten", "habe", "hätten"})
_MODALS = frozenset({"will", "wollen", "wollte", "wollten", "möchte", "möchten"})
_WERE = frozenset({"war", "waren", "ist", "sind", "sei", "seien"})
_GOT_TO = re.compile(
    r"\bauf\s(?:[^,;.]|[.,](?=\d))*\bgekommen(?!\w)|\bvon\s(?:[^,;.]"
    r"|[.,](?=\d))*\bausgegangen(?!\w)"
)
_PASSIVE = re.compile(
    r"(?<!\w)(?:wird|werden|wurden?|worden)(?!\w)(?=(?:[^.;]"
    r"|\.(?=\d))*(?<!\w)(?:\w*(?:geboten|gesetzt|gehoben)"
    r"|verurteilt|geschätzt|beziffert|angegeben|veranschlagt|gezählt|bewilligt|beantragt|gefordert"
    r"|verlangt|zugesagt|bestätigt|ermittelt|festgelegt|gemeldet|genannt|verhängt|begrenzt)(?!\w))"
)
_BY = re.compile(rf"(?<!\w)(?:vom|von{S}de[rnm]|durch{S}d(?:as|ie|en)|von)(?={S}[A-ZÄÖÜ])")
_TALK = re.compile(
    rf"(?<!\w)(?:[Ii]m|[Bb]eim|(?:[Ii]n|[Bb]ei|[Aa]us){S}(?:der|dem|den))(?={S})"
    rf"(?=(?:[^.;]|\.(?=\d))*{S}von{S}(?:[^.;]|\.(?=\d))*{S}die{S}Rede(?!\w))"
)
_WORD = re.compile(r"[a-zäöüß]+(?![\w-])")
_ENGLISH = re.compile(
    r"(?<![\w’'-])(?:offer(?:s|ed|ing)?|bid(?:s|ding)?|ask(?:s|ed|ing)?\sfor|call(?:s|ed|ing)?\sfor"
    r"|seek(?:s|ing)?|sought|want(?:s|ed)?|set(?:s|ting)?|fin(?:es|ed|ing)|sentenc(?:es|ed|ing)"
    r"|jail(?:s|ed|ing)|award(?:s|ed|ing)?|pledg(?:es|ed|ing)|promis(?:es|ed|ing)"
    r"|propos(?:es|ed|ing)|spoke\sof|speaks?\sof|talk(?:s|ed|ing)?\sof|rais(?:es|ed|ing)"
    r"|cut(?:s|ting)?|lower(?:s|ed|ing)|increas(?:es|ed|ing)|grant(?:s|ed|ing)|approv(?:es|ed|ing)"
    r"|arrest(?:s|ed|ing)|seiz(?:es|ed|ing)|charg(?:es|ed|ing)|detain(?:s|ed|ing)"
    r"|order(?:s|ed|ing)|limit(?:s|ed|ing)|budget(?:s|ed|ing)|request(?:s|ed|ing)|capped)"
    r"(?![\w’'-])"
)
_ENGLISH_PASSIVE = re.compile(
    r"(?<!\w)(?:is|are|was|were|been|be)\s(?:\w+\s){0,2}?(?:sentenced|fined|jailed|ordered|awarded"
    r"|offered|put|estimated|given|confirmed|announced|set|approved|imposed|counted|released"
    r"|reported|provided|recorded|published|raised|lowered|cut|ruled)(?!\w)(?:[^.;]"
    r"|\.(?=\d)){0,80}?\sby(?!\w)"
)
_NUMBERS = re.compile(
    r"zahl|angabe|sch[aä]tz|prognose|bilanz|schaden|sch[aä]den|kosten|figure|number|estimate|toll"
    r"|die rede",
    re.IGNORECASE,
)
_BE = re.compile(r"(?<!\w)(?:is|are|was|were|been|be)(?!\w)")
_AUXILIARIES = re.compile(
    r"(?:\s(?:has|had|have|is|are|was|were|been|will|would|wants\sto|plans\sto|now|also|already"
    r"|earlier|since|initially|finally|later|still))+$"
)


def only_sets(sentence: str, claimant: str) -> bool:
    """Whether somebody only sets a figure: an offer does not contradict what others reckon.

    Who sets a number of what is so tells it: "hat die Zahl auf 310 nach oben gesetzt".
    """
    if _NUMBERS.search(sentence):
        return False
    said = (sentence[one.start : one.end] for one in claimants_in(sentence))
    return not any(claimant in one or one in claimant for one in said) and any(
        claimant in sentence[one.start : one.end] for one in setters_in(sentence)
    )


def setters_in(text: str, language: Language | None = None) -> list[WrittenClaimant]:
    """Return who sets what a text says, in their order."""
    spoken = tongue_of(text) or language or Language.GERMAN
    found = _english(text) if spoken is Language.ENGLISH else _german(text)
    return sorted(found, key=lambda one: one.start)


def _german(text: str) -> Iterator[WrittenClaimant]:
    for match in _TALK.finditer(text):
        yield from _named(noun_phrase_at(text, match.end()), match.start())
    if _PASSIVE.search(text):
        for match in _BY.finditer(text):
            yield from _named(noun_phrase_at(text, match.end()), match.start())
    clauses = clauses_of(text)
    for index, (start, end) in enumerate(clauses):
        far = far_from(clauses, index)
        for word in _WORD.finditer(text, start, end):
            if _sets(text, word, far):
                found = subject_of_verb(text, clauses, index, word)
                if found is not None:
                    yield found
                    break


def _sets(text: str, word: re.Match[str], far: int) -> bool:
    verb = word.group()
    if verb in _HAVE:
        return _PARTICIPLES.search(text, word.end(), far) is not None
    if verb in _MODALS:
        return _INFINITIVES.search(text, word.end(), far) is not None
    if verb in _WERE:
        return _GOT_TO.search(text, word.end(), far) is not None
    if verb not in _GERMAN_VERBS:
        return False
    frame = _GERMAN_VERBS[verb]
    return frame is None or frame.search(text) is not None


def _named(span: tuple[int, int] | None, at: int) -> Iterator[WrittenClaimant]:
    if span is not None:
        yield WrittenClaimant(span[0], span[1], at)


def _english(text: str) -> Iterator[WrittenClaimant]:
    for match in _ENGLISH_PASSIVE.finditer(text):
        yield from _named(named_behind(text, match.end()), match.start())
    for verb in _ENGLISH.finditer(text):
        auxiliaries = _AUXILIARIES.search(text, 0, verb.start() - 1)
        if auxiliaries and _BE.search(auxiliaries[0]) and not verb[0].split()[0].endswith("ing"):
            continue  # a passive
        found = subject_before(text, auxiliaries.start() if auxiliaries else verb.start(), verb)
        if found is not None:
            yield WrittenClaimant(*found)
