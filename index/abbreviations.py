"""What a full stop means after which word, in German and English: the lists of `split`."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Written without their full stop, in lower case. No sentence ends with these.
NEVER_LAST = _words(
    """
    z.b d.h s.o s.u a.d ph th bspw bzw vgl sog gem lt ggf evtl evt inkl exkl einschl zzgl abzgl zit
    dr prof univ doz dipl ing mag msc phd hr hrn fr frl st hl ehem verst geb gest verh gesch
    abg lhstv bgm min präs vors gen adm oberst obst lt hptm kap gouv sen rep gov
    nr no art abs par ziff lit bd hrsg aufl kap fig abb tab tel fax abt ref az zl
    ca rd mind max min tsd etwa zw betr bez bes insb insbes allg kgl kais röm kath evang ev luth
    mr mrs ms messrs rev hon capt col sgt cpl maj cmdr lieut supt insp det gen ft mt
    vs approx est dept fig pp vol ed eds eg ie e.g i.e cf viz al
    mo di mi do sa so jän jan feb mär mrz apr jun jul aug sept sep okt oct nov dez dec
    ges gez gegr österr dt schweiz schw frz franz engl ital span russ poln tschech ungar amerik
    str pl
    """
)
# Words of their own as well; abbreviations only before a digit ("Nr. 5" but "Er sagte no.").
ONLY_BEFORE_DIGIT = _words(
    """
    no art par min max mi do so sa di mo mag gen al ed tab fig ref do bes st pl etwa lit str
    kap jan aug dec sen rep est col lt ing fr evang franz
    """
)
# Titles written in capitals, before a name: these outrank the list above.
BEFORE_NAME = _words("St Gen Sen Rep Col Lt Ing Fr Mag Mt Ft Hl Hr Fr")
# May stand last: the sentence ends only where the next word is one that likes to begin one.
MAYBE_LAST = _words(
    """
    usw etc u.a u.ä u.s.w o.ä o.a u.v.m uvm mio mill mrd bio tsd std stk min sek pkt jh jhd jhdt
    kl abs ff f sr jr inc ltd co corp bros llc plc gmbh n.chr v.chr chr u.s u.s.a u.k u.n e.u d.c
    l.a a.m p.m a.d b.c ph.d b.a m.a m.sc b.sc e.v i.r i.g o.k n.n m.e u.u
    vorm nachm mtl jährl st z.t z.zt dgl dergl ä a u zt hbf bhf fa gebr mwst ust
    """
)
# Letters that do end sentences when a word like these stands before them ("Plan B.").
BEFORE_LETTER = _words(
    """
    plan vitamin klasse gruppe typ punkt buchstabe kategorie hepatitis variante modell serie
    fall linie block sektor note type group class category section
    """
)

# A number with a full stop before one of these is an ordinal.
AFTER_ORDINAL = _words(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember
    Jan Jän Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez
    Jahrhundert Jahrhunderts Jahrtausend Jahrtausends Jh Jhd Jhdt Jahrestag Jahrestages
    Jahrestags Jahr Lebensjahr Lebensjahres Geburtstag Geburtstags Geburtstages Todestag
    Hochzeitstag Jubiläum Platz Rang Stock Stockwerk Mal Male Runde Bezirk Bezirks Minute
    Spielminute Halbzeit Viertel Spieltag Etappe Klasse Liga Tag Tages Woche Monat Stunde Auflage
    Ausgabe Kapitel Teil Akt Satz Weltkrieg Weltkriegs Weltkrieges Bundestag Bundestages Bundestags
    Legislaturperiode Wahlperiode Gesetzgebungsperiode Armee Division Infanteriedivision
    Bataillon Regiment Zusatzartikel Verfassungszusatz Breitengrad Längengrad Parteitag
    Parteitags Schwangerschaftswoche Quartal Quartals Semester Schulstufe Klassen Wiener Berlinale
    Filmfestspiele Sinfonie Symphonie Versuch Sieg Niederlage Tor Treffer Saisontor Länderspiel
    Lauf Rennen Kilometer Loch Präsident Präsidenten US-Präsident Dynastie Arrondissement
    """
)
# Before a number these announce an ordinal ("der 17. Spieltag", "am 3. Oktober").
BEFORE_ORDINAL = _words(
    """
    der die das den dem des am im zum zur vom beim ins ans ein eine einen einem einer eines
    sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres unser unsere mein meine
    meinen meinem meiner dein deine jeder jede jedes jeden jedem dieser diese dieses diesen diesem
    bis zwischen ab seit vor nach und oder montag dienstag mittwoch donnerstag freitag samstag
    sonnabend sonntag
    """
)
# After these a number is a count or a name, and its full stop ends the sentence. After a word that
# is English alone always: English writes no ordinal with a full stop.
BEFORE_COUNT = _words(
    """
    platz rang nummer position startplatz stelle kapitel artikel paragraf paragraph seite gruppe
    tor gate zimmer kanal sektor reaktor block airbus boeing typ euro dollar prozent number page
    chapter article room world formel
    to of than at by from with for least most about around nearly almost over under above below
    were are is reached only some aged age turned another until
    """
)

