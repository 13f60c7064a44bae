"""Raw HTML in the text of a page, which Pilar refuses."""

from __future__ import annotations

import re

from lxml.html.defs import tags

TAG = re.compile(
    r"<(?:(?!https?:|mailto:|tel:)/?(?P<name>[a-zA-Z][\w:.-]*)(?=[\s/>]|$)(?P<rest>[^<>]*)(?P<end>>?)"
    r"|[!?])"
)
_ELEMENTS = tags | {*"bdi data dialog frame main noframes picture plaintext slot template".split()}
"""Elements of HTML. `<lima tahun>` is none: it is text, and rendering prints it as such."""


def is_html(match: re.Match[str]) -> bool:
    """Whether it is meant as HTML, rather than as words in brackets (`<nama>`) or as *less than*.

    A tag goes on in the next line where nothing but attributes follow its name.
    """
    name, rest = match["name"], match["rest"]
    if not name:
        return True
    known = name.casefold() in _ELEMENTS or re.search("[:._]", name) or "=" in rest
    after_word = re.search(r"\w$", match.string[: match.start()])
    alone = not rest.strip(" /")
    ends = "=" in rest or (match["end"] and (alone or not after_word)) or (alone and not after_word)
    return bool(known and ends)
