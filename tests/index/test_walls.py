from __future__ import annotations

import pytest

from index.errors import ExtractionError
from index.walls import refuse_wall

TEASER = (
    "Der Stadtrat von Linden hat am Montag den Neubau des Hallenbads in der Weststadt beschlossen. "
)
WALL = (
    "Mit einem Klick auf „Zustimmen“ willigen Sie in den Einsatz von Cookies für alle Zwecke ein."
)

ROBOT = (
    "Bevor es weitergeht, prüfen wir kurz Ihre Verbindung. Setzen Sie das Häkchen und zeigen Sie "
    "uns, dass Sie kein Roboter sind."
)
GONE = (
    "Die gesuchte Meldung existiert nicht mehr oder liegt woanders. Wir bitten Sie, die Suche oben "
    "rechts auf jeder Seite zu benutzen."
)
ADS = (
    "Wir und ausgewählte Partner lesen Informationen auf Ihrem Gerät aus und zeigen Ihnen "
    "personalisierte Anzeigen. Mit „Akzeptieren“ geht es weiter zur Zeitung."
)
NO_SCRIPT = (
    "Ihr Browser blockiert JavaScript. Damit Sie unsere Seite lesen können, erlauben Sie es bitte "
    "in den Einstellungen und laden die Seite neu."
)
NO_SCRIPT_ENGLISH = (
    "This site needs JavaScript, which your browser blocks at the moment. Please turn it on in "
    "your settings and load the page once more."
)
NO_ACCESS = (
    "Zugriff verweigert. Von Ihrer Adresse kamen zuletzt sehr viele Anfragen. Wenden Sie sich an "
    "unseren Kundendienst und nennen Sie die Nummer 18.2f."
)
NO_ACCESS_ENGLISH = (
    "Access to this page has been denied. We have noticed unusual activity from your network. "
    "Please write to us and name the reference number 18.2f."
)
NO_REGION = (
    "Aus rechtlichen Gründen ist dieser Inhalt in Ihrem Land nicht verfügbar. Wir bitten Sie um "
    "Verständnis und laden Sie ein, bei anderen Themen weiterzulesen."
)
ON_SCRIPTS = (
    "Die Behörde rät, JavaScript zu deaktivieren, bis der Fehler behoben ist. „Wir prüfen, ob "
    "Daten abgeflossen sind“, sagte ein Sprecher am Montag in Linden."
)
ON_ACCESS = (
    "Den Ermittlern wurde am Montag der Zugriff auf die Akten verweigert. „Wir haben das so nicht "
    "erwartet, aber wir klagen“, sagte die Staatsanwältin in Linden, die Klage sei vorbereitet."
)
ON_ACCESS_ENGLISH = (
    "Aid workers said on Monday that access to the valley had been denied for a third week. “We "
    "cannot reach our villages,” a spokeswoman of the agency told reporters in Linden."
)
ON_COOKIES = (
    "Wer Cookies setzt, braucht die Einwilligung der Besucher, so das Gericht in Karlsruhe. Ein "
    "Häkchen, das schon gesetzt ist, genüge dafür nicht, sagte der Richter am Montag."
)
ON_SUBSCRIPTIONS = (
    "Der Verkehrsverbund führt ein Abo ein, das monatlich kündbar ist. Wer bereits Abonnent ist, "
    "muss nichts tun, teilte der Verbund mit.\n\n"
    "Der Fahrgastverband hält 49 Euro für zu viel und verlangt einen Preis von höchstens 19 Euro."
)


def refusal(body: str, seen: str, *, free: bool = True) -> str | None:
    try:
        refuse_wall(body, seen, free=free, source="s")
    except ExtractionError as error:
        return error.code
    return None


@pytest.mark.parametrize(
    ("body", "beside", "free", "code"),
    [
        (TEASER * 2, "", True, None),
        (TEASER * 2, "", False, "paywall"),
        (TEASER * 2, " Jetzt weiterlesen für 1 Euro.", True, "paywall"),
        (TEASER * 10, " Weiterlesen mit L+", True, "paywall"),
        (TEASER * 10, " Mehr Nachrichten. " * 60 + "Weiterlesen mit L+", True, None),
        (TEASER * 10, " Mehr Nachrichten. " * 60 + "Weiterlesen mit L+", False, "paywall"),
        (TEASER * 40, " Weiterlesen mit L+", False, None),
        (WALL, " Willkommen", True, "consent_wall"),
        (TEASER * 2, " Lesen Sie den gesamten Beitrag im Digitalpaket.", True, "paywall"),
        (TEASER * 2, " Create an account to keep reading.", True, "paywall"),
        (TEASER * 2, " Jetzt mit LindenPlus weiterlesen.", True, "paywall"),
        (TEASER * 2, " Diese Reportage gehört exklusiv unseren Mitgliedern.", True, "paywall"),
        (TEASER * 2, " This report is open to subscribers only.", True, "paywall"),
        (TEASER * 2, " Nur für angemeldete Leser.", True, "paywall"),
        (ROBOT, " Einen Moment", True, "no_readable_text"),
        (GONE, " Fehler 404", True, "no_readable_text"),
        (ADS, " Willkommen", True, "consent_wall"),
        (NO_SCRIPT, " Linden", True, "no_readable_text"),
        (NO_SCRIPT_ENGLISH, " Linden", True, "no_readable_text"),
        (NO_ACCESS, " Linden", True, "no_readable_text"),
        (NO_ACCESS_ENGLISH, " Linden", True, "no_readable_text"),
        (NO_REGION, " Linden", True, "no_readable_text"),
        (ON_SCRIPTS, " Warnung", True, None),
        (ON_ACCESS, " Prozess", True, None),
        (ON_ACCESS_ENGLISH, " Linden", True, None),
        (ON_COOKIES, " Urteil in Karlsruhe", True, None),
        (ON_SUBSCRIPTIONS, " Verkehr", True, None),
        ("", " Wir bitten um Zustimmung zu Cookies.", True, "consent_wall"),
        ("", "", True, "no_readable_text"),
        ("Nur ein Satz.", "", True, "no_readable_text"),
    ],
)
def test_what_stands_in_front_of_an_article_is_named(
    body: str, beside: str, *, free: bool, code: str | None
) -> None:
    assert refusal(body, body + beside, free=free) == code


def test_an_offer_far_above_a_short_report_is_the_papers_own_furniture() -> None:
    above = "Jetzt abonnieren, monatlich kündbar. Politik Sport Wetter "
    assert refusal(TEASER * 2, above + TEASER * 2) is None
