"""Shadow roots that a page declares, put where a browser shows them: before what is hidden goes."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html

_MODES = frozenset({"open", "closed"})
# What may have one, beside elements of one's own, whose names have a hyphen. Elsewhere the template
# is like any other and never shown.
_HOSTS = frozenset(
    {"article", "aside", "blockquote", "body", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"header", "main", "nav", "p", "section", "span"}
)
_HOST = "data-shadow-host"
_OF_HOST = re.compile(r":host(?:\(([^()]*)\)|-context\([^()]*\)|(?![-\w]))")
_SLOTTED = re.compile(r"::slotted\(([^()]*)\)")

_Nodes = list[html.HtmlElement | str]


def place_shadow_roots(
    tree: html.HtmlElement, remove_hidden: Callable[[html.HtmlElement], None]
) -> None:
    """Put what stands in shadow roots in place of the children that are shown through their slots.

    Style sheets in a shadow root count there alone, so `remove_hidden` is called with each by
    itself; what the page's own hide of it goes with the rest, later.
    """
    hosts: dict[html.HtmlElement, html.HtmlElement] = {}
    for template in tree.iter("template"):
        host = template.getparent()
        if host is not None and _declares(host, template):
            hosts.setdefault(host, template)  # of several in one element the first
    for host, template in reversed(hosts.items()):  # those within others first
        _place(host, template, remove_hidden)


def _declares(host: html.HtmlElement, template: html.HtmlElement) -> bool:
    mode = (template.get("shadowrootmode") or "").lower()
    return mode in _MODES and ("-" in str(host.tag) or host.tag in _HOSTS)


def _place(
    host: html.HtmlElement,
    template: html.HtmlElement,
    remove_hidden: Callable[[html.HtmlElement], None],
) -> None:
    children = [node for node in _taken(host) if node is not template]
    page = html.Element("html")
    inside = html.Element("div", {_HOST: "", **{n: host.get(n, "") for n in ("class", "id")}})
    body = html.Element("body")
    page.append(body)
    body.append(inside)
    _put(inside, _taken(template))
    slots: dict[str, html.HtmlElement] = {}
    for slot in inside.iter("slot"):
        slots.setdefault(slot.get("name", ""), slot)
    reaches = False  # whether a style in there reaches what stands in the slots
    for style in inside.iter("style"):
        css = _OF_HOST.sub(lambda found: f"[{_HOST}]{found[1] or ''}", style.text or "")
        reaches = reaches or _SLOTTED.search(css) is not None
        style.text = _SLOTTED.sub(r"\1", css)
    if reaches:
        _assign(slots, children)
    remove_hidden(page)
    if not reaches:
        _assign({name: slot for name, slot in slots.items() if _is_in(slot, page)}, children)
    for slot in slots.values():
        if _is_in(slot, page):
            slot.drop_tag()
    if _is_in(inside, page):
        _put(host, _taken(inside))


def _assign(slots: dict[str, html.HtmlElement], children: _Nodes) -> None:
    """Put children into their slots; those without one are shown nowhere."""
    filled: dict[str, _Nodes] = {}
    for node in children:
        named = isinstance(node, html.HtmlElement) and isinstance(node.tag, str)
        name = node.get("slot", "") if named and not isinstance(node, str) else ""
        filled.setdefault(name, []).append(node)
    for name, nodes in filled.items():
        if name in slots:
            _taken(slots[name])  # what would stand there otherwise
            _put(slots[name], nodes)


def _taken(element: html.HtmlElement) -> _Nodes:
    """Return what stands in an element, and leave it empty."""
    nodes: _Nodes = [element.text] if element.text else []
    element.text = None
    for child in list(element):
        tail, child.tail = child.tail, None
        element.remove(child)
        nodes += [child, tail] if tail else [child]
    return nodes


def _put(element: html.HtmlElement, nodes: _Nodes) -> None:
    for node in nodes:
        if not isinstance(node, str):
            element.append(node)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + node
        else:
            element.text = (element.text or "") + node


def _is_in(element: html.HtmlElement, page: html.HtmlElement) -> bool:
    return next(element.iterancestors("html"), None) is page
