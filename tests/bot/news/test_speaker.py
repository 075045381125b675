"""Who claims a value of an article, by sentences of our own."""

from __future__ import annotations

import pytest

from bot.news.sayers import sayer_before, sayer_in
from bot.news.speaker import speaker_of
from index.split import split_sentences
from index.types import Span
from tests.making import make_article

# A text, a value in it, and who sets or says it: nobody is better than the wrong one.
CASES = (
    ("Die Stadtwerke haben den Gaspreis auf 9,8 Cent angehoben.", "9,8", "Stadtwerke"),
    (
        "Der Krankenhausträger hat die Zahl der Infizierten am Montag auf 310 nach unten gesetzt.",
        "310",
        "Krankenhausträger",
    ),
    (
        "Das Amtsgericht Lindau hat den Fahrer zu 90 Tagessätzen verurteilt.",
        "90",
        "Amtsgericht Lindau",
    ),
    (
        (
            "Im Streit um die Erbschaft hat das Landgericht Kempten die Frau zu drei Jahren Haft"
            " verurteilt."
        ),
        "drei Jahren",
        "Landgericht Kempten",
    ),
    ("Die Arbeitgeber hatten in der ersten Runde 2,8 Prozent geboten.", "2,8", "Arbeitgeber"),
    ("Die Direktion hatte am Freitag 2,8 Prozent angeboten.", "2,8", "Direktion"),
    ("Der Vermieter bietet den Mietern 4.000 Euro für den Auszug.", "4.000", "Vermieter"),
    ("Zwölf Millionen Euro bietet der Investor Halvard.", "Zwölf", "Investor Halvard"),
    ("Der Aufsichtsrat kürzte die Boni auf 1,2 Millionen Euro.", "1,2", "Aufsichtsrat"),
    ("Die Reederei will 60 Stellen streichen.", "60", "Reederei"),
    ("Nach der Pause erhöhte der Verband die Prämie auf 300 Euro.", "300", "Verband"),
    ("Die Wehrleitung hat das Sperrgebiet auf fünf Kilometer ausgeweitet.", "fünf", "Wehrleitung"),
    (
        (
            "Um die Eigner zu locken, hatte Norvik den Preis noch einmal auf 61 Euro je Anteil"
            " angehoben."
        ),
        "61",
        "Norvik",
    ),
    (
        "Die Mieterinitiative hält das für untertrieben: Sie kommt auf 900 Unterschriften.",
        "900",
        "Mieterinitiative",
    ),
    (
        "Der Anglerbund hält das für zu wenig: Nach seiner Zählung starben 4.000 Fische.",
        "4.000",
        "Anglerbund",
    ),
    ("Anders sieht es der Mieterbund: Er rechnet mit 700 Kündigungen.", "700", "Mieterbund"),
    ("Die Gewerkschaft widerspricht: 4.000 Menschen seien gekommen.", "4.000", "Gewerkschaft"),
    (
        "Bei dem Unfall wurden 23 Menschen verletzt. Diese Zahl nannte die Polizei am Abend.",
        "23",
        "Polizei",
    ),
    (
        (
            "Die Flut hat 410 Häuser beschädigt. Diese Zahl nannten der Landkreis und das Rote"
            " Kreuz am Montag."
        ),
        "410",
        "Landkreis und das Rote Kreuz",
    ),
    (
        (
            "Die Brücke wird 40 Millionen Euro kosten. Das geht aus einem Bericht des"
            " Rechnungshofs hervor."
        ),
        "40",
        "Rechnungshofs",
    ),
    (
        "Die Brücke wird 40 Millionen Euro kosten. So steht es in einem Bericht des Rechnungshofs.",
        "40",
        "Rechnungshofs",
    ),
    (
        "In dem Lager verbrannten 60 Tonnen Papier. Die Zahl stammt vom Landratsamt.",
        "60",
        "Landratsamt",
    ),
    (
        "In dem Lager verbrannten 60 Tonnen Papier. Darüber informierte die Feuerwehr.",
        "60",
        "Feuerwehr",
    ),
    (
        "Während die Polizei 4.000 Demonstranten zählte, sprachen die Veranstalter von 9.000.",
        "9.000",
        "Veranstalter",
    ),
    (
        "Während die Polizei 4.000 Demonstranten zählte, sprachen die Veranstalter von 9.000.",
        "4.000",
        "Polizei",
    ),
    ("Der Kläger verlangt 80.000 Euro, der Verlag bietet 20.000.", "20.000", "Verlag"),
    ("Der Kläger verlangt 80.000 Euro, der Verlag bietet 20.000.", "80.000", "Kläger"),
    (
        (
            "Während die Stadt mit drei Millionen Euro rechnet, hält der Rechnungshof fünf"
            " Millionen Euro für realistisch."
        ),
        "fünf",
        "Rechnungshof",
    ),
    ("800 Leute hätten mitgemacht, jubelt Trainer Uwe Lahn.", "800", "Trainer Uwe Lahn"),
    ("„Es waren 800 Leute“, freut sich Ortschef Jan Prigge.", "800", "Ortschef Jan Prigge"),
    ("Es fehlten 14 Lehrkräfte, klagt Rektorin Anja Vogt.", "14", "Rektorin Anja Vogt"),
    (
        "Die Polizei hat ihre Bilanz vorgelegt. Verletzt wurden demnach 14 Menschen.",
        "14",
        "Polizei",
    ),
    (
        "Zu diesem Schluss kommt der Gutachter Paul Kern. Er veranschlagt drei Millionen Euro.",
        "drei",
        "Gutachter Paul Kern",
    ),
    (
        (
            "Zu diesem Ergebnis kommt die Statikerin Ina Holm in einer Studie für den Kreis. Sie"
            " rechnet mit Kosten zwischen drei und vier Millionen Euro."
        ),
        "drei",
        "Statikerin Ina Holm",
    ),
    ("Im Rathaus ist von 40 Bäumen die Rede.", "40", "Rathaus"),
    ("Bei der Feuerwehr ist dagegen von 12 Verletzten die Rede.", "12", "Feuerwehr"),
    (
        "Ein Sachverständiger des Gerichts war im Mai auf 61 Mängel gekommen.",
        "61",
        "Sachverständiger des Gerichts",
    ),
    (
        "Der Mann wurde vom Landgericht Ulm zu vier Jahren Haft verurteilt.",
        "vier",
        "Landgericht Ulm",
    ),
    ("Die Zahl der Besucher wird von der Polizei auf 3.000 geschätzt.", "3.000", "Polizei"),
    (
        "Fahrerin Petra K. (44) bekommt nach eigener Rechnung 1.900 Euro im Monat.",
        "1.900",
        "Fahrerin Petra K",
    ),
    ("Der Umsatz lag zuletzt bei 90 Millionen Euro, die Zahl der Filialen bei 120.", "120", None),
    ("Der Sturm hat 40 Häuser abgedeckt.", "40", None),
    ("Der Verein hat 40 Punkte geholt.", "40", None),
    ("Der Amtsinhaber kommt nach dem vorläufigen Endergebnis auf 51,3 Prozent.", "51,3", None),
    ("Das Werk hat 400 Mitarbeiter.", "400", None),
    ("Nun ist es entschieden: Ina Kramm zieht mit 52 Prozent in den Landtag ein.", "52", None),
    ("Der Zug hatte 40 Minuten Verspätung.", "40", None),
    ("Zunächst hatten wir von 212 Stimmen berichtet.", "212", None),
    (
        (
            "Der Ausschuss stellt am Montag das Ergebnis fest. Zunächst hatten wir von 212"
            " Stimmen berichtet."
        ),
        "212",
        None,
    ),
    ("Saltmere says no more than 350 will go.", "350", "Saltmere"),
    (
        "Der Kreistag hat sich geeinigt. Sie verlangt das nicht. In Ulm fehlen 40 Stellen.",
        "40",
        None,
    ),
    (
        (
            "Oberbürgermeisterin Ada Brand sprach von einem „guten Tag“. Die neue Prognose der"
            " Werke liegt bei 12 Millionen Euro. An 40 Stellen halte man fest, versicherte sie."
        ),
        "40",
        "Oberbürgermeisterin Ada Brand",
    ),
    (
        (
            "Der Damm hält. Die Pumpen laufen mit 40 Kubikmetern je Minute. Das teilte der"
            " Deichverband mit."
        ),
        "40",
        "Deichverband",
    ),
    (
        "40 Keller liefen voll. Niemand wurde verletzt. Das teilte die Feuerwehr mit.",
        "40",
        "Feuerwehr",
    ),
    ("Zum Vergleich: 2019 waren es 40 Brände. Das war ein Rekord.", "40", None),
    ("Der Angeklagte, der 40 Autos gestohlen haben soll, schwieg.", "40", None),
    ("Die Firma baut in Ulm eine Halle mit 40 Metern Höhe.", "40", None),
    ("Das Hotel bietet 40 Zimmer.", "40", None),
    ("Der Fahrer legte 40 Kilometer zurück.", "40", None),
    ("Die Sonne setzt dem Eis zu: 40 Zentimeter sind weg.", "40", None),
    ("Auf der Messe zeigten sich 40 Aussteller.", "40", None),
    (
        "Vierzig Kilometer weiter, sagt Wirt Emil Sand, stehe das Wasser drei Meter hoch.",
        "drei",
        "Wirt Emil Sand",
    ),
    ("Das Urteil: vier Jahre Haft. So entschied das Amtsgericht Hamm.", "vier", "Amtsgericht Hamm"),
    (
        "Nach Ansicht des Kämmerers wird der Neubau nicht 20, sondern 31 Millionen Euro kosten.",
        "31",
        "Kämmerers",
    ),
    ("Auf Nachfrage nannte die Klinik eine Zahl von 40 Fällen.", "40", "Klinik"),
    ("Die Hilfsorganisation Ankerhaus zählte 310 Zelte, die Stadt nur 190.", "190", "Stadt"),
    (
        "Die Hilfsorganisation Ankerhaus zählte 310 Zelte, die Stadt nur 190.",
        "310",
        "Hilfsorganisation Ankerhaus",
    ),
    ("Die Stadt dagegen kommt auf 190.", "190", "Stadt"),
    ("Betroffen seien 40 Betriebe, hieß es bei der Kammer.", "40", "Kammer"),
    (
        "Wie viele es sind, ist offen; der Betreiber nennt 40, Anwohner sprechen von 90.",
        "40",
        "Betreiber",
    ),
    (
        "Wie viele es sind, ist offen; der Betreiber nennt 40, Anwohner sprechen von 90.",
        "90",
        "Anwohner",
    ),
    ("The owner is offering 40 million pounds for the club.", "40", "owner"),
    ("The airline has offered each passenger 250 euros.", "250", "airline"),
    (
        "They had wanted 1.5 million euros, mayor Ada Quill disclosed on Monday.",
        "1.5",
        "mayor Ada Quill",
    ),
    ("He was sentenced to six years by the high court in Leeds.", "six", "high court"),
    (
        "Ninety homes were flooded. That number was given by the fire brigade.",
        "Ninety",
        "fire brigade",
    ),
    ("Ninety homes were flooded. That figure came from the coastguard.", "Ninety", "coastguard"),
    (
        "Ninety homes were flooded, according to the latest tally by the coast guard.",
        "Ninety",
        "coast guard",
    ),
    ("About 230 tonnes of oil leaked, the engineers calculated from pictures.", "230", "engineers"),
    (
        "The loss came to 6 million dollars, the auditors found after checking the books.",
        "6",
        "auditors",
    ),
    ("The judge set the fine at 40,000 dollars.", "40,000", "judge"),
    ("The ministry's count stands at 40.", "40", "ministry"),
    ("The council is asking for 12 million pounds.", "12", "council"),
    ("The union speaks of 900 jobs, while the company talks of 350.", "350", "company"),
    ("The union speaks of 900 jobs, while the company talks of 350.", "900", "union"),
    ("The storm has destroyed 40 homes.", "40", None),
    ("The team has won 40 matches.", "40", None),
    ("Police disagree: they counted 4,000 people.", "4,000", "Police"),
    (
        "Nine people have died. The toll was confirmed by the hospital on Friday.",
        "Nine",
        "hospital",
    ),
    ("The firm says 40 tonnes leaked, but inspectors put it at 90.", "90", "inspectors"),
    ("The firm says 40 tonnes leaked, but inspectors put it at 90.", "40", "firm"),
    (
        "Forty families were moved out, a council spokeswoman said on Friday.",
        "Forty",
        "council spokeswoman",
    ),
    (
        "Total losses were put at 34 million euros by the insurers' association.",
        "34",
        "insurers' association",
    ),
    ("The new bridge, engineers reckon, will last 80 years.", "80", "engineers"),
    ("Carla Moss, who leads the inquiry, said 40 files were missing.", "40", "Carla Moss"),
    ("In a statement, the port authority said 40 ships were waiting.", "40", "port authority"),
    ("The bridge is 40 metres long.", "40", None),
    ("By Friday 40 people had been found.", "40", None),
    ("He ran 40 miles by himself.", "40", None),
    ("The match was watched by 40,000 people.", "40,000", None),
    ("Ministers agreed a cap of 40 euros per tonne.", "40", "Ministers"),
    ("An appeal court reduced the sentence to four years.", "four", "appeal court"),
    ("The town was hit by 40 centimetres of snow.", "40", None),
    (
        "The vase is worth 40,000 euros, according to an expert opinion commissioned by the court.",
        "40,000",
        "expert opinion commissioned by the court",
    ),
    ("The figure replaces the initial police estimate of about 40.", "40", None),
    ("Für Hinweise hat der Landkreis 5.000 Euro ausgesetzt.", "5.000", "Landkreis"),
    ("Der Aufzug blieb am Montag bei 40 Grad stehen.", "40", None),
    ("Die Wehr bleibt bei 40 Verletzten.", "40", "Wehr"),
    ("The council's plan beats the old company estimate of 40.", "40", None),
    ("Rescuers stopped, the mountain service said. Three people are missing.", "Three", None),
    ("Der Bürgermeister sagte, es sei schlimm. Neun Busse warteten.", "Neun", None),
    (
        (
            "Insolvenzverwalter Theo Rautke übernahm. Für die Läden sucht Rautke einen Käufer."
            " Nach seinen Angaben haben fünf Firmen angefragt."
        ),
        "fünf",
        "Rautke",
    ),
    (
        (
            "Direktorin Ada Tornewitz kam. Für das Haus wirbt Tornewitz seit Jahren. Nach ihren"
            " Angaben fehlen 40 Bilder."
        ),
        "40",
        "Tornewitz",
    ),
    (
        (
            "Für die Läden sucht Rautke einen Käufer. Nach seinen Angaben haben fünf Firmen"
            " angefragt."
        ),
        "fünf",
        None,
    ),
    (
        "Der Klub bekommt 40 Karten. Der Ligaausschuss bestätigte dies am Dienstag.",
        "40",
        "Ligaausschuss",
    ),
    (
        "Die Strafe beträgt 40.000 Euro. Das Sportgericht verhängte sie am Montag.",
        "40.000",
        "Sportgericht",
    ),
    ("Die Halle fasst 40 Leute. Der Wirt mag das nicht.", "40", None),
)


def speaker(text: str, value: str) -> str | None:
    at = text.index(value)
    sentences = split_sentences(text)
    index = next(i for i, (start, end) in enumerate(sentences) if start <= at < end)
    found = speaker_of(text, sentences[index], (at, at + len(value)))
    if found is not None:
        return text[slice(*found)]
    article = make_article(text)
    spans = [Span(article, start, end) for start, end in sentences]
    sayer = sayer_in(spans[index]) or sayer_before(spans[index], spans[:index])
    return sayer.text if sayer else None


@pytest.mark.parametrize(
    ("text", "value", "who"), CASES, ids=[f"{value} of {text}" for text, value, _ in CASES]
)
def test_who_claims_a_value_is_named(text: str, value: str, who: str | None) -> None:
    assert speaker(text, value) == who
