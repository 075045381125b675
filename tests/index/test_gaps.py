from lxml import html

from index.gaps import fill_gaps
from index.lines import Line

LEAD = "Der Stadtrat hat am Montag den neuen Haushalt beschlossen, wie die Stadt mitteilt."
FIRST = "Die Opposition stimmte nach einer langen und lauten Sitzung gegen den Entwurf."
MIDDLE = "Die Bürgermeisterin nannte das Ergebnis am Abend einen guten Kompromiss für alle."
LAST = "Die nächste Sitzung findet im Dezember statt, dann geht es um die Gebühren für Müll."
OTHER = "In einem anderen Teil der Seite steht ein anderer Satz über ganz andere Dinge."
PAGE = html.document_fromstring(
    f"<div><p>{OTHER}</p></div><h1>Rat tagt am Montag</h1><header><div><span>{LEAD}</span></div>"
    f"</header><div><p>{FIRST}</p><p>{MIDDLE}</p><p>Kurz.</p><p><a href=/x>{OTHER} Mehr.</a></p>"
    f"<p>{LAST}</p></div><div><p>{OTHER}</p></div>"
)


def filled(*taken: str) -> list[str]:
    lines = [Line(text, number) for number, text in enumerate(taken)]
    return [line.text for line in fill_gaps(PAGE, lines, "Rat tagt am Montag")]


def test_a_paragraph_between_extracted_ones_is_put_back_in_its_place() -> None:
    assert filled(LEAD, FIRST, LAST) == [LEAD, FIRST, MIDDLE, LAST]


def test_a_paragraph_after_the_last_extracted_one_is_put_back() -> None:
    assert filled(LEAD, FIRST, MIDDLE) == [LEAD, FIRST, MIDDLE, LAST]


def test_the_lead_between_headline_and_text_is_put_back_and_nothing_above_the_headline() -> None:
    assert filled(FIRST, MIDDLE, LAST) == [LEAD, FIRST, MIDDLE, LAST]


def test_where_nothing_is_missing_nothing_is_added() -> None:
    assert filled(LEAD, FIRST, MIDDLE, LAST) == [LEAD, FIRST, MIDDLE, LAST]
