"""What a watch tells: the new claims and those told before, each cited; and the list of watches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.cite import Citation, cite
from bot.escape import escape
from bot.excerpt import cut, units
from bot.excerpt_limits import ExcerptLimits, within
from bot.language import say
from bot.language.days import day_text
from bot.language.standing import claim_text
from bot.news.claim import Claim
from bot.render import (
    MESSAGE_LIMIT,
    ROOMS,
    Room,
    article_line,
    first_that_fits,
    render_quote,
    render_source,
)
from bot.types import Language, Quote
from bot.watch_change import Change, ChangeKind
from index.watch_table import Watch

PAGE = 4  # watches on a page of the list
_AFTER, _BEFORE = 3, 2  # claims that are shown at most
_QUESTION, _CLAIM, _SHORT = 150, 200, 110


@dataclass(frozen=True, slots=True)
class Told:
    """A change with what may be shown of its claims, by their places in it; None: only the link."""

    question: str
    change: Change
    quotes: Mapping[int, Quote]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that are shown, the new ones first."""
        return (*self.change.after[:_AFTER], *self.change.before[:_BEFORE])


def told_of(
    question: str, change: Change, limits: ExcerptLimits, stated: Mapping[int, int]
) -> Told:
    """Return a change as it may be told; `stated` are what sites let be shown, by article."""
    told = Told(question, change, {})
    claims = told.claims
    wide = ExcerptLimits(limits.quotation, min(limits.quotations, 1) * len(claims), limits.article)
    shown: dict[int, Quote] = {}
    for i, claim in enumerate(claims):
        allowed, _ = within([claim.quote], wide, stated)
        if allowed:
            shown[i] = allowed[0]
    return Told(question, change, shown)


def render_alert(told: Told, language: Language, today: date | None = None) -> str:
    """Return the one message about a change."""
    return first_that_fits([_alert(told, language, room, today) for room in ROOMS[3:]])


def render_alerts(several: Sequence[Told], language: Language) -> str:
    """Return one message about many changes: of each what was said and what is, with a link."""
    head = f"**{say(language, 'watch.several', count=len(several))}**"
    lines = [head]
    rest = len(several)
    for told in several:
        shown = _short(told, language)
        more = say(language, "watch.more", count=rest)
        if units("\n".join([*lines, shown, more])) > MESSAGE_LIMIT:
            return "\n".join([*lines, more])
        lines.append(shown)
        rest -= 1
    return "\n".join(lines)


def render_watch_set(
    watch: Watch, known: Sequence[Claim], language: Language, names: Language
) -> str:
    """Return what is said when a watch was set; `names` is the language of the commands' names."""
    where = "direct" if watch.channel is None else "channel"
    lines = [say(language, f"watch.set_{where}", question=_question(watch.question))]
    if known:
        claims = "; ".join(claim_text(language, claim) for claim in known[:_AFTER])
        lines.append(escape(cut(say(language, "watch.now", claims=claims), 2 * _CLAIM)))
    else:
        lines.append(say(language, "watch.nothing_yet"))
    lines.append(f"-# {say(language, 'watch.how', list=_list_command(names))}")
    return "\n".join(lines)


def render_watches(
    watches: Sequence[Watch], page: int, language: Language, *, person: int, limit: int
) -> str:
    """Return one page of the watches that somebody may look after, counted from 0."""
    if not watches:
        return say(language, "watch.none")
    page = min(page, watch_pages(watches) - 1)
    own = sum(watch.person == person for watch in watches)
    head = say(
        language,
        "watch.head",
        count=own,
        limit=limit,
        page=page + 1,
        pages=watch_pages(watches),
    )
    lines = [f"**{head}**"]
    for watch in watches_on(watches, page):
        parts = [day_text(language, watch.at.astimezone().date())]
        parts.insert(0, f"<#{watch.channel}>" if watch.channel else say(language, "watch.alone"))
        if watch.person != person:
            parts.append(say(language, "watch.by", person=f"<@{watch.person}>"))
        if watch.paused is not None:
            parts.append(f"**{say(language, f'watch.paused_{watch.paused}')}**")
        lines.append(f"**{watch.id}** · {_question(watch.question)}\n-# {' · '.join(parts)}")
    return "\n".join(lines)


def render_lost(watch: Watch, server: str, language: Language) -> str:
    """Return what is said to who has set a watch whose channel is lost."""
    return say(
        language, "watch.lost", question=_question(watch.question), server=escape(cut(server, 60))
    )


def watch_pages(watches: Sequence[Watch]) -> int:
    """Return how many pages the list has; an empty one has one."""
    return max(1, -(-len(watches) // PAGE))


def watches_on(watches: Sequence[Watch], page: int) -> Sequence[Watch]:
    """Return the watches on a page, counted from 0."""
    return watches[page * PAGE : (page + 1) * PAGE]


def _alert(told: Told, language: Language, room: Room, today: date | None) -> str:
    claims, change = told.claims, told.change
    numbers = {
        id_: number for number, id_ in enumerate(dict.fromkeys(c.stored.id for c in claims), 1)
    }
    after = min(len(change.after), _AFTER)
    lines = [
        f"**{say(language, f'watch.{change.kind.value}', question=_question(told.question))}**"
    ]
    for i, claim in enumerate(claims):
        if i in {0, after}:
            lines.append(f"**{say(language, 'watch.new' if i == 0 else 'watch.old')}**")
        quote = told.quotes.get(i)
        if quote is None:
            lines.append(article_line(claim.stored, language, title=room.title))
            continue
        lines.append(escape(cut(claim_text(language, claim), _CLAIM)))
        lines.append(render_quote(quote, numbers[claim.stored.id], language, room))
    quoted = [told.quotes[i] for i in sorted(told.quotes)]
    for one in cite(quoted):
        citation = Citation(numbers[one.stored.id], one.stored, one.quotes)
        lines.append(render_source(citation, (), language, room, today))
    return "\n".join(lines)


def _short(told: Told, language: Language) -> str:
    """Name a change in three lines: the question, old and new, where the new one stands."""
    texts = []
    for i, claim in enumerate(told.claims):
        shown = claim_text(language, claim) if i in told.quotes else claim.stored.article.title
        texts.append(escape(cut(shown, _SHORT)))
    after = min(len(told.change.after), _AFTER)
    key = "watch.short_first" if told.change.kind is ChangeKind.FIRST else "watch.short"
    sentence = say(language, key, new=texts[0], old=texts[after] if after < len(texts) else "")
    line = article_line(told.change.after[0].stored, language, title=60, outlet=30, address=250)
    return f"- {escape(cut(told.question, _SHORT))}\n  {sentence}\n  {line}"


def _question(text: str) -> str:
    return escape(cut(" ".join(text.split()), _QUESTION))


def _list_command(names: Language) -> str:
    return f"/{say(names, 'command.watch')} {say(names, 'command.list')}"
