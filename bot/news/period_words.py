"""Words by which a question names a period: months, days, hours, seasons, feasts, numbers."""

from __future__ import annotations

from types import MappingProxyType

MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "januar jänner january", "februar feber february", "märz march", "april",
                "mai may", "juni june", "juli july", "august", "september", "oktober october",
                "november", "dezember december",
            ),
            start=1,
        )
        for name in names.split()
    }
)  # fmt: skip
WEEKDAYS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "montag monday", "dienstag tuesday", "mittwoch wednesday", "donnerstag thursday",
                "freitag friday", "samstag sonnabend saturday", "sonntag sunday",
            )
        )
        for name in names.split()
    }
)  # fmt: skip
HOURS_OF_A_DAY = 24
# Hours of a day as people name them, the first and the last.
HOURS = MappingProxyType(
    {
        **dict.fromkeys(("früh", "frühmorgens", "morgen", "morgens", "morning"), (0, 11)),
        **dict.fromkeys(("vormittag", "vormittags"), (6, 12)),
        **dict.fromkeys(("mittag", "mittags", "noon", "midday"), (10, 15)),
        **dict.fromkeys(("nachmittag", "nachmittags", "afternoon"), (12, 18)),
        **dict.fromkeys(("abend", "abends", "evening", "night", "nacht", "nachts"), (17, 24)),
    }
)
SEASONS = MappingProxyType(
    {
        **dict.fromkeys(("frühjahr", "frühling", "spring"), 3),
        **dict.fromkeys(("sommer", "summer"), 6),
        **dict.fromkeys(("herbst", "autumn"), 9),
        **dict.fromkeys(("winter",), 12),
    }
)
# What lies in the year where it always does: month and day of the first and of the last.
FEASTS = MappingProxyType(
    {
        **dict.fromkeys(("weihnachten", "christmas"), ((12, 24), (12, 26))),
        **dict.fromkeys(("heiligabend", "christmas eve"), ((12, 24), (12, 24))),
        **dict.fromkeys(("silvester", "new year's eve"), ((12, 31), (12, 31))),
        **dict.fromkeys(("neujahr", "new year's day"), ((1, 1), (1, 1))),
    }
)
ORDINALS = MappingProxyType(
    {
        **dict.fromkeys(("ersten", "first"), 1),
        **dict.fromkeys(("zweiten", "second"), 2),
        **dict.fromkeys(("dritten", "third"), 3),
        **dict.fromkeys(("vierten", "fourth"), 4),
        **dict.fromkeys(("letzten", "last"), 5),
    }
)
NUMBERS = MappingProxyType(
    {
        word: number
        for number, words in enumerate(
            (
                "einem einer a one", "zwei two", "drei three", "vier four", "fünf five",
                "sechs six", "sieben seven", "acht eight", "neun nine", "zehn ten",
            ),
            start=1,
        )
        for word in words.split()
    }
)  # fmt: skip
VAGUE = frozenset({"ein paar", "einigen", "wenigen", "a few", "a couple of", "several"})
# Says that a stretch of time before this one is meant.
LAST = r"(?:letzte[rnms]?|vergangene[rnms]?|vorige[rnms]?|last|past|previous)"
