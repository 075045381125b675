"""Units of measure: German and English words and signs, each under one name."""

from __future__ import annotations

import re
from types import MappingProxyType

# By name, how it is written; what is longer stands before what it begins with.
_WORDS = (
    ("euro", r"euros?"),
    ("dollar", r"(?:us-|u\.s\. |us )?dollars?"),
    ("cent", r"(?:euro)?cents?"),
    ("franc", r"(?:schweizer |swiss )?(?:franken|francs?)"),
    ("pound", r"pfund(?: sterling)?|pounds?(?: sterling)?"),
    ("krone", r"kronen?|kroner|kronor"),
    ("yen", r"yen"),
    ("yuan", r"yuan|renminbi"),
    ("rouble", r"rubel|rou?bles?"),
    ("zloty", r"z[lł]oty"),
    ("lira", r"lira|lire"),
    ("rupee", r"rupien?|rupees?"),
    ("percentage_point", r"prozentpunkte?n?|percentage(?: |-)points?"),
    ("percent", r"prozent|percent|per cent|pct"),
    ("per_mille", r"promille|per mille"),
    ("kilometre_per_hour", (r"stundenkilometern?|kilometern? (?:pro|in der) stunde"
                           r"|kilomet(?:er|re)s? (?:per|an) hour|kph")),
    ("mile_per_hour", r"meilen? pro stunde|miles? (?:per|an) hour|mph"),
    ("millimetre", r"millimetern?|millimet(?:er|re)s?"),
    ("centimetre", r"zentimetern?|centimet(?:er|re)s?"),
    ("square_kilometre", r"quadratkilometern?|square kilomet(?:er|re)s?"),
    ("square_metre", r"quadratmetern?|square met(?:er|re)s?"),
    ("square_mile", r"quadratmeilen?|square miles?"),
    ("square_foot", r"quadratfuß|square f(?:ee|oo)t"),
    ("cubic_metre", r"kubikmetern?|cubic met(?:er|re)s?"),
    ("kilometre", r"kilometern?|kilomet(?:er|re)s?"),
    ("metre", r"metern?|met(?:er|re)s?"),
    ("mile", r"meilen?|miles?"),
    ("foot", r"fu(?:ß|ss)|feet|foot"),
    ("inch", r"zoll|inch(?:es)?"),
    ("hectare", r"hektar|hectares?"),
    ("acre", r"acres?"),
    ("litre", r"litern?|lit(?:er|re)s?"),
    ("barrel", r"barrels?"),
    ("gallon", r"gallonen?|gallons?"),
    ("milligram", r"milligramm|milligrams?"),
    ("kilogram", r"kilo(?:gramm)?s?|kilograms?"),
    ("gram", r"gramm|grams?"),
    ("tonne", r"tonnen?|tonnes?|(?:metric )?tons?"),
    ("kilowatt_hour", r"kilowattstunden?|kilowatt(?: |-)hours?"),
    ("megawatt_hour", r"megawattstunden?|megawatt(?: |-)hours?"),
    ("gigawatt_hour", r"gigawattstunden?|gigawatt(?: |-)hours?"),
    ("terawatt_hour", r"terawattstunden?|terawatt(?: |-)hours?"),
    ("kilowatt", r"kilowatts?"),
    ("megawatt", r"megawatts?"),
    ("gigawatt", r"gigawatts?"),
    ("watt", r"watts?"),
    ("degree_fahrenheit", r"grad fahrenheit|degrees? fahrenheit"),
    ("degree", r"grad(?: celsius)?|degrees?(?: (?:celsius|centigrade))?"),
    ("second", r"sekunden?|seconds?"),
    ("minute", r"minuten?|minutes?|mins?"),
    ("hour", r"stunden?|hours?"),
    ("day", r"tage?n?|days?"),
    ("week", r"wochen?|weeks?"),
    ("month", r"monate?n?|months?"),
    ("year", r"jahre?n?|years?"),
    ("decade", r"jahrzehnte?n?|decades?"),
    ("century", r"jahrhunderte?n?|centur(?:y|ies)"),
    ("time", r"male?|times|(?<=\b1 )time"),
    ("megabyte", r"megabytes?"),
    ("gigabyte", r"gigabytes?"),
    ("terabyte", r"terabytes?"),
    ("decibel", r"dezibel|decibels?"),
    ("knot", r"knoten|knots?"),
)  # fmt: skip
# Signs and abbreviations, in which capitals count.
_SIGNS = MappingProxyType({
    "€": "euro", "EUR": "euro", "US$": "dollar", "$": "dollar", "USD": "dollar", "£": "pound",
    "GBP": "pound", "CHF": "franc", "¥": "yen", "%": "percent", "‰": "per_mille",
    "km/h": "kilometre_per_hour", "mm": "millimetre", "cm": "centimetre", "m²": "square_metre",
    "m³": "cubic_metre", "m": "metre", "qm": "square_metre", "km²": "square_kilometre",
    "qkm": "square_kilometre", "km": "kilometre", "ha": "hectare", "l": "litre",
    "mg": "milligram", "g": "gram", "kg": "kilogram", "t": "tonne", "kWh": "kilowatt_hour",
    "MWh": "megawatt_hour", "GWh": "gigawatt_hour", "TWh": "terawatt_hour", "kW": "kilowatt",
    "MW": "megawatt", "GW": "gigawatt", "°C": "degree", "°F": "degree_fahrenheit", "°": "degree",
    "Sek.": "second", "Min.": "minute", "Std.": "hour", "h": "hour", "s": "second",
    "min": "minute", "W": "watt", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte",
    "dB": "decibel", "ft": "foot",
})  # fmt: skip
_BEFORE_NUMBER = MappingProxyType({
    "€": "euro", "EUR": "euro", "US$": "dollar", "$": "dollar", "USD": "dollar", "£": "pound",
    "GBP": "pound", "CHF": "franc", "¥": "yen",
})  # fmt: skip
MONEY = frozenset(
    {"euro", "dollar", "cent", "franc", "pound", "krone", "yen", "yuan", "rouble", "zloty", "lira",
     "rupee"}
)  # fmt: skip
TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
NAMES = tuple(name for name, _ in _WORDS)

_SPACE = "[ \u00a0\u202f\u2009]"
_WORD = re.compile(
    rf"[{_SPACE[1:-1]}-]?(?:"
    + "|".join(f"(?P<{name}>{words.replace(' ', _SPACE)})" for name, words in _WORDS)
    + r")(?![\w²³]|-\w)",
    re.IGNORECASE,
)
_SIGN = re.compile(
    rf"{_SPACE}?(?P<sign>{'|'.join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))})"
    r"(?![\w²³/]|-\w)"
)
_SIGN_BEFORE = re.compile(
    r"(?<!\w)(?P<sign>"
    + "|".join(re.escape(sign) for sign in sorted(_BEFORE_NUMBER, key=len, reverse=True))
    + rf"){_SPACE}?$"
)


def unit_behind(text: str, position: int) -> tuple[str, int] | None:
    """Return the unit that stands directly behind a number, and where it ends."""
    sign = _SIGN.match(text, position)
    if sign is not None:
        return _SIGNS[sign["sign"]], sign.end()
    word = _WORD.match(text, position)
    if word is not None and word.lastgroup is not None:
        return word.lastgroup, word.end()
    return None


def unit_before(text: str, position: int) -> tuple[str, int] | None:
    """Return the sign of a currency that stands directly before a number, and where it begins."""
    sign = _SIGN_BEFORE.search(text, max(0, position - 5), position)
    return (_BEFORE_NUMBER[sign["sign"]], sign.start()) if sign is not None else None
