"""Words that say that there are none of those who are counted: "Niemand wird mehr vermisst"."""

from __future__ import annotations

import re

_KNOWS = r"(?: (?:wei[sß]+|wusste|kann|konnte|k[oö]nne|will|wollte|knows?|knew|can|could|wants?))"
_COUNTED = (
    r"(?:menschen|personen|leute|verletzt\w*|tote[nr]?|todesopfer|opfer|vermisst\w*|evakuiert\w*"
    r"|festnahmen?|erkrankt\w*|infizierte\w*)"
)
_NOBODY = re.compile(
    rf"(?<!\w)(?:(?:niemand(?:en|em)?|nobody|no one)(?!{_KNOWS})"
    rf"|keine[rn]?(?= {_COUNTED})"
    r"|keiner(?= (?:der|von|wurde|wird|kam))"
    r"|no(?= (?:injuries|deaths|casualties|fatalities|victims|people|arrests|cases))"
    r"|none(?= (?:of|was|were|is|are)))(?!\w)"
    r"|(?<!\w)(?:alle|s[aä]mtliche)(?= vermisst\w* .{0,60}(?:gefunden|geborgen|gerettet"
    r"|sicherheit))"
    r"|(?<!\w)(?:all|everyone)(?= .{0,20}missing .{0,60}(?:found|accounted for|rescued|safe))",
    re.IGNORECASE,
)


def nobody_in(text: str) -> tuple[int, int] | None:
    """Return where a sentence says so, None where it does not."""
    match = _NOBODY.search(text)
    return match.span() if match is not None else None
