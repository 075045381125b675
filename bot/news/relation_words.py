"""Words by which an article says that what was said or decided before does not hold any more."""

from __future__ import annotations

import re

_BEFORE = (
    r"(?:zun[aä]chst|zuerst|zuvor|anfangs|anf[aä]nglich|urspr[uü]nglich|fr[uü]her|bisher|bislang"
    r"|erst)"
)
_TOLD = (
    r"(?:gemeldet|berichtet|angenommen|angegeben|mitgeteilt|vermutet|verbreitet|behauptet|genannt"
    r"|gedacht|bekannt(?:\s?gegeben)?|gesch[aä]tzt|vermeldet|dargestellt|erwartet|veranschlagt"
    r"|bef[uü]rchtet|gehofft)"
)
_SAYINGS = (
    r"(?:angaben?|zahlen|meldung(?:en)?|berichten?|sch[aä]tzung(?:en)?|berechnung(?:en)?|z[aä]hlung"
    r"(?:en)?|prognosen?|darstellung(?:en)?|ausk[uü]nften?|aussagen?|bilanz(?:en)?|ergebnisse?)"
)
_FORMER = (
    r"(?:fr[uü]here?|bisherige?|erste|vorherige|vorl[aä]ufige|urspr[uü]ngliche|anf[aä]ngliche"
    r"|anderslautende|abweichende|widerspr[uü]chliche|gegenteilige|gegens[aä]tzliche|alte)[nrms]?"
)
_NULL = (
    r"(?:hinf[aä]llig|[uü]berholt|gegenstandslos|ung[uü]ltig|veraltet|widerlegt|vom tisch|nichtig"
    r"|nicht (?:mehr|l[aä]nger)|zu (?:hoch|niedrig|gering|tief)|falsch|unzutreffend|nicht haltbar"
    r"|best[aä]tigten sich nicht|nicht best[aä]tigt|ersetzt|abgel[oö]st)"
)
_WAS_TOLD = (
    r"(?:reported|stated|thought|announced|believed|said|claimed|assumed|feared|estimated|expected"
    r"|hoped|planned|put|given|published|quoted)"
)
_FIRST = r"(?:first|initially|originally|previously|earlier|at first)"
_REPORTS = (
    r"(?:figures?|reports?|estimates?|counts?|claims?|statements?|tolls?|numbers?|tall(?:y|ies)"
    r"|accounts?|results?)"
)
# Says that something said before was wrong.
CORRECTS = re.compile(
    r"\b(?:korrigier\w*|korrektur\w*|berichtig\w*|richtig(?:ge)?stell\w*|revidier\w*|zahlendreher"
    r"|abgeglichen\w*|zur[uü]ckgezogen|zog\b.{0,80}\bzur[uü]ck|zu (?:niedrig|hoch|gering|gro[sß]+)"
    r" (?:war|gewesen|angesetzt|angegeben)|falsch(?:e|er|en)? (?:zahl|angabe|angegeben)\w*"
    r"|irrt[uü]mlich"
    r"|doppelt (?:gez[aä]hlt|gemeldet|erfasst)|fr[uü]heren (?:fassung|version)|correct(?:s|ed|ion)"
    r"|revis(?:es|ed|ion)|retract\w*|replaces|mistaken\w*|an earlier version|had been wrong"
    r"|double-counted|counted twice|settle\w*|klarstell\w*|bereinigt\w*"
    r"|nicht (?:der|die|das|ein|eine) [\w-]+ (?:war|waren|ist|sind|sei|hat|haben)"
    # Names what it replaces without its figure.
    rf"|{_FORMER},? (?:\w+,? ){{0,3}}?{_SAYINGS}\b.{{0,80}}?\b{_NULL}"
    rf"|{_NULL} (?:sind|seien|ist|sei|waren|war) (?:damit |nun |somit )?(?:die|alle) {_FORMER}"
    rf"|(?:nicht|anders als|entgegen|statt|im gegensatz zu|abweichend von),?"
    rf" (?:(?:so|wie|den|der|dem|allen|einer|ersten|viele?|\w+e) ){{0,4}}?"
    rf"(?:{_BEFORE} {_TOLD}|{_FORMER} {_SAYINGS})"
    rf"|{_FORMER} {_SAYINGS} (?:zufolge )?(?:war|waren) (?:falsch|zu \w+|ein irrtum)"
    rf"|in (?:der|einer|den) (?:ersten|{_FORMER}) {_SAYINGS}"
    r"|umgebucht|nachgebucht|herausgerechnet|(?:wurden?|haben?|nach)\b.{0,60}\b(?:nachgez[aä]hlt"
    r"|neu (?:berechnet|ausgez[aä]hlt|gez[aä]hlt))"
    r"|(?:nach|gegen[uü]ber) (?:der|einer) (?:neuausz[aä]hlung|nachz[aä]hlung|neuberechnung)"
    r"|(?:neuausz[aä]hlung|nachz[aä]hlung|neuberechnung) (?:ergab|brachte|zeigt|ergibt|drehte)"
    rf"|(?:earlier|previous|initial|first|conflicting|original"
    rf"|preliminary) {_REPORTS}\b.{{0,80}}?\b"
    r"(?:no longer|out of date|outdated|wrong|too (?:high|low)|superseded|replaced|withdrawn|void"
    r"|obsolete|incorrect|false|inaccurate|overestimated|underestimated)"
    rf"|(?:not|contrary to what was|unlike what was"
    rf"|rather than)(?:,? \w+){{0,3}},? (?:as )?(?:was |had"
    rf" been )?{_FIRST} {_WAS_TOLD}"
    rf"|contrary to (?:earlier|previous|initial|first|original) {_REPORTS}"
    r"|after (?:a|the) recount|recount (?:show|flip|found|put|g[ai]ve|revers|confirm)\w*"
    r"|(?:was|were|been) (?:counted again|recounted))\b",
    re.IGNORECASE,
)
# Says that something decided or thought before does not hold any more.
SUPERSEDES = re.compile(
    r"\b(?:aufgehoben|hob\b.{0,80}\bauf|hebt\b.{0,80}\bauf|zur[uü]ckgenommen"
    r"|nimmt\b.{0,60}\bzur[uü]ck"
    r"|r[uü]ckg[aä]ngig|vom tisch|widerrufen|gekippt|abgesagt|abgelehnt worden|doch nicht"
    r"|einkassiert"
    r"|gestoppt|verworfen|overturn\w*|revers(?:es|ed)|lifted|scrapped|withdrawn|withdrew|cancel\w*"
    r"|called off|revoked|repealed|dropped (?:the|its|plans)"
    r"|kassiert(?:e|en)? (?:das|die|den|der)|(?:urteil|beschluss|bescheid|strafe) \w*\s?kassiert"
    r"|annulliert\w*|f[uü]r (?:nichtig|ung[uü]ltig|rechtswidrig) erkl[aä]rt|au[sß]er kraft"
    r"|(?:hat|haben)\b.{0,60}?\b[uü]berholt|vorbeigezogen|kehrtwende|r[uü]ckzieher|nun doch"
    rf"|als {_BEFORE} {_TOLD}|doch noch|doch keine?[nrms]?|urspr[uü]nglich (?:sollte|wollte"
    rf"|h[aä]tte)\w*"
    r"|als (?:\w+ )?(?:geplant|vorgesehen|angek[uü]ndigt|versprochen|anvisiert)"
    r"|(?:auf|bis) \w+(?: \w+){0,3} (?:verschoben|vertagt)"
    r"|than (?:\w+ )?(?:planned|scheduled|announced|intended|promised|envisaged)|postponed"
    r"|put back|brought forward|pushed back"
    r"|quash(?:es|ed)?|annul(?:s|led)|(?:verdict|ruling|sentence|conviction|decision|order"
    r"|judge?ment)\b.{0,40}?\bset aside"
    r"|str(?:ikes?|uck) down|voided|nullified|rescinded"
    r"|(?:has|have|had) overtaken|overtook|supersed(?:es|ed)|reinstated|u-turn|backtrack\w*"
    rf"|than (?:was |had been )?{_FIRST} {_WAS_TOLD}|after all(?=[.,;]|$))\b",
    re.IGNORECASE,
)
# Says which of several figures is right, or that it lies between them.
SETTLES = re.compile(
    rf"\b(?:zwischen (?:den|beiden)(?: \w+){{0,2}} {_SAYINGS}"
    rf"|(?:gibt|gab|geben|gaben)\b.{{0,60}}?\b(?:recht|nach)\b"
    r"|schlie(?:ß|ss)t sich\b.{0,80}?\ban\b|schloss sich\b.{0,80}?\ban\b"
    r"|(?:teilt|[uü]bernimmt|best[aä]tigt|akzeptiert|nennt|geht) (?:nun|jetzt|inzwischen"
    r"|mittlerweile)"
    r"|(?:r[aä]umt|r[aä]umte|gesteht|gestand)\b.{0,60}?\bein\b"
    r"|stimmt (?:nun|jetzt|inzwischen)\b.{0,60}?\b(?:zu|[uü]berein)"
    rf"|between the (?:\w+ ){{0,2}}{_REPORTS}"
    r"|(?:now|finally|since) (?:agrees?|accepts?|concedes?|acknowledges?|admits?|confirms?|shares?)"
    r"|(?:has|have) (?:now |since |finally )?(?:conceded|accepted|acknowledged|admitted|come round)"
    r"|backs? the (?:higher|lower)|sides? with)\b",
    re.IGNORECASE,
)
# "Aus drei Wochen werden Monate": the words of what was said before.
TURNS = re.compile(
    r"\b(?:[Aa]us(?: den)?(?: (?:geplanten|angek[uü]ndigten|zun[aä]chst|urspr[uü]nglich|etwa|rund"
    r"|genannten))* (?P<before>[^,;:.]{1,40}?) (?:sind|werden|wird|wurden?|ist)"
    r"|(?P<old>[\w ,.]{1,40}?) (?:ha(?:s|ve) become|ha(?:s|ve) turned into|bec[ao]me"
    r"|turns? into))\b"
)
