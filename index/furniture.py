"""Lines of a news page that are no news, and the words by which they are known."""

from __future__ import annotations

import re


def _whole_line(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(alternatives)})", re.IGNORECASE)


# Buttons, menus, counters: dropped wherever the whole line says no more than this.
_BUTTON = _whole_line(
    r"(anzeige|werbung|advertisement) ?[:–-].{0,120}",
    r"anzeigen?|werbung|advertisement|advertorial|sponsored( content)?|promotion",
    r"(artikel |beitrag |jetzt |auf \w+ )?(teilen|weitersagen|drucken|merken|speichern|vorlesen)",
    r"(teilen|empfehlen) sie (diesen|den) (artikel|beitrag)|(diesen|den) (artikel|beitrag) teilen",
    r"(artikel|beitrag) (an)?hören|hören|share( this( article| story)?)?( on \w+)?|print|save",
    r"facebook|twitter|x|whatsapp|instagram|telegram|linkedin|xing|pinterest|e-?mail|bluesky",
    r"threads|rss|(link|url) kopieren|copy link|pocket|flipboard|mastodon|reddit|feedback",
    r"\d* ?(kommentare?|comments?|leserkommentare|postings?)( \(?\d+\)?)?|kommentieren",
    r"(kommentar|leserbrief) (schreiben|verfassen)|(zu den|alle|zum) kommentaren?( anzeigen)?",
    r"startseite|home|menü|menu|navigation|suche|suchen|search|zurück|back|weiter|mehr|more|"
    r"anmelden|einloggen|abmelden|registrieren|log ?in|sign (in|up)|mein konto|schließen|close",
    r"(zur|zurück zur|back to) (startseite|übersicht|homepage|home)|nach oben|zum seitenanfang",
    r"(zum|skip to( main)?|direkt zum) (inhalt|content|hauptinhalt)( springen)?",
    r"abo|e-?paper|podcasts?|newsletter|push-?mitteilungen|subscribe( now)?|jetzt abonnieren",
    r"(jetzt )?(kostenlos |gratis )?(testen|registrieren|abonnieren|bestellen)|follow us.{0,30}",
    r"(ca\. |lesezeit:? ?|lesedauer:? ?)*\d+( ?[–-] ?\d+)? (min(\.|uten)?|minutes?)"
    r"( lesezeit| lesen| read)?",
    r"vor \d+ (minuten?|stunden?|tagen?)|\d+ (minutes?|hours?|days?) ago",
    r"gehe zur galerie|(zur |ganze )?(galerie|bildergalerie|bildstrecke|fotostrecke)( öffnen)?",
    r"(bild |foto |image )?\d+ ?(/|von|of) ?\d+( bildern?| fotos?)?|(bild )?vergrößern|vollbild",
    r"video abspielen|play video|jetzt ansehen|video|audio|(bild|foto)s?|alle bilder ansehen",
    r"(themen|schlagwörter|stichwörter|tags|schlagworte|topics):?.{0,80}",
    r"mehr (anzeigen|laden)|load more|show more|weiterlesen|read more|impressum|datenschutz|agb",
    r"(artikel|beitrag) (merken|empfehlen|kommentieren|verschenken)|fehler melden|korrektur melden",
    r"ende der (anzeige|werbung)|ende des (artikels|beitrags)|quelle",
)
# Announces other articles: its own line goes, and so do the headlines that stand under it.
_TEASER = _whole_line(
    r"(lesen|hören|sehen|schauen) sie (auch|dazu|hier|mehr|weiter)\b.{0,200}",
    r"(lies|lest|hör|schau) (auch|dazu|mehr)\b.{0,200}|(hier )?weiterlesen\b.{0,200}",
    r"(das könnte (sie|dich|ihnen|dir) )?auch (interessant|interessieren|gefallen|lesenswert)\b"
    r".{0,120}",
    r"(read|see|watch) (also|more|next)\b.{0,200}|you (may|might) also like\b.{0,120}",
    r"(siehe auch|passend dazu|mehr dazu|mehr zum thema|zum thema|related( articles)?):.{0,200}",
)
# The same, but such words also begin sentences: only for lines that are none.
_TEASER_HEADING = _whole_line(
    r"(externe[rn]? inhalte? |dieser inhalt ist )(nicht verfügbar|blockiert).{0,80}",
    r"(mehr|weitere) (zum thema|dazu|aus|über|von|artikel|nachrichten|meldungen|themen|beiträge|"
    r"news)\b.{0,120}",
    r"related( articles| stories| topics| news)?|more (on|from|about) .{0,120}|most read|"
    r"meist ?gelesen|die meist ?gelesenen .{0,60}|top stories|top-?themen",
    r"(empfohlener|externer) (redaktioneller )?(inhalt|content).{0,120}",
    r"empfehlungen( der redaktion)?",
    r"(zum|zur) (thema|nachlesen|weiterlesen)|siehe auch|passend dazu",
)
# Speaks to the visitor of the site: whole sentences, so only with these openings.
_NOTICE = _whole_line(
    r"(wir|diese (web)?seite|unsere (web)?seite|diese website)\b.{0,80}\bcookies?\b.*",
    r"(we|this (web)?site|our (web)?site)\b.{0,40}\buses? (cookies|tracking)\b.*",
    r"(mit (einem|dem|ihrem) klick|durch (die|das) (weitere )?(nutzung|klicken)|indem sie)\b"
    r".{0,160}\b(zu|einverstanden|cookies|datenschutz\w*)\b.*",
    r"(by (clicking|continuing)|if you continue)\b.{0,120}\b(agree|accept|consent|cookies)\b.*",
    r"(an dieser stelle|hier) (finden|steht|befindet|sehen)\b.{0,90}\b(extern|drittanb)\w*"
    r"\b.*",
    r"(melden sie sich|melde dich|jetzt|hier)\b.{0,60}\bnewsletter\b.*",
    r"(sign up|subscribe)\b.{0,60}\bnewsletters?\b.*",
    r"(dieser|der) (artikel|text|beitrag) (erschien|ist) (zuerst |zuvor )?(am .{3,20} )?"
    r"(auf|bei|in) .{0,80}",
    r"(bitte )?(akzeptieren|aktivieren) sie .{0,60}\b(cookies|javascript)\b.*",
    r"(ich bin damit|sind sie damit) einverstanden\b.{0,40}\b(extern|drittanb|inhalt)\w*\b.*",
    r".{0,80}\bdaten\b.{0,60}\b(an dritt\w+|drittplattform\w*)\b.{0,40}\bübermittelt\b.*",
    r".{0,80}\bprivatsphäre-?einstellungen\b.{0,240}",
    r"hat (ihnen|dir) (dieser|der) (artikel|beitrag|text) gefallen\b.*",
    r".{0,80}\bnewsletter\b.{0,40}\b(informiert|bringt|liefert|versorgt|hier entlang)\b.{0,240}",
    r".{0,160}\b(abonnieren sie|abonniere|folgen sie|folge|folgst du|follow)\b.{0,60}\b("
    r"whatsapp|kanal|channel|instagram|facebook|telegram|google news|podcast|newsletter)\b.{0,240}",
    r".{0,80}\b(tipp)?fehler (gefunden|entdeckt)\b.{0,120}|.{0,60}\bfehler der redaktion\b.{0,60}",
    r"please (enable|accept) .{0,40}\b(cookies|javascript)\b.*",
    r".{0,80}\bhier geht(?:'s| es) (zu|zur|zum)\b.{0,60}\b(app|newsletter|podcast)\b.{0,80}",
    r"(dies(er text)?|das|der (artikel|text)|es) (ist|handelt|wurde)\b.{0,40}\b(maschinell|"
    r"automatisch)\w* übersetz\w+\b.{0,240}",
    r"(lest|lesen sie|lies) (hier )?den originalartikel\b.{0,120}",
    r"(©|\(c\)|copyright)? ?.{0,60}\b(all rights reserved|alle rechte vorbehalten)\b.{0,60}",
    r"von meinem (iphone|ipad|handy|samsung galaxy\b.{0,20}) gesendet|sent from my .{2,30}",
)
_AGENCIES = (
    "apa|dpa|afp|ap|reuters|rtr|sda|keystone(-sda)?|epd|kna|kap|ag|agenturen|sid|ots|"
    "dts|pti|tass|interfax|ansa|upi|getty( images)?|picturedesk(\\.com)?|picture[ -]alliance|imago"
    "( images)?|istock(photo)?|shutterstock|unsplash|pixabay|pexels|adobe stock|epa|privat|zvg|"
    "screenshot|symbolbild|archiv(bild|foto)?|handout|wikimedia( commons)?|instagram|facebook|"
    "x|twitter|tiktok|youtube|zuma( press)?|action press|gepa( pictures)?|eibner|ullstein bild"
)
# Begins with a letter: a space that could belong to either side would be tried both ways.
_PERSON = r"[^\W_][\w.'\- ]{1,40}"
# A name of a picture source, alone or with a photographer's name beside it.
_CREDIT = _whole_line(
    r"(fotos?|bild(er|quelle|rechte)?|©|\(c\)|copyright|photos?|image|credit|quelle|grafik|"
    r"illustration|source)\s?[:/©]?\s.{1,120}",
    r"©.{1,120}",
    rf"[\(\[]?(?:{_PERSON}[/,|] ?)*({_AGENCIES})(?: ?[/,|] ?{_PERSON})*[\)\]]?",
)
# A caption with its credit in the same line, which is names and nothing else.
_CREDITED = (
    rf"(?:(?i:{_AGENCIES})|[^\W\d_a-zäöüß][\w'’-]*\.?(?: [^\W\d_a-zäöüß][\w'’-]*\.?){{0,3}})"
)
_CAPTION = re.compile(
    r".{3,240}?[\s(\[](?:(?i:fotos?|bild(?:er|quelle)?|photos?|image|credit|grafik|illustration)"
    r"\s?[:/©]|©|\((?i:c)\))\s?(?:(?i:fotos?|bild)\s?[:/]\s?)?"
    rf"{_CREDITED}(?:(?: ?[/,|] ?| via | für ){_CREDITED}){{0,3}}[)\]]?",
)
_SIGN_OFF = _whole_line(
    rf"[\(\[]?(red|{_AGENCIES})\.?(?:(?:, ?| ?[/|] ?| und ){_PERSON})*\.?[\)\]]?",
    r"[\(\[][a-zäöü]{2,5}\.?([/, ]{1,2}[a-zäöü\-]{2,8}\.?)*[\)\]]",
    r"(akt|update|aktualisiert|red|anm\. d\. red|end|ende)\.?",
)
_GALLERY = _whole_line(
    r"(bildstrecke|fotostrecke|bildergalerie|fotogalerie|diashow|galerie|(photo )?gallery|"
    r"slideshow|in bildern|in pictures)\b[^.]{0,160}",
    r"(die )?(bilder|fotos) des (tages|jahres|monats)|die bilder der woche|pictures of the day",
    r"gehe zur galerie|zur (galerie|bildergalerie|fotostrecke|bildstrecke)|ganze galerie",
    r"(bild |foto |image )?\d{1,3} ?(/|von|of) ?\d{1,3}( bildern?| fotos?)?",
)
_SUMMARY = _whole_line(
    r"(auf den punkt gebracht|in kürze|kurz (und bündig|gefasst|erklärt)|zusammenfassung|"
    r"das wichtigste( in kürze| zuerst| kurz)?|darum geht'?s|darum geht es|die wichtigsten punkte|"
    r"(key|main) (points|takeaways|facts)|in brief|summary|at a glance|auf einen blick):?",
)


