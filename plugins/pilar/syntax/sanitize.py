"""The allow-list of HTML, applied to the output of Markdown."""

from __future__ import annotations

import re

import nh3

TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li mark ol p pre q s section "
    "small span strong sub summary sup table tbody td tfoot th thead tr u ul".split()
)
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "title", "role", "aria-label", "aria-hidden", "aria-labelledby"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"align", "colspan", "rowspan", "data-isi", "data-label"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "details": {"open"},
    "div": {"data-tabs", "data-isi"},
    "section": {"data-kode", "data-dikumpulkan"},
}
_ELSEWHERE = re.compile(r"[\s\0-\x20]*(?:[\\/]|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
SCHEMES = {"http", "https", "mailto", "tel"}


def clean(html: str) -> str:
    """`html` without tags and attributes that are not allowed."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
        attribute_filter=_own_pictures,
    )


def _own_pictures(tag: str, attribute: str, value: str) -> str | None:
    """Drop addresses of pictures outside of the edition: nothing is loaded from elsewhere."""
    if tag == "img" and attribute == "src" and _ELSEWHERE.match(value):
        return None
    return value
