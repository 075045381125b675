"""Numbers in words and digits: German and English, exactly as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from bot.types import Language

_ONES = {
    "null": 0, "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17,
    "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60,
    "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_BELOW_100 = (
    rf"(?:(?:{'|'.join(sorted(_ONES, key=len, reverse=True))})"
    rf"|(?:(?:ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:{'|'.join(_TENS)}))"
)
_BELOW_1000 = (
    rf"(?:(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)?hundert(?:und)?)?(?:{_BELOW_100})?)"
)
_GERMAN = re.compile(
    rf"(?:(?P<thousands>{_BELOW_1000})(?P<thousand>tausend)(?:und)?)?(?P<rest>{_BELOW_1000})"
)
_HALVES = {"anderthalb": 1, "eineinhalb": 1, "zweieinhalb": 2, "dreieinhalb": 3,
           "viereinhalb": 4, "fünfeinhalb": 5, "sechseinhalb": 6, "siebeneinhalb": 7,
           "achteinhalb": 8, "neuneinhalb": 9, "zehneinhalb": 10}  # fmt: skip
_ENGLISH_ONES = MappingProxyType({
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
})  # fmt: skip
_ENGLISH_TENS = MappingProxyType({
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
})  # fmt: skip
# What multiplies the number before it. "Billion" is another number in each language.
_SCALES: Mapping[str, int] = MappingProxyType({
    "dutzend": 12, "dozen": 12, "hundert": 100, "hundred": 100, "tausend": 1000, "tsd": 1000,
    "thousand": 1000, "k": 1000,
    "million": 10**6, "millionen": 10**6, "millions": 10**6, "mio": 10**6, "mill": 10**6,
    "mn": 10**6, "milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "bn": 10**9,
    "bio": 10**12, "billionen": 10**12, "billiarde": 10**15, "billiarden": 10**15, "tn": 10**12,
    "trn": 10**12,
})  # fmt: skip
_BY_LANGUAGE = MappingProxyType(
    {
        Language.GERMAN: MappingProxyType(
            {"billion": 10**12, "trillion": 10**18, "trillionen": 10**18}
        ),
        Language.ENGLISH: MappingProxyType({"billion": 10**9, "trillion": 10**12, "m": 10**6}),
    }
)
_SPACE = "\u00a0\u202f\u2009 "
# What groups thousands in Switzerland, as keyboards and typesetters have it.
APOSTROPHES = "'\u2019\u2018\u02bc\u2032\u00b4`"
_GROUPED = re.compile(
    rf"\d{{1,3}}(?P<mark>[.,{APOSTROPHES}{_SPACE}])\d{{3}}(?:(?P=mark)\d{{3}})*(?P<decimals>[.,]\d+)?"
)
_DECIMAL = re.compile(r"(?P<whole>\d+)(?P<mark>[.,])(?P<decimals>\d+)")
_LONGEST = 24  # digits; what is longer is a number of an account or a phone


@lru_cache(maxsize=4096)
def german_number(word: str) -> Decimal | None:
    """Read a German number written as one lower-case word, None for any other word."""
    if word in _HALVES:
        return _HALVES[word] + Decimal("0.5")
    match = _GERMAN.fullmatch(word)
    if match is None or not word:
        return None
    value = 0
    if match["thousand"]:
        value = 1000 * (_below_1000(match["thousands"]) if match["thousands"] else 1)
    if match["rest"]:
        value += _below_1000(match["rest"])
    return Decimal(value)


def _below_1000(word: str) -> int:
    count, hundred, rest = word.rpartition("hundert")
    value = 0
    if hundred:
        value = 100 * (_ONES[count] if count else 1)
        rest = rest.removeprefix("und")
    if not rest:
        return value
    if rest in _ONES:
        return value + _ONES[rest]
    tens = next(tens for tens in _TENS if rest.endswith(tens))
    ones = rest.removesuffix(tens).removesuffix("und")
    return value + _TENS[tens] + (_ONES[ones] if ones else 0)


def english_ones(word: str) -> int | None:
    """Read an English number below twenty."""
    return _ENGLISH_ONES.get(word)


def english_tens(word: str) -> int | None:
    """Read an English multiple of ten below a hundred."""
    return _ENGLISH_TENS.get(word)


def scale_of(word: str, language: Language) -> int | None:
    """Return by how much a word multiplies the number before it: "Mio", "dozen", "billion"."""
    word = word.lower()
    return _SCALES.get(word) or _BY_LANGUAGE[language].get(word)


def digits_value(text: str, language: Language) -> Decimal | None:
    """Read a number in digits, None where it is none: "8.000", "1,200", "3,4", "1'200".

    Three digits behind a mark that both languages have are grouped or decimals by the language.
    """
    if len(text) > _LONGEST or (text[0] == "0" and text[1:2].isdigit()):
        return None
    if text.isdigit():
        return Decimal(text)
    decimal = "," if language is Language.GERMAN else "."
    grouped = _GROUPED.fullmatch(text)
    if grouped is not None and not _is_decimals(text, grouped, decimal):
        mark, decimals = grouped["mark"], grouped["decimals"] or ""
        if decimals[:1] == mark:
            return None
        whole = text.removesuffix(decimals).replace(mark, "")
        return Decimal(whole + decimals.replace(",", "."))
    one = _DECIMAL.fullmatch(text)
    return Decimal(f"{one['whole']}.{one['decimals']}") if one else None


def _is_decimals(text: str, grouped: re.Match[str], decimal: str) -> bool:
    """Whether what looks like one group of thousands are three decimals: "1,234 km" in German."""
    alone = grouped["decimals"] is None and text.count(grouped["mark"]) == 1
    return (grouped["mark"] == decimal and alone) or text[0] == "0"
