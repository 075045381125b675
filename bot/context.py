"""Whether a sentence can stand alone, and the sentence before it where it cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Sentence, Span

# With its context a quotation is still to be read at a glance.
MOST_WORDS = 60

_OPENERS = "\"'„“”‚‘»«›‹(["
_CLOSERS = "\"'“”’‘»«›‹)]"
_TIMES = (
    r"(?:früh|spät|vor|nach)?(?:jahr|woche|monat|tag|stund|minut|sekund|mal\b|saison|sommer|herbst|winter|frühjahr|frühling"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|morgen|abend|nacht)"
)
_ENGLISH_TIMES = (
    r"(?:year|week|month|day|morning|afternoon|evening|night|summer|autumn|fall|winter|spring"
    r"|season|time|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
_DIES = r"dies(?:e[mnrs]?)?"
_PREPOSITION = (
    r"(?:an|auf|aus|bei|durch|für|gegen|hinter|in|mit|nach|neben|ohne|seit|trotz|über|um|unter|von"
    r"|vor|während|wegen|zu|zwischen|zum|zur|aufgrund|laut)"
)
# Verbs that make of "das" or "die" before them a pronoun and of "da" an adverb. Adjectives after
# the article end alike ("das letzte Mal"), so that no rule can stand in for the list.
_VERB = (
    r"(?:ist|war|sei|wäre|waren|sind|seien|hat|hatte|habe|hätte|haben|hatten|hätten|wird|werde|würde"
    r"|werden|wurde|wurden|würden|kann|könne|könnte|konnte|muss|müsse|müsste|musste|soll|solle"
    r"|sollte|will|wolle|wollte|darf|dürfe|dürfte|durfte|mag|gilt|galt|gelte|geht|ging|gehe|gab"
    r"|gibt|kam|kommt|liegt|lag|liege|heißt|hieß|heiße|macht|machte|mache|sagte|sagten|sagt|sagen"
    r"|teilte|teilten|berichtet|berichtete|berichteten|berichten|meldete|meldeten|meldet|melden"
    r"|erklärte|erklärten|bestätigte|bestätigten|schreibt|schrieb|schreiben|schrieben|geschah"
    r"|geschieht|ergab|ergibt|ergaben|zeigt|zeigte|zeigen|zeigten|bedeutet|bedeutete|führt|führte"
    r"|entspricht|entsprach|betrifft|betraf|reicht|reichte|sieht|sah|sehen|sahen|steht|stand"
    r"|gehört|gehörte|gelang|gelingt|löste|sorgt|sorgte|stellte|passt|passierte|bringt|brachte"
    r"|erfuhr|forderte|forderten|kündigte|kündigten|kritisierte|kritisierten)"
)
# Begins with a word that points back. Capital letters are read as they stand: "Sie" is a pronoun at
# the beginning of a sentence only.
_POINTS_BACK = re.compile(
    rf"""
    (?:er|ihm|ihn|ihnen)\b
    | sie\b
    | (?:seine?[mnrs]?|ihre?[mnrs]?)[ ]\w
    | {_DIES}\b(?![ ](?:\w+[ ])?{_TIMES})
    | {_PREPOSITION}[ ](?:{_DIES}\b(?![ ](?:\w+[ ])?{_TIMES})|(?:ihm|ihn|ihnen)\b|dort\b|dessen\b
        |deren\b)
    | (?:der|die|das|den|dem|des)selben?\b | (?:jene|solche)[mnrs]?\b | beide[nr]?\b
    | (?:letztere|erstere)[mnrs]?\b | (?:dessen|deren)\b
    | (?:das|der|die|da)[ ]{_VERB}\b
    | (?:dort|dorthin|dorther|hierbei|hierfür|hierzu|hiermit|hierdurch)\b
    | (?:dabei|dadurch|dafür|dagegen|daher|dahinter|danach|daneben|daran|darauf|daraufhin|daraus
        |darin|darüber|darum|darunter|davon|davor|dazu|dazwischen|deshalb|deswegen|demnach
        |infolgedessen|stattdessen|anschließend|unterdessen)\b
    | damit\b(?![ ](?:der|die|das|den|dem|ein\w*|es|er|sie|man|wir|ich|sich|kein\w*|auch|nicht)\b)
    | (?:\w+[ ])?(?:kurz|wenig|bald|tags|tage?|jahre?|jahren|monate?|wochen?|stunden?|minuten|zeit)
        [ ](?:zuvor|davor|danach|darauf|später)\b
    | zuvor\b
    | (?:im|in|am|zur|zum|vom)[ ](?:de[rmn][ ])?(?:selben|gleichen)\b
    | es[ ](?:handel|verfüg|umfass|gehör|zähl|befind|befand|stamm|diente?\b|enthält|enthielt
        |bietet|bestehe?t[ ]aus|sieht[ ]vor|trägt|trug)\w*
    | (?:he|she|they|him|them)\b
    | (?:his|her|their|its)[ ]\w
    | it[ ](?!(?:is|was|'s|will|would|has[ ]been|seems?|seemed|appears?|appeared|takes?|took|may
        |might|could|remains?|remained)\b)\w
    | (?:this|these|those|such)\b(?![ ](?:\w+[ ])?{_ENGLISH_TIMES})
    | that[ ](?:\w+[ ])?\w
    | there\b(?![ ](?:is|are|was|were|has|have|had|will|would|may|might|can|could|seems?)\b)
    | (?:therefore|thereafter|afterwards?|subsequently|thus|hence|instead|consequently)\b
    | (?:\w+[ ])?(?:days?|weeks?|months?|years?|hours?|minutes?)[ ](?:later|earlier|before|after)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Damals war er ...", "Gestern sagte sie ...": no noun comes before the pronoun.