def is_button(line: str) -> bool:
    """Say whether the line is a button, a counter or a menu entry."""
    return _BUTTON.fullmatch(line.strip(" .|·•>»›→*-")) is not None


def is_teaser(line: str) -> bool:
    """Say whether the line announces other articles, even where it is a sentence."""
    return _TEASER.fullmatch(line) is not None


def is_teaser_heading(line: str) -> bool:
    """Say whether a line that is no sentence announces other articles."""
    return is_teaser(line) or _TEASER_HEADING.fullmatch(line.rstrip(" :")) is not None


def is_notice(line: str) -> bool:
    """Say whether the line speaks of cookies, consent or newsletters to the visitor."""
    return _NOTICE.fullmatch(line) is not None


def is_credit(line: str) -> bool:
    """Say whether the line names who took or owns a picture."""
    return _CREDIT.fullmatch(line) is not None


def is_caption(line: str) -> bool:
    """Say whether the line describes a picture and ends with who took it."""
    return _CAPTION.fullmatch(line) is not None


def is_sign_off(line: str) -> bool:
    """Say whether the line is the desk's mark at an article's end."""
    return _SIGN_OFF.fullmatch(line) is not None


def is_gallery_mark(line: str) -> bool:
    """Say whether the line belongs to the frame of a gallery."""
    return _GALLERY.fullmatch(line) is not None


def is_summary_heading(line: str) -> bool:
    """Say whether the line stands over a list that repeats the article in short."""
    return _SUMMARY.fullmatch(line) is not None
