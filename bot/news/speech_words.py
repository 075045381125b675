"""Verbs by which somebody says or reckons something, German and English, with what they take."""

from __future__ import annotations

import re
from types import MappingProxyType

# Forms of a verb, and what must follow in its clause for it to say something.
_GERMAN = (
    ("sagt sagte sagen sagten erklärt erklärte erklären erklärten erläuterte erläuterten", None),
    ("betont betonte betonten berichtet berichtete berichten berichteten meldet meldete", None),
    ("melden meldeten bestätigt bestätigte bestätigen bestätigten versichert versicherte", None),
    ("versicherten schrieb schreibt schrieben schreiben schimpft schimpfte mahnt mahnte", None),
    ("warnt warnte warnten ergänzt ergänzte behauptet behauptete behaupteten raunt raunte", None),
    ("bekräftigt bekräftigte meint meinte meinten verkündet verkündete verkündeten", None),
    ("informierte informierten beteuert beteuerte kritisiert kritisierte kritisierten", None),
    ("zählt zählte zählen zählten nennt nannte nennen nannten korrigiert korrigierte", None),
    ("korrigieren korrigierten beziffert bezifferte beziffern bezifferten schätzt schätzte", None),
    ("schätzen schätzten erwartet erwartete erwarten erwarteten verzeichnet verzeichnete", None),
    ("verzeichneten prognostiziert prognostizierte prognostizieren registriert", None),
    ("registrierte registrierten ermittelte ermittelten veranschlagt veranschlagte", None),
    ("fordert forderte fordern forderten verlangt verlangte verlangten plant plante", None),
    ("planen berichtigt berichtigte berichtigten dementiert dementierte dementierten", None),
    ("verhängte verhängten senkte senkten erhöhte erhöhten beschloss beschlossen", None),
    ("entschied entschieden verschob verschoben verurteilte verurteilten begründet", None),
    ("begründete widerspricht widersprach reduzierte kassierte bewilligte genehmigte", None),
    ("empfiehlt empfahl befürchtet befürchtete fürchtet fürchtete hofft hoffte vermutet", None),
    ("vermutete verspricht versprach beklagt beklagte urteilte befand kalkuliert", None),
    ("kalkulierte veröffentlichte publizierte bilanzierte bilanziert resümierte", None),
    ("verneint verneinte bejahte bekannte gestand gesteht antwortete antwortet", None),
    ("entgegnet entgegnete entgegneten erwidert erwiderte erwiderten kontert konterte", None),
    ("konterten beteuern beteuerten klagt klagte klagten jubelt jubelte jubelten rügt", None),
    ("rügte rügten moniert monierte monierten bemängelt bemängelte unterstreicht", None),
    ("unterstrich mutmaßt mutmaßte präzisiert präzisierte präzisierten beschwichtigt", None),
    ("beschwichtigte folgert folgerte errechnete errechneten berechnete berechneten", None),
    ("taxiert taxierte taxierten attestierte attestierten schildert schilderte", None),
    ("schilderten versichern behaupten bedauert bedauerte argumentiert argumentierte", None),
    ("offenbarte offenbarten enthüllte", None),
    ("erfuhr erfuhren zitiert zitierte zitieren", None),
    ("teilt teilte teilen teilten", r"\bmit\b"),
    ("räumt räumte räumten", r"\bein\b"),
    ("gibt gab geben gaben", r"\b(?:an|bekannt|zu Protokoll|zu bedenken)(?=\W*$|[,;:.]| und)"),
    ("fügt fügte fügten", r"\b(?:hinzu|an)\b"),
    ("kündigt kündigte kündigten", r"\ban\b"),
    ("stellt stellte stellten", r"\b(?:fest|klar|heraus)\b"),
    ("legt legte legten", r"\b(?:vor|nach|dar|fest)\b"),
    ("sprach spricht sprechen sprachen", r"\bvo[nm]\b"),
    ("rechnet rechnete rechnen rechneten", r"\bmit\b|\bvor\b|\banders\b"),
    ("geht gehen ging gingen", r"\bvo[nm]\b.*\baus\b|\bdavon aus\b"),
    ("kommt kommen kam kamen", r"\b(?:auf|zu dem)\b|\bzum (?:Ergebnis|Schluss)\b"),
    (
        "bleibt bleibe bleiben blieb blieben",
        r"\bbei\b(?!.*\b(?:stehen|liegen|hängen|stecken|sitzen|geschlossen|offen|gesperrt)\b)",
    ),
    ("zieht zog zogen", r"\b(?:ab|zurück)(?=\W*$|[,;:.])"),
    ("hebt hob hoben", r"\bauf(?=\W*$|[,;:.])"),
    ("hält halten hielt hielten", r"\b(?:für|fest)\b"),
    ("setzt setzte setzten", r"\b(?:an|fest|herauf|herab)(?=\W*$|[,;:.])"),
    ("stockt stockte", r"\bauf(?=\W*$|[,;:.])"),
    ("weist wies wiesen", r"\bauf\b|\bzurück\b"),
    ("verwies verweist", r"\bauf\b"),
    ("bezeichnet bezeichnete bezeichneten", r"\bals\b"),
    ("beruft berief", r"\bauf\b"),
    ("pocht pochte pochen beharrt beharrte beharren drängt drängte", r"\bauf\b"),
    ("lässt ließ lassen ließen", r"\b(?:wissen|verlauten|ausrichten)\b"),
    ("deutet deutete deuteten", r"\ban\b"),
    ("schließt schloss schlossen", r"\b(?:daraus|nicht aus)\b"),
    ("heißt hieß", r"(?!)"),
)  # fmt: skip
GERMAN_VERBS = MappingProxyType({
    form: re.compile(frame) if frame else None for forms, frame in _GERMAN for form in forms.split()
})  # fmt: skip
PARTICIPLES = re.compile(
    r"(?<!\w)(?:gesprochen|genannt|gemeldet|angegeben|mitgeteilt|erklärt|vorgelegt|bestätigt"
    r"|korrigiert"
    r"|berichtigt|beziffert|geschätzt|verringert|erhöht|gesenkt|beschlossen|entschieden|aufgehoben"
    r"|verschoben|festgesetzt|verhängt|zugestimmt|gezählt|registriert|ausgegangen|verlangt"
    r"|gefordert"
    r"|ermittelt|errechnet|berechnet|angekündigt|gesagt|berichtet|bekannt gegeben|bekanntgegeben"
    r"|eingeräumt|gewarnt|veranschlagt|prognostiziert|veröffentlicht|umgesetzt|reduziert|genehmigt"
    r"|bewilligt|verkündet|abgezogen|gekürzt|nachgezählt|aufgestockt|versprochen|gezogen|angeordnet"
    r"|räumen lassen)(?!\w)"
)
ENGLISH_VERBS = frozenset(
    """
    said says say told tells reported reports report confirmed confirms confirm announced announces
    announce estimated estimates estimate put puts warned warns warn added adds claimed claims claim
    stated states wrote declared declares insisted argued counted counts count acknowledged admitted
    admits revealed projected projects forecast forecasts expects expected described describes
    predicts predicted denied denies demanded demands corrected revised recorded registered ruled
    decided fined imposed deducted ordered approved cut raised lowered reduced increased lifted
    suggested suggests believes noted showed shows gave gives voted agreed plans cited sentenced
    disclosed discloses explained explains calculated calculates concluded concludes assessed
    reckons reckoned computed testified conceded concedes observed promised pledged proposed
    threatened replied insists complained tallied disagrees disagreed objected objects maintains
    reckon believe insist argue maintain warn maintained contends contended revealed reveals argues
    asserts asserted observes
    """.split()  # noqa: SIM905 - a block of words is easier to read
)
# Verbs that say something only of a number or of what follows.
SAY_WHAT_FOLLOWS = frozenset({"put", "puts", "gave", "gives", "cut", "showed", "shows"})
# Verbs that say something only of what stands before them.
SAY_WHAT_PRECEDES = frozenset({"found", "finds", "heard", "established", "learned"})
SAID_BY = frozenset(
    {"said", "says", "told", "added", "warned", "confirmed", "wrote", "argued", "noted"}
)