_PRONOUN_SOON = re.compile(
    r"\w+(?: [a-zäöüß0-9]\w*){0,3} (?:er|sie|ihn|ihm|ihnen)\b"
    r"|(?:[Ii]n|[Oo]n|[Aa]t|[Bb]y|[Ss]ince)(?: \w+){1,2},? (?:he|she|they)\b"
    r"|(?:[Ll]ater|[Tt]hen|[Nn]ow|[Ww]hen|[Ww]hile|[Aa]fter|[Bb]efore|[Aa]s|[Aa]lso|[Yy]esterday"
    r"|[Tt]oday)(?: [a-z0-9]\w*){0,2},? (?:he|she|they)\b"
)
# May come before a word that points back: "Auch er", "Doch das", "And there".
_CONNECTIVE = re.compile(
    r"(?:auch|doch|aber|und|denn|nur|schon|selbst|sogar|and|but|even|yet|so)[ ]+", re.IGNORECASE
)
# Whoever is addressed so stands in no sentence before.
_ADDRESS = re.compile(
    r"Sie (?:haben|sind|werden|müssen|können|sollten|sollen|dürfen|wollen|wissen|sehen|hätten"
    r"|könnten|müssten)\b"
)
# "…", sagte er: the words are told, who said them is not.
_SAYS = (
    r"(?:sagt|erklär|beton|schreib|schrieb|mein|forder|kritisier|ergänz|füg|wart?n|berichte"
    r"|erzähl|versicher|bekräftig|kündig|räum|teil|frag|antwort|klag|lob|so)\w*"
)
_SAID_BY = re.compile(
    rf"[“”\"«»’']\s*,?\s*(?:{_SAYS}[ ](?:er|sie)\b|(?:he|she|they)[ ](?:said|added|told|wrote|says)"
    r"\b|(?:said|added)[ ](?:he|she|they)\b)"
)
_QUOTED = re.compile(r"[„“»\"][^„“”»«\"]*[“”«\"]")
_NOUN = re.compile(r"\b[A-ZÄÖÜ]\w{3,}")
_NAMED = re.compile(
    r"\b[A-ZÄÖÜ][\w'’-]+(?: (?:von|van|de|al|bin|der))? [A-ZÄÖÜ][\w'’-]+|\b[A-ZÄÖÜ]{2,}\b"
)
# Across paragraphs, what is shorter is rather a heading ("Was nun?") than a sentence to go with.
_FEWEST_WORDS = 6
_ENDED = re.compile(rf"[.!?…][{re.escape(_CLOSERS)}]*$")


def stands_alone(text: str) -> bool:
    """Whether a sentence can be understood without the one before it, as far as its form shows."""
    bare = text.lstrip(_OPENERS + " ")
    bare = _CONNECTIVE.sub("", bare, count=1)
    if _POINTS_BACK.match(bare):
        return bool(text[:1] in _OPENERS and _ADDRESS.match(bare))
    if _PRONOUN_SOON.match(bare):
        return False
    said = _SAID_BY.search(text)
    return said is None or _NOUN.search(_QUOTED.sub("", text[: said.start() + 1])) is not None


def context(sentence: Span, sentences: Sequence[Sentence]) -> Span | None:
    """Return the sentence before one that cannot stand alone, or None where it would not help.

    `sentences` are those of a passage, in order. Never a headline, never a sentence that points
    back itself without naming anybody, never so long that both could not be read at a glance.
    """
    if stands_alone(sentence.text):
        return None
    before = next((other for other in reversed(sentences) if other.end <= sentence.start), None)
    if before is None or not _ENDED.search(before.text):
        return None
    between = sentence.article.text[before.end : sentence.start]
    if "\n" in between and len(before.text.split()) < _FEWEST_WORDS:
        return None
    if len(f"{before.text} {sentence.text}".split()) > MOST_WORDS:
        return None
    if not stands_alone(before.text) and not _NAMED.search(before.text):
        return None
    return before
