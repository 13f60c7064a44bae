"""CommonMark's and GitHub's own examples through `pilar check`, for scripts/check --all.

`python -m tests.stages.spec_examples ARCHIVE`: the archive of marko's sources, which has both
specifications in it. Each example that Pilar prints otherwise than CommonMark with GitHub's tables
and deletions shows it, by a comparison of HTML that shares no code with B206, must be told.
"""

from __future__ import annotations

import re
import sys
import tarfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import html
from lxml.html import HtmlElement
from markdown_it import MarkdownIt

from pilar.checks.rules import module_rules
from pilar.syntax.render import render

from .samples import RULES, parsed, project_of

EXAMPLE = re.compile(r"^`{32} example\b.*?\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
COMMONMARK = MarkdownIt("commonmark", {"html": False, "strikethrough_single_tilde": True}).enable(
    ["table", "strikethrough"]
)
BLOCKS = frozenset("ul ol li blockquote pre table tr th td dl dt dd hr h1 h2 h3 h4 h5 h6".split())
SAME = {"s": "del", "b": "strong", "i": "em"}
MOST = 15
"""Silent ones there may be: tabs in code as spaces, bullets after other bullets as one list."""
WRITTEN = {"mark": "==", "ins": "^^", "sub": "~", "sup": "^"}


def outline(element: HtmlElement) -> Iterator[str]:
    """Tags that change what readers see, and text."""
    yield element.text or ""
    for child in element:
        tag = SAME.get(child.tag, child.tag)
        if tag in ("a", "img"):
            address = unquote(child.get("href") or child.get("src") or "")
            yield f"<{tag} {address} {child.get('title') or ''} {child.get('alt') or ''}>"
        elif tag in ("em", "strong", "del", "code", "br") or tag in BLOCKS:
            align = re.search(r"(?:text-)?align\W+(\w+)", " ".join(map(str, child.items())))
            yield f"<{tag}{int(child.get('start') or 1) if tag == 'ol' else ''}"
            yield f"{align[1] if align else ''}>"
        elif tag == "input":
            yield "[ ] " if child.get("checked") is None else "[x] "
        yield WRITTEN.get(tag, "")
        yield from outline(child)
        yield WRITTEN.get(tag, "")
        yield f"</{tag}>" if tag in BLOCKS or tag in ("a", "em", "strong", "del", "code") else ""
        yield "¶" if tag == "p" and child.getnext() is not None else ""
        yield child.tail or ""


def shown(markup: str) -> str:
    text = "".join(outline(html.fragment_fromstring(markup, create_parent="div")))
    return re.sub(r"\s*¶?\s*(</?(?:\w{2,}|p)[^>]*>|¶|$)\s*", r"\1", re.sub(r"[ \n]+", " ", text))


def is_told(source: str) -> bool:
    page = f"# Judul\n\n{source}"
    if parsed(page)[1]:
        return True
    project = project_of(page)
    module = project.modules["contoh"]
    found = [*RULES, *module_rules()]
    return any(
        problem.path.endswith("hal-1.md") and problem.code[0] in "BT"
        for rule in found
        for problem in rule(module, project)  # type: ignore[arg-type]
    )


def main(archive: str) -> int:
    silent = []
    with tarfile.open(archive) as files:
        for name in ("commonmark", "gfm"):
            member = next(m for m in files.getmembers() if m.name.endswith(f"/spec/{name}.txt"))
            file = files.extractfile(member)
            assert file
            examples = EXAMPLE.findall(file.read().decode().replace("→", "\t"))
            other = [
                (number, source)
                for number, source in enumerate(examples, 1)
                if shown(COMMONMARK.render(source)) != shown(render(source))
            ]
            silent += [f"{name} {n}: {source!r}" for n, source in other if not is_told(source)]
            print(f"{name}: {len(examples)} examples, {len(other)} printed otherwise")
    print(f"{len(silent)} of them silent", *silent, sep="\n")
    return len(silent) > MOST


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
