"""Words by which news count, or pay for, one and the same thing, German and English."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache

from index.terms import content_terms, fold

_THINGS = (
    "Tore Treffer Buden Saisontore goals",
    "Punkte Zähler points",
    (
        "Arbeitsplätze Stellen Jobs Beschäftigte Mitarbeiter Arbeitnehmer Arbeiter Kollegen"
        " Kolleginnen Angestellte workers employees staff posts positions"
    ),
    "Stellen Arbeitsplätze Jobs Kündigungen Entlassungen Stellenabbau layoffs redundancies jobs",
    "Tote Todesopfer Opfer Todesfälle Leichen dead deaths victims fatalities",
    "Verletzte injured wounded casualties",
    (
        "Einsatzkräfte Feuerwehrleute Feuerwehrmann Helfer Helferinnen Kräfte Rettungskräfte"
        " firefighters"
        " rescuers crews"
    ),
    "Fahrgäste Passagiere Reisende Insassen Mitfahrer passengers travellers",
    "Zuschauer Besucher Gäste Fans Publikum spectators visitors",
    (
        "Teilnehmer Teilnehmende Demonstranten Demonstrierende Protestierende protesters"
        " demonstrators"
        " participants"
    ),
    (
        "Fälle Erkrankte Infizierte Erkrankungen Infektionen Kranke Patienten cases infections"
        " patients"
    ),
    "Einwohner Bewohner Anwohner Bürger residents inhabitants",
    "Soldaten Truppen Kämpfer Streitkräfte troops soldiers fighters",
    "Sitze Mandate Abgeordnete seats",
    "Stimmen votes",
    "Haushalte Wohnungen households homes",
    "Häuser Gebäude buildings houses",
    "Flüge Verbindungen flights",
    "Schüler Schülerinnen Kinder pupils students children",
    "Vermisste missing",
    "Evakuierte Betroffene evacuees",
    "Packungen Schalen Produkte packs packages",
    "Unterschriften signatures",
    "Filialen Märkte Läden Geschäfte stores shops branches",
    "Tiere Hühner Hennen Puten Gänse Enten Geflügel Vögel animals birds hens chickens poultry",
    "Tiere Rinder Kühe Kälber Vieh animals cattle cows livestock",
    "Tiere Schweine Ferkel animals pigs",
    "Tiere Schafe Ziegen animals sheep goats",
    "Tiere Fische Forellen Lachse animals fish trout",
    "Bilder Gemälde Kunstwerke Werke Ölbilder paintings artworks pictures works",
    "Hektar hectares",
    (
        "Tiere Hühner Hennen Legehennen Puten Gänse Enten Rinder Kühe Kälber Schweine Ferkel Schafe"
        " Ziegen Pferde Vögel Geflügel animals birds chickens hens turkeys cattle cows pigs sheep"
        " horses poultry"
    ),
    "Kunstwerke Werke Gemälde Bilder Skulpturen Ölbilder artworks works paintings pictures",
    "Autos Fahrzeuge Wagen Pkw cars vehicles",
    "Kündigungen Entlassungen Entlassene layoffs dismissals redundancies",
    "Polizisten Beamte Polizeikräfte officers",
    "Urlauber Touristen Feriengäste tourists holidaymakers",
    "Höfe Betriebe Bauernhöfe farms",
    "Proben Tests samples tests",
    "Geschädigte Opfer Betrogene Anleger victims",
    "Festgenommene Verhaftete Festnahmen arrests detainees",
    "Sanierung Reparatur Instandsetzung Renovierung Erneuerung repair renovation refurbishment",
    "Neubau Bau Errichtung construction",
    "Ausbau Erweiterung expansion extension",
    "Übernahme Kauf Erwerb takeover acquisition purchase",
    "Fahrkarten Fahrscheine Tickets Eintrittskarten tickets fares",
    "Flutschäden Hochwasserschäden Unwetterschäden Schäden damage",
)
# How sums are called that are asked for by name.
_SUMS = (
    "Schulden Verbindlichkeiten Schuldenstand debt debts liabilities",
    "Umsatz Erlöse Einnahmen umsetzen revenue turnover sales",
    "Gewinn Überschuss Profit profit surplus",
    "Verlust Defizit Minus loss deficit",
    "Gehalt Lohn Bezüge Verdienst salary wages pay",
    "Ablöse Ablösesumme Transfersumme fee",
    "Belohnung Kopfgeld reward",
    "Strafe Geldstrafe Bußgeld fine penalty",
    "Entschädigung Schadenersatz Ausgleichszahlung compensation",
    "Zuschuss Förderung Beihilfe Fördermittel subsidy grant",
)


@cache
def _groups() -> tuple[frozenset[str], ...]:
    """Return the terms of each group; made when asked for: the dictionary takes a second."""
    return tuple(frozenset(fold(t) for t in content_terms(line)) for line in _THINGS)


@lru_cache(maxsize=256)
def also_called(term: str) -> frozenset[str]:
    """Return the terms by which a thing or a sum goes as well, none where it has no other name."""
    folded = fold(term)
    return frozenset(
        other for group in (*_groups(), *_sums()) if folded in group for other in group
    ) - {folded}


@cache
def _sums() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fold(t) for t in content_terms(line)) for line in _SUMS)


def alike_things(some: Collection[str], others: Collection[str]) -> bool:
    """Whether terms of both name one thing that is counted."""
    ours, theirs = {fold(term) for term in some}, {fold(term) for term in others}
    return any(group & ours and group & theirs for group in _groups())