# Words that, with a capital, stand at the beginning of a sentence much more often than inside.
STARTERS = _words(
    """
    Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Kein Keine Er Sie Es Wir Ich Ihr Man
    Wer Was Wo Wie Wann Warum Wieso Weshalb Welche Welcher Welches Woher Wohin Womit
    In Im Am An Auf Aus Bei Beim Bis Durch Für Gegen Gegenüber Hinter Mit Nach Neben Ohne Seit
    Seither Trotz Über Um Unter Vom Von Vor Während Wegen Zu Zum Zur Zwischen Laut Ab Außer
    Außerdem Und Oder Aber Doch Denn Sondern Weil Wenn Als Ob Obwohl Dass Damit Sodass Sobald
    Solange Falls Da Dabei Dadurch Dafür Dagegen Daher Dahinter Danach Dann Daran Darauf Daraufhin
    Daraus Darin Darüber Darum Darunter Davon Davor Dazu Dazwischen Deshalb Deswegen Demnach Dennoch
    Trotzdem Auch Noch Nur Schon Erst Jetzt Nun Heute Gestern Morgen Bereits Dort Hier Hierbei
    Hierzu So Sogar Sonst Soviel Sowohl Also Allerdings Allein Alle Alles Andere Andererseits
    Anders Bisher
    Bislang Beide Dies Diese Dieser Dieses Diesen Diesem Diesmal Dieselbe Jede Jeder Jedes Jene
    Jedoch Kaum Mehr Mehrere Meist Mittlerweile Möglicherweise Nachdem Natürlich Nicht Nichts
    Niemand Obgleich Offenbar Schließlich Sein Seine Seinen Seiner Ihre Ihren Ihrem Ihrer Unser
    Unsere Mein Meine Selbst Sollte Somit Später Statt Stattdessen Tatsächlich Viele Vielleicht
    Vielmehr Weder Weiter Weiters Weitere Wenige Wird Wurde Wurden Ist Sind War Waren Hat Haben
    Hatte Zudem Zuletzt Zunächst Zuvor Zwar Zusätzlich Immer Immerhin Inzwischen Insgesamt
    Jedenfalls Ebenso Ebenfalls Etwa Einige Einmal Einst Ende Anfang Rund Knapp Derzeit Derweil
    Dessen Deren Ja Nein Gleichzeitig Gemeinsam Gut Genau Hinzu Indes Indessen Insbesondere
    The This That These Those He She It We They You I A An But And Or So If When While Where Who
    What Why How There Here His Her Its Their Our My Your At On By For From With Without After
    Before Since Until As Although Though However Meanwhile Then Now Not No Yes Another Some Many
    Most All Both Each Every One Two In Under Over According Instead Still Yet Also Because
    Zwei Drei Vier Fünf Sechs Sieben Acht Neun Zehn Elf Zwölf Dutzende Hunderte Tausende
    Three Four Five Six Seven Eight Nine Ten Eleven Twelve Dozens Hundreds Thousands
    """
)

ROMAN_DIGITS = frozenset("IVXLCDM")
