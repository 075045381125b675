"""German and English words to search terms: one analysis for text and question alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import NamedTuple

import simplemma
import Stemmer

# A number with its thousands separators (8.000, 8 000, 3,4), or a word. Hyphens and apostrophes
# part words, so that a hyphenated compound is found by each of its parts.
_TOKEN = re.compile(
    r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)*|[^\W\d_]+",
)
_GROUPED = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?")
_ENGLISH_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o", "å": "a"})
# "ae" for "ä" and so on. "ue" after a vowel or q is no umlaut: neue, Quelle, Steuer.
_SPELLED_OUT = re.compile(r"(?<![aeiouqy])(ae|oe|ue)")

_SCALES = {
    "mio": "million",
    "mill": "million",
    "millionen": "million",
    "millions": "million",
    "mrd": "milliarde",
    "milliarden": "milliarde",
    "billion": "milliarde",
    "tsd": "tausend",
    "thousand": "tausend",
    "prozent": "prozent",
    "percent": "prozent",
}

# Function words: they say how a question is asked, not what it is about.
STOP_WORDS = frozenset(
    """
    a aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes
    auch auf aus bei beim bereits bin bis bist da dabei dadurch dafür dagegen damit dann daran
    darauf daraus darin darüber darum das dass dasselbe dazu dein deine dem den denn der deren des
    dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer
    eines einig einige einigen er es etwa etwas euch euer für gegen gewesen hab habe haben hat hatte
    hatten hattest hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem
    ins is ist ja jede jedem jeden jeder jedes jener jetzt kann kein keine keinem keinen keiner
    konnte können könnte machen man manche mehr mein meine mich mir mit muss musste nach nicht
    nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seines seit sich sie sind
    so solche solchem soll sollte sondern sonst über um und uns unser unter viel vom von vor war
    waren warst was weg weil weiter welche welchem welchen welcher welches wenn wer werde werden
    wem wen weshalb wessen wie wieder wieso will wir wird wirst wo woher wohin womit worden worüber
    worum wovon wurde wurden würde würden während warum wann zu zum zur zwar zwischen eigentlich
    denn mal eben halt gibt gab geben getan tun tut
    about after all also and any are as at be been before being but by can could did do does doing
    for from had has have having he her here him his how i if into it its itself just me more most
    my no nor not of off on once only or other our out over own same she should some such than that
    the their them then there these they this those through to too under until up us very was we
    were what when where which while who whom whose why will with would you your
    """.split()  # noqa: SIM905 - sixty lines of quotation marks would hide the words
)

_STEMMER = Stemmer.Stemmer("german")
NGRAM = 4


class Token(NamedTuple):
    """A word or number of a text: its search term and where it stands.

    A tuple, since a question makes thousands of them and a frozen dataclass takes thrice as long.
    """

    term: str
    start: int
    end: int
    stop: bool


# Past the constructor of a named tuple, which takes longer than finding the word.
_token = partial(tuple.__new__, Token)


def tokens(text: str) -> list[Token]:
    """Analyse a text; stop words are kept and marked, since positions matter to the caller."""
    return [
        _token((term, *match.span(), stop))
        for match in _TOKEN.finditer(text)
        for term, stop in (_term(match.group()),)
        if term
    ]


@lru_cache(maxsize=6_000)
def analysed(text: str) -> tuple[Token, ...]:
    """Return `tokens` of a sentence, remembered: to find and to judge it they are needed twice."""
    return tuple(tokens(text))


def content_terms(text: str) -> list[str]:
    """Return the search terms of a text without stop words, in order and with repetitions."""
    return [
        term
        for match in _TOKEN.finditer(text)
        for term, stop in (_term(match.group()),)
        if term and not stop
    ]


def term_set(text: str) -> frozenset[str]:
    """Return the different search terms of a text without stop words.

    Several times as fast as `content_terms`: words are looked up once each and not located.
    """
    found = map(_term, frozenset(_TOKEN.findall(text)))
    return frozenset([term for term, stop in found if term and not stop])


def ngrams(term: str) -> frozenset[str]:
    """Return the character 4-grams of a term with its edges marked, or the term if it is short."""
    marked = f"^{term}$"
    if len(marked) <= NGRAM:
        return frozenset((marked,))
    return frozenset(marked[i : i + NGRAM] for i in range(len(marked) - NGRAM + 1))


def fold(word: str) -> str:
    """Lower case without accents, umlauts in one spelling: Häuser, Haeuser and Hauser agree."""
    word = unicodedata.normalize("NFKC", word).casefold().translate(_FOLDED)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFD", word)
        word = "".join(c for c in decomposed if c.isalnum())
    return _SPELLED_OUT.sub(lambda match: match.group()[0], word)


@lru_cache(maxsize=20_000)
def is_name_like(word: str) -> bool:
    """Whether neither a German nor an English dictionary has the word, so that it may be a name."""
    return word.isalpha() and not any(
        simplemma.is_known(form, lang=language)
        for form in (word, word.lower(), word.capitalize())
        for language in ("de", "en")
    )


def is_inflected(word: str) -> bool:
    """Whether a German word stands in another form than a dictionary lists it by."""
    lemma: str = simplemma.lemmatize(word, lang="de")
    return lemma != word


def number_term(text: str) -> str:
    """Return one spelling for a written number: 8.000, 8 000 and 8000 agree, 3,4 becomes 3.4."""
    if _GROUPED.fullmatch(text):
        return re.sub(r"[.\u00a0\u202f ]", "", text).replace(",", ".")
    if _ENGLISH_GROUPED.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".")


@lru_cache(maxsize=200_000)
def _term(word: str) -> tuple[str, bool]:
    if word[0].isdigit():
        return number_term(word), False
    lower = word.lower()
    if lower in _SCALES:
        return _SCALES[lower], False
    # The lemma joins strong verbs (gewann, gewonnen) and irregular plurals, the stem the rest.
    lemma = simplemma.lemmatize(word, lang="de")
    stop = lower in STOP_WORDS or lemma.lower() in STOP_WORDS
    return fold(_STEMMER.stemWord(lemma.lower())), stop


def unique(terms: Iterable[str]) -> list[str]:
    """Return terms without repetitions, in their first order."""
    return list(dict.fromkeys(terms))
