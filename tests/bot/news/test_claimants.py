from __future__ import annotations

import pytest

from bot.news.claimants import claimants_in

# A sentence and whom it names as a source, in their order; a pronoun stands behind "~".
SENTENCES = (
    ("Nach Informationen der USA sind 8.000 Soldaten in der Region.", "USA"),
    ("Nach ersten Angaben der Polizei wurden zwölf Menschen verletzt.", "Polizei"),
    ("Laut Polizei kamen 5.000 Menschen.", "Polizei"),
    ("Die Inflation lag laut Statistischem Bundesamt bei 2,3 Prozent.", "Statistischem Bundesamt"),
    ("Laut einer Studie des Umweltbundesamts sind es 40 Prozent.", "Umweltbundesamts"),
    ("Laut einem Bericht des „Spiegel“ sind es 40.", "Spiegel"),
    ("Den Angaben der Feuerwehr zufolge brannten drei Häuser ab.", "Feuerwehr"),
    ("Der Polizei zufolge brannten drei Häuser ab.", "Polizei"),
    ("Polizeiangaben zufolge kamen 5.000 Menschen.", "Polizeiangaben"),
    ("Die Zahl der Toten steigt nach Behördenangaben auf 43.", "Behördenangaben"),
    ("Er hat nach offizieller Zählung 20 Tore erzielt.", "offizieller Zählung"),
    ("Nach Einschätzung von Experten sind es 40 Prozent.", "Experten"),
    ("1.200 Menschen mussten raus, heißt es aus dem Rathaus.", "Rathaus"),
    ("Mehr als 100 würden vermisst, hieß es vonseiten der Behörden.", "Behörden"),
    ("Es seien 40 gewesen, so die Polizei.", "Polizei"),
    ("Rund 300 seien betroffen, so ein Sprecher der Stadt.", "Sprecher der Stadt"),
    ("Wie das Innenministerium am Freitag mitteilte, sind es 120.", "Innenministerium"),
    ("Es wurden 43 Fälle, wie die Behörde am Montag bekannt gab.", "Behörde"),
    ("Wie die Deutsche Presse-Agentur erfuhr, sind es 40.", "Deutsche Presse-Agentur"),
    ("Es gebe 27 Verletzte, teilte das Präsidium am Freitagabend mit.", "Präsidium"),
    ("Mindestens fünf seien geplant, sagte Wiesent.", "Wiesent"),
    ("„Es waren 40“, berichtet ein Augenzeuge.", "Augenzeuge"),
    ("„Wir bauen“, sagte Präsident Holger Abendroth.", "Präsident Holger Abendroth"),
    ("US-Außenminister Antony Blinken sagte, es seien 8.000.", "US-Außenminister Antony Blinken"),
    ("Bundeskanzler Olaf Scholz (SPD) sagte, es seien 40.", "Bundeskanzler Olaf Scholz"),
    ("Die Polizei sprach am Mittag von 23 Verletzten.", "Polizei"),
    ("Der Rettungsdienst im Kreis Obersee zählte 31.", "Rettungsdienst im Kreis Obersee"),
    ("Das Landratsamt gab die Zahl mit rund 900 an.", "Landratsamt"),
    ("Das Forstamt kommt auf mindestens 240 Hektar.", "Forstamt"),
    ("Seoul geht von 11.000 Soldaten aus.", "Seoul"),
    ("Der Deutsche Wetterdienst (DWD) erwartet 40 Liter.", "Deutsche Wetterdienst"),
    ("Den Schaden beziffert das Forstamt auf 3,5 Millionen Euro.", "Forstamt"),
    ("Bislang rechnet die Stadt mit 412 Millionen Euro.", "Stadt"),
    ("Gegen 17 Uhr verzeichnete die Messstelle 7,52 Meter.", "Messstelle"),
    ("Das Gericht verhängte eine Geldstrafe von 40.000 Euro.", "Gericht"),
    ("Das Sportgericht zog dem Club drei Punkte ab.", "Sportgericht"),
    ("Die Einsatzleitung hob die Räumung am Dienstag auf.", "Einsatzleitung"),
    ("Die aktuelle Prognose der Baugesellschaft liegt bei 533 Millionen.", "Baugesellschaft"),
    ("Israels Armee hat nach eigenen Angaben 40 Ziele angegriffen.", "Israels Armee"),
    (
        "Die Ministerin, Almut Seegerath, hat ihren Rücktritt erklärt.",
        "Ministerin, Almut Seegerath",
    ),
    ("Die Stadt sprach von 1.200, der Landkreis von rund 900 Betroffenen.", "Stadt; Landkreis"),
    ("Der Veranstalter zählte 12.000, die Polizei 8.000.", "Veranstalter; Polizei"),
    ("Allein der Umbau werde 19 Millionen kosten, sagte er am Freitag.", "~er"),
    ("Nach seinen Worten könnten 700 Stellen bleiben.", "~seinen"),
    ("In ihrer offiziellen Statistik steht er bei 16 Treffern.", "~ihrer"),
    ("Bei dem Brand sind drei Menschen gestorben.", ""),
    ("Der Angeklagte wurde zu zwölf Jahren verurteilt.", ""),
    ("Es geht um 40 Millionen Euro.", ""),
    ("Es gab 40 Verletzte.", ""),
    ("Die Zahl der Verletzten stieg auf 43.", ""),
    ("The Pentagon said there were about 8,000 troops in Kursk.", "Pentagon"),
    ("About 8,000 are there, according to U.S. officials.", "U.S. officials"),
    ("According to a report by the BBC, 40 people died.", "BBC"),
    ("A broken rail was found, according to the federal office.", "federal office"),
    ("He has died in hospital, police said on Saturday morning.", "police"),
    ("Police put the number of injured at 26.", "Police"),
    ("The mayor estimated the damage at between 40 and 60 million euros.", "mayor"),
    ('"It was 40," said Fire Chief John Miller.', "Fire Chief John Miller"),
    ("A spokesman for the company said 40 jobs would go.", "spokesman for the company"),
    ("Organisers said 12,000 came, while police counted 8,000.", "Organisers; police"),
    ("Its head, Carla Immenhof, demanded at least five years.", "head, Carla Immenhof"),
    ("Data released by the agency showed a fall of 3 percent.", "agency"),
    ("The council had previously announced a cost of 40 million.", "council"),
    (
        "The fire service had spoken of 180 hectares, the forestry office of at least 240.",
        "fire service; forestry office",
    ),
    ("It was a first guess, he told reporters.", "~he"),
    ("Three people have died in the fire.", ""),
)


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_sources_and_speakers_are_found(text: str, expected: str) -> None:
    found = [("~" if one.pronoun else "") + text[one.start : one.end] for one in claimants_in(text)]
    assert "; ".join(found) == expected
