"""Copies of articles as papers make them from an agency's text, and what only looks like copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from index.split import split_sentences

PLACES = [
    "Berlin",
    "Hamburg",
    "München",
    "Köln",
    "Frankfurt",
    "Stuttgart",
    "Düsseldorf",
    "Leipzig",
    "Dortmund",
    "Essen",
    "Bremen",
    "Dresden",
    "Hannover",
    "Nürnberg",
    "Duisburg",
    "Wien",
    "Graz",
    "Linz",
    "Salzburg",
    "Innsbruck",
    "Zürich",
    "Basel",
    "Bern",
    "Kassel",
    "Rostock",
    "Mainz",
    "Erfurt",
    "Kiel",
    "Magdeburg",
    "Freiburg",
]
DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
AGENCIES = ["dpa", "AFP", "Reuters", "APA", "epd", "KNA", "sda", "dna"]
NUMBERS = [
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
]

# Each word of a row may stand for another of its row.
SYNONYMS = """
sagte/erklärte/betonte/äußerte
teilte mit/gab bekannt
am/an diesem
auch/ebenfalls/zudem
allerdings/jedoch/indes
bereits/schon
etwa/rund/ungefähr/circa
derzeit/zurzeit/momentan/gegenwärtig
zuvor/vorher
Polizei/Ermittler/Beamten
Regierung/Führung
Angaben/Informationen
Menschen/Personen
Unglück/Unfall
Fahrzeug/Auto/Wagen
Unternehmen/Firma/Konzern
Treffen/Zusammenkunft/Begegnung
Vertrag/Abkommen/Vereinbarung
Vorwürfe/Anschuldigungen
Entscheidung/Beschluss
Ziel/Absicht
Kritik/Tadel
Krieg/Konflikt
Streit/Auseinandersetzung
getötet/ums Leben gekommen
verletzt/verwundet
begann/startete
beendet/abgeschlossen
fordert/verlangt
forderte/verlangte
kündigte an/stellte in Aussicht
gestorben/verstorben
mehrere/einige/etliche
wegen/aufgrund
während/wohingegen
weil/da
obwohl/obgleich
jedoch/aber
insgesamt/alles in allem
zunächst/anfangs
schließlich/letztlich/am Ende
deutlich/klar/spürbar
wichtig/bedeutend
groß/erheblich
große/erhebliche
großen/erheblichen
neue/weitere
neuen/weiteren
viele/zahlreiche
vielen/zahlreichen
erhalten/bekommen
befinden/aufhalten
Mitteilung/Erklärung
Sprecher/Sprecherin
Behörden/Ämter
Bevölkerung/Einwohner
Land/Staat
Gericht/Justiz
Verletzte/Verwundete
Opfer/Todesopfer
Sieg/Erfolg
Niederlage/Schlappe
gewann/siegte
Partei/Gruppierung
Wahl/Abstimmung
"""
_ROWS = [row.split("/") for row in SYNONYMS.strip().splitlines()]
_OTHERS = {word: [other for other in row if other != word] for row in _ROWS for word in row}
_SYNONYM = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _OTHERS), key=len)[::-1])})\b")
_GROUPED = re.compile(r"\b\d{1,3}(?:\.\d{3})+\b")
_SMALL = re.compile(r"(?<![\d.,:])\b(?:[2-9]|1[0-2])\b(?![.,:]?\d|\.)")
_SMALL_WORD = re.compile(rf"\b(?:{'|'.join(NUMBERS)})\b")
_FILLERS = re.compile(
    r" (?:auch|bereits|schon|jedoch|allerdings|zudem|etwa|rund|nun|noch|sogar|dabei|inzwischen"
    r"|offenbar|erneut|ebenfalls|derzeit)\b(?=\s)"
)


_ANYTHING = "dabei nämlich Lage Seite gilt Umstand offen gemeldet Kreise".split()  # noqa: SIM905 - same


@dataclass(frozen=True)
class Told:
    """A text, and the group of texts with one origin that it belongs to."""

    group: str
    title: str
    text: str
    kind: str = "original"


Edit = Callable[[list[str], Random, Sequence[str]], list[str]]


def sentences_of(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def drop_sentences(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    share = random.uniform(0.1, 0.4)
    return [s for s in sentences if random.random() > share] or sentences


def cut_from_the_end(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    return _as_long(sentences, random.choice([1 / 2, 1 / 3, 2 / 3]))


def cut_out_of_the_middle(
    sentences: list[str], random: Random, _others: Sequence[str]
) -> list[str]:
    return _as_long(sentences[random.randrange(max(1, len(sentences) // 2)) :], 1 / 2)


def _as_long(sentences: list[str], share: float) -> list[str]:
    """The first sentences: a share of all the words, but never fewer than make a report."""
    wanted = max(45, share * sum(len(s.split()) for s in sentences))
    kept: list[str] = []
    for sentence in sentences:
        if sum(len(s.split()) for s in kept) >= wanted:
            break
        kept.append(sentence)
    return kept


def rewrite_lead(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    """Turn the first sentence round: what it says, in another order and with other small words."""
    words = sentences[0].rstrip(".!?").split()
    at = random.randrange(len(words) // 3, max(len(words) // 3 + 1, 2 * len(words) // 3))
    begin = random.choice(
        ["Jetzt ist klar:", "Nun steht fest:", "Neue Entwicklung:", "Aufregung um"]
    )
    turned = [*words[at:], "–", *words[:at]]
    kept = [word for word in turned if random.random() > 0.2]
    return [f"{begin} {' '.join(kept)}.", *sentences[1:]]


def new_introduction(sentences: list[str], random: Random, others: Sequence[str]) -> list[str]:
    """A lead of the paper's own, some sentences long, above half of the agency's sentences."""
    kept = [s for s in sentences[1:] if random.random() < 0.55] or sentences[1:]
    if sum(len(s.split()) for s in kept) < 50:
        kept = sentences[1:] or sentences
    intro: list[str] = []
    for sentence in others:
        if sum(len(s.split()) for s in (*intro, sentence)) > 0.4 * sum(
            len(s.split()) for s in kept
        ):
            break
        intro.append(sentence)
    return [*intro, *kept]


def insert_paragraph(sentences: list[str], random: Random, others: Sequence[str]) -> list[str]:
    inserted: list[str] = []
    for sentence in others[3:]:
        words = sum(len(s.split()) for s in (*inserted, sentence))
        if words > 0.35 * sum(len(s.split()) for s in sentences):
            break
        inserted.append(sentence)
    at = random.randrange(len(sentences) + 1)
    return [*sentences[:at], *inserted, *sentences[at:]]


def synonyms(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    share = random.uniform(0.4, 1.0)

    def other(match: re.Match[str]) -> str:
        return random.choice(_OTHERS[match[0]]) if random.random() < share else match[0]

    return [_SYNONYM.sub(other, sentence) for sentence in sentences]


def reword(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    """Replace any words at all: what a dictionary of synonyms does not reach."""
    share = random.uniform(0.04, 0.12)

    def other(match: re.Match[str]) -> str:
        if random.random() > share:
            return match[0]
        return random.choice(
            ["dabei", "nämlich", "Lage", "Seite", "gilt", "Umstand", "offen", "gemeldet", "Kreise"]
        )

    return [re.sub(r"\b[a-zäöüß]{4,}\b", other, sentence) for sentence in sentences]


def numbers(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    separator = random.choice(["", " ", "\u202f"])

    def written(sentence: str) -> str:
        sentence = _GROUPED.sub(lambda m: m[0].replace(".", separator), sentence)
        if random.random() < 0.5:
            sentence = _SMALL.sub(lambda m: NUMBERS[int(m[0]) - 2], sentence)
        else:
            sentence = _SMALL_WORD.sub(lambda m: str(NUMBERS.index(m[0]) + 2), sentence)
        for long, short in (("Millionen", "Mio."), ("Milliarden", "Mrd."), (" Prozent", "%")):
            if random.random() < 0.5:
                sentence = sentence.replace(long, short)
        return re.sub(r"(\d{1,2})[.:](\d\d) Uhr", r"\1:\2 Uhr", sentence)

    return [written(sentence) for sentence in sentences]


def place_line(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    place, agency = random.choice(PLACES), random.choice(AGENCIES)
    line = random.choice(
        [f"{place} ({agency}) - ", f"{place}/{agency}. ", f"{place}. ", f"({agency}) "]
    )
    credit = random.choice(
        [[], [f"({agency})"], [f"Quelle: {agency}"], [f"Mit Material von {agency}."]]
    )
    return [line + sentences[0], *sentences[1:], *credit]


def quotation_marks(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    opening, closing = random.choice([("»", "«"), ("“", "”"), ('"', '"'), ("«", "»")])
    table = str.maketrans({"„": opening, "“": closing, "”": closing, '"': opening, "–": "-"})
    return [sentence.translate(table) for sentence in sentences]


def shorten_sentences(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    """Drop small words, brackets and trailing clauses."""

    def shortened(sentence: str) -> str:
        sentence = _FILLERS.sub(lambda m: "" if random.random() < 0.6 else m[0], sentence)
        if random.random() < 0.5:
            sentence = re.sub(r" \([^()]{1,60}\)", "", sentence)
        if random.random() < 0.25 and sentence.count(",") > 1 and sentence.endswith("."):
            head, _, tail = sentence.rpartition(",")
            if len(head.split()) > 2 * len(tail.split()):
                sentence = f"{head}."
        return sentence

    return [shortened(sentence) for sentence in sentences]


def join_sentences(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for sentence in sentences:
        if joined and random.random() < 0.2:
            joined[-1] = f"{joined[-1].rstrip('.')}; {sentence[:1].lower()}{sentence[1:]}"
        else:
            joined.append(sentence)
    return joined


def reorder(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    blocks = [sentences[i : i + 3] for i in range(0, len(sentences), 3)]
    random.shuffle(blocks)
    return [sentence for block in blocks for sentence in block]


def attribution(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    """Say who said so, in front of some sentences or behind them."""
    made = []
    for sentence in sentences:
        chance = random.random()
        if chance < 0.1:
            made.append(f"Wie es am {random.choice(DAYS)} hieß: {sentence}")
        elif chance < 0.2:
            agency = random.choice(AGENCIES)
            made.append(f"{sentence.rstrip('.')}, berichtete die Nachrichtenagentur {agency}.")
        else:
            made.append(sentence)
    return made


def furniture(sentences: list[str], random: Random, _others: Sequence[str]) -> list[str]:
    lines = ["Lesen Sie auch: Was jetzt wichtig ist", "Mehr zum Thema finden Sie in unserem Blog.",
             "Alle Rechte vorbehalten.", "Von unserer Redaktion", "Foto: Archiv"]  # fmt: skip
    return [*sentences, *random.sample(lines, 2)]


# What shortens or replaces much happens once at most; the rest as it comes.
HEAVY: tuple[Edit, ...] = (
    drop_sentences,
    cut_from_the_end,
    cut_from_the_end,
    cut_out_of_the_middle,
    new_introduction,
    insert_paragraph,
)
LIGHT: tuple[Edit, ...] = (
    rewrite_lead,
    synonyms,
    reword,
    numbers,
    place_line,
    quotation_marks,
    shorten_sentences,
    join_sentences,
    reorder,
    attribution,
    furniture,
)


def edited_copy(told: Told, random: Random, other: str) -> Told:
    """What a paper may have made of an agency's text; `other` lends what it puts in."""
    sentences, others = sentences_of(told.text), sentences_of(other)
    heavy = random.choice(HEAVY)
    light = random.sample(LIGHT, random.randint(1, 5))
    for edit in (heavy, *light):
        sentences = edit(sentences, random, others)
    breaks = ["\n\n" if random.random() < 0.35 else " " for _ in sentences]
    text = "".join(s + gap for s, gap in zip(sentences, breaks, strict=True)).strip()
    title = " ".join(reversed(told.title.split()[: random.randint(2, 8)]))
    kind = " + ".join(edit.__name__ for edit in (heavy, *light))
    return Told(told.group, title, text, kind)
