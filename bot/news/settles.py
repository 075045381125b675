"""Which sentence settles a question for words: by whom said, won, led, why, whether, how it ended.

A reader knows what a sentence is about; of those on the matter the one that decides it says so by
its verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.news.noun_phrases import is_no_name
from index.terms import content_terms


@dataclass(frozen=True, slots=True)
class _Sort:
    """Questions of one sort, what settles them and what does not; `named` if only with a name."""

    asked: re.Pattern[str]
    settles: re.Pattern[str]
    unsettles: re.Pattern[str] | None = None
    named: bool = False
    worth: float = 1.0


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_SORTS = (
    _Sort(  # what somebody said
        _words(
            r"(?:was|wie) (?:sagt\w*|meint\w*|antwort\w*|entgegn\w*|erwider\w*|kommentier\w*"
            r"|reagier\w*|erkl[aä]rt\w*|versprach|verspricht|[aä]u[sß]+ert\w*)"
            r"|(?:was|wie) (?:hat|haben|hatte) .{1,80}(?:gesagt|gemeint|geantwortet|kommentiert"
            r"|reagiert|erkl[aä]rt|versprochen|ge[aä]u[sß]+ert)"
            r"|(?:what|how) (?:did|does|has|have) .{1,80}(?:say|said|comment(?:ed)?|react(?:ed)?"
            r"|respond(?:ed)?|repl(?:y|ied)|promise[d]?|answer(?:ed)?)"
            r"|wie (?:lautete|war) die (?:reaktion|antwort)"
        ),
        re.compile(r"[„“»«\"][^„“”»«\"]{8,}[“”«»\"]"),
        worth=1.5,
    ),
    _Sort(  # why, and what caused it
        _words(
            r"warum|wieso|weshalb|weswegen|wodurch|ursachen?|ausl[oö]ser|grund|gr[uü]nde|why"
            r"|cause[ds]?"
            r"|reasons?|how come|wie (?:kam|konnte) es"
        ),
        _words(
            r"weil|wegen|aufgrund|ursache\w*|verursach\w*|ausl[oö]s\w*|ausgel[oö]st|entz[uü]nde\w*"
            r"|zur[uü]ckzuf[uü]hren|zur[uü]ckgef[uü]hrt|schuld|(?:als|der) grund|begr[uü]nde\w*"
            r"|f[uü]hrte\w* (?:zu|dazu)|hervorgerufen|infolge|l(?:a|ie)gt? an|lag daran|nachdem"
            r"|because|due to|caused?|causing|triggered|sparked|blamed?|led to|result of|owing to"
            r"|stems? from|after a"
        ),
        _words(
            r"unklar|ungekl[aä]rt\w*|r[aä]tsel\w*|offen geblieben|unclear|unknown|mystery"
            r"|nicht .{0,25}(?:schuld|ursache|grund|ausl[oö]ser)|not .{0,25}(?:cause|blame|fault)"
            r"|ermittelt (?:noch )?(?:zur|die|nach der) ursache"
        ),
    ),
    _Sort(  # by what way somebody got in or out
        _words(
            r"wie (?:sind|ist|kam\w*|gelang\w*|konnten?|schaffte\w*|drang\w*|haben|hat)"
            r" .{1,80}(?:gekommen|gelangt"
            r"|eingedrungen|geflohen|entkommen|gelungen|geschafft|hinein\w*|ins .+|in (?:das|die"
            r"|den) .+)"
            r"|how (?:did|could) .{1,80}(?:get|enter|break|gain|escape|manage)\b.*"
        ),
        _words(
            r"(?:gelang\w*|drang\w*|eindrang\w*|eingedrungen|stieg\w*|eingestiegen|kam(?:en)?"
            r"|gekommen"
            r"|verschaff\w*|floh\w*|nutzten?|entkam\w*)\b.{0,80}\b(?:durch|[uü]ber|mit|mithilfe"
            r"|mittels|via)"
            r"|(?:durch|[uü]ber|mit|mithilfe|mittels|via)\b.{0,80}\b(?:gelang\w*|eingedrungen"
            r"|eindrang\w*"
            r"|eingestiegen|gekommen|geflohen|entkommen|ins|ein)"
            r"|(?:entered|got|came|broke|gained|escaped|slipped)\b.{0,80}\b(?:through|via|using"
            r"|by|with)"
        ),
    ),
    _Sort(  # who won, who is in front
        _words(
            r"wer (?:hat|gewann|gewinnt|siegt\w*|ist|liegt|lag|f[uü]hrt\w*|wurde|wird)\b.{0,80}"
            r"(?:gewonnen|sieger\w*|gesiegt|vorn\w*|vorne|f[uü]hrung|gew[aä]hlt|meister"
            r"|durchgesetzt)"
            r"|wer (?:gewann|gewinnt|siegte?|f[uü]hrt(?= (?:bei|in der) (?:\w+ )?\w*(?:wahl"
            r"|umfrage|tabelle)))"
            r"|who (?:won|wins|has won|is winning|is ahead|was ahead|is leading|leads|led|was"
            r" elected)"
        ),
        _words(
            r"gewonnen|gewann|gewinnt|gewinner\w*|sieg\w*|gesiegt|setzt\w* sich\b.*\bdurch"
            r"|durchgesetzt"
            r"|bleibt|vorn\w*|[uü]berhol\w*|f[uü]hrt\w*|gew[aä]hlt|unterlag|unterlegen\w*"
            r"|vorbeigezogen"
            r"|won|wins?|winner|victory|beat|beaten|defeated|overtak\w+|overtook|ahead|leads?"
            r"|elected"
            r"|remains?|re-?elected"
        ),
        None,
        named=True,
    ),
    _Sort(  # who is at the head of something
        _words(
            r"wer (?:ist|war|wird|leitet\w*|f[uü]hrt\w*|regiert\w*|steht|[uü]bernimmt|[uü]bernahm"
            r"|hat|vertritt)(?! .*(?:gewonnen|vorn|vorne))"
            r"|wie hei[sß]+t (?:der|die) (?:neue|neuer|jetzige|aktuelle)?"
            r"|who (?:is|was|leads|heads|runs|chairs|succeeds|became|will be|takes over|took over)"
        ),
        _words(
            r"leite\w*|f[uü]hrt|f[uü]hren|[uü]bern[aei]hm\w*|[uü]bernimmt|bleibt|im amt|an"
            r" (?:der|die) spitze"
            r"|nachfolger\w*|folgt auf|ernannt|berufen|gew[aä]hlt|vereidigt|amtiert|angetreten"
            r"|(?:amts|"
            r"dienst)antritt|neue[rn]? (?:\w*chef\w*|\w*leiter\w*|\w*minister\w*|\w*meister\w*"
            r"|trainer\w*"
            r"|direktor\w*|vorsitzende\w*)|heads?|leads?|runs|remains?|appointed|named|sworn in"
            r"|elected"
            r"|takes over|took over|taken over|succeeds?|succeeded|in office"
        ),
        _words(
            r"zur[uü]ckgetreten|r[uü]cktritt\w*|tritt zur[uü]ck|vorg[aä]nger\w*|ehemalig\w*"
            r"|fr[uü]here[rn]?"
            r"|scheidende\w*|resign\w*|former|predecessor|stepped down|outgoing"
        ),
        named=True,
    ),
    _Sort(  # what somebody offers or demands: the newest holds
        _words(
            r"(?:was|wie ?viel) (?:hat|haben|hatten?) .{1,80}(?:angeboten|geboten|gefordert"
            r"|verlangt"
            r"|vorgeschlagen|zugesagt|versprochen)"
            r"|was (?:bietet|bieten|bot|boten|forder\w*|verlang\w*|will|wollen|schl[aä]gt) .+"
            r"|what (?:did|does|has|have|is|are) .{1,80}(?:offer\w*|demand\w*|propos\w*)"
        ),
        _words(
            r"biete[tn]?|bot(?:en)?|\w*angebot\w*|angeboten|geboten|forder\w*|gefordert|verlang\w*"
            r"|zugesagt|vorgeschlagen|legt\w*\b.{0,60}\bnach|besser\w*\b.{0,60}\bnach"
            r"|offer\w*|demand\w*|propos\w*"
        ),
    ),
    _Sort(  # whether it is so any more
        _words(
            r"noch|weiterhin|vorbei|schon|bereits|immer noch|wieder|still|over|already|any ?more"
            r"|yet"
        ),
        _words(
            r"aufgehoben|hebt\b.{0,80}\bauf|hob\b.{0,80}\bauf|beendet\w*|zu ende|vorbei"
            r"|[uü]berstanden"
            r"|entwarnung|freigegeben|abgesagt|ausgelaufen|verl[aä]nger\w*|gilt weiter\w*|in kraft"
            r"|au[sß]+er kraft|gekippt|gestoppt|zur[uü]ckgenommen|ausgesetzt|nicht mehr|wieder"
            r" (?:ge[oö]ffnet"
            r"|offen|frei|auf|in betrieb|freigegeben)|lifted|ended|is over|cancell?ed|reopen\w*"
            r"|extended"
            r"|remains? in (?:force|place)|scrapped|overturned|quashed|suspended|no longer|all[-"
            r" ]clear"
            r"|called off|resum\w*"
        ),
    ),
    _Sort(  # how a vote or a trial ended
        _words(
            r"wie (?:ist|ging|endete|war|hat)\b.{1,80}(?:ausgegangen|aus|abgestimmt|entschieden"
            r"|geendet)"
            r"|ergebnis\w*|ausgang|wie knapp|wie (?:lautet|lautete|fiel) (?:das|der)?"
            r" ?\w*(?:urteil|spruch)"
            r"|how did .{1,80}(?:vote|end|go|turn out)|outcome|result"
        ),
        _words(
            r"stimmte\w*|votierte\w*|mit \w+ (?:zu|gegen) \w+|stimmen|mehrheit|einstimmig"
            r"|angenommen"
            r"|abgelehnt|beschlossen|beschloss|verurteilt|freigesprochen|voted?|passed|rejected"
            r"|approved|unanimous\w*|by \w+ (?:votes )?to \w+|sentenced|acquitted|convicted"
        ),
    ),
)
_STILL = next(sort for sort in _SORTS if sort.asked.match("noch"))
_REPEATED = 0.5
_NAME = re.compile(r"(?P<first>[A-ZÄÖÜ][\w’'-]+)\s[A-ZÄÖÜ][\w’'-]+")
_WHETHER = re.compile(
    r"^\W*(?:ist|sind|war|hat|haben|wird|werden|wurden?|kann|darf|d[uü]rfen|muss|soll|gibt|gilt"
    r"|gelten"
    r"|bleib\w*|l[aä]uft|f[aä]hrt|fahren|kommt|kommen|macht|tritt|geht|steht|schlie[sß]+t|[oö]ffnet"
    r"|is|are|was(?= (?:the|it|he|she|there|any|a)\b)|has|have|did|does|do|can|will|would|should"
    r"|must)\s"
    r"|\boder nicht\W*$|\bor not\W*$|\bvorbei\W*$",
    re.IGNORECASE,
)


def is_whether(question: str) -> bool:
    """Whether a question can be answered with yes or no."""
    return _WHETHER.search(question) is not None


def settles(question: str, sentence: str) -> float:
    """Return how plainly a sentence settles a question, from -1 to 1.5; 0 where nothing tells."""
    sort = _sort(question)
    if sort is None:
        # Who can be told yes or no is told it by the question's own verb.
        return _REPEATED if is_whether(question) and _says_again(question, sentence) else 0.0
    if sort.unsettles is not None and sort.unsettles.search(sentence):
        return -1.0
    if not sort.settles.search(sentence) or (sort.named and not _has_name(sentence)):
        return 0.0
    return max(sort.worth, 1.5 if _says_again(question, sentence) else 1.0)


@lru_cache(maxsize=64)
def _sort(question: str) -> _Sort | None:
    for sort in _SORTS:
        if sort.asked.search(question) and (sort is not _STILL or is_whether(question)):
            return sort
    return None


@lru_cache(maxsize=64)
def _verbs(question: str) -> frozenset[str]:
    """Return the terms of a question's words in small letters: its verbs, mostly."""
    if question.islower():
        return frozenset()  # nobody knows which of them are verbs
    words = re.findall(r"(?<!\w)[a-zäöüß]{4,}(?!\w)", question)
    return frozenset(term for word in words for term in content_terms(word))


def _says_again(question: str, sentence: str) -> bool:
    return not _verbs(question).isdisjoint(content_terms(sentence))


def _has_name(sentence: str) -> bool:
    """Whether somebody is named: two words with a capital, the first no article or day."""
    return any(not is_no_name(match["first"]) for match in _NAME.finditer(sentence))
