"""Golden summaries: a scripted history in, the comment for the pull request out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest

from pilar.review.write import Options, write_review

from ..golden import BASE, ROOT, Golden
from .histories import SCRIPTS, History


@pytest.mark.parametrize("name", SCRIPTS)
def test_summary(
    name: str, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILAR_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "proyek"
    base, head = SCRIPTS[name](History(root))
    out = tmp_path / "ulasan"
    write_review(Options(root, out, base, head, pictures=False))
    summary = (out / "ringkasan.md").read_text("utf-8")
    _is_whole(out, summary)
    # Ids follow from the content of the tiny project, whatever that is today.
    summary = re.sub(r"`[0-9a-f]{8}`", "`komit`", summary)
    golden.check(ROOT / "review" / name, {"ringkasan.md": summary})


def _is_whole(out: Path, summary: str) -> None:
    """The report needs nothing else but the rules, and every link into it or to them has an end."""
    page = lxml.html.document_fromstring((out / "index.html").read_bytes())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {*page.xpath("//a/@href"), *re.findall(r"\(index\.html(#[^)]+)\)", summary)}
    rules = {link for link in links if link.startswith("aturan/")}
    assert [link for link in rules if not (out / link).is_file()] == []
    assert {link for link in links - rules if link.removeprefix("#") not in ids} == set()
    assert page.xpath("//script | //link | //iframe | //*[starts-with(@src, 'http')]") == []


NAMES = [b"\xff.md", b"a\nb.md", b"e\x1b[31m.md", b"a`@semua`.md", b"<img src=x>.md", b"Isi.md"]


def test_nothing_of_anybody_is_markup_in_a_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names that no folder can hold, in a commit made by hand; a title that calls and links."""
    monkeypatch.setenv("PILAR_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "proyek"
    shutil.copytree(BASE, root)

    def git(*arguments: str | bytes, text: bytes = b"") -> str:
        who = ["-c", "user.name=<img src=x onerror=a> @semua", "-c", "user.email=a@b.c"]
        done = subprocess.run(
            ["git", "-C", str(root), *who, *arguments], input=text, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "awal")
    meta = (root / "modules/contoh/modul.yml").read_text("utf-8")
    title = next(line for line in meta.splitlines() if line.startswith("judul:"))
    bad = "A | @semua [x](https://jahat.id) `b` &lt;/title&gt;&lt;script&gt;a&lt;/script&gt; #12"
    git("checkout", "-qb", "lain")
    (root / "modules/contoh/modul.yml").write_text(meta.replace(title, f"judul: '{bad}'"), "utf-8")
    git("add", "-A")
    blob = git("hash-object", "-w", "--stdin", text=b"# Judul\n")
    link = git("hash-object", "-w", "--stdin", text=b"/etc/passwd")
    for name in NAMES:
        git(
            "update-index", "--add", "--cacheinfo", f"100644,{blob},modules/contoh/".encode() + name
        )
    git("update-index", "--add", "--cacheinfo", f"120000,{link},modules/contoh/tautan.md")
    git("commit", "-qm", "Judul <script>a</script> \x1b[31m @semua https://jahat.id")

    out = tmp_path / "ulasan"
    write_review(Options(root, out, "main", "lain", pictures=False))
    summary = (out / "ringkasan.md").read_text("utf-8")
    assert not [c for c in summary if not c.isprintable() and c not in "\n\u2060"]
    prose = re.sub(r"``.*?``|`[^`\n]*`", "", re.sub(r"\\.", "", summary))
    assert re.findall(r"@\w|https?:/|<(?!!--)|(?<!\\)\[x\]|#1", prose) == []
    page = lxml.html.document_fromstring((out / "index.html").read_bytes())
    assert page.xpath("//script | //img[@src='x'] | //@onerror") == []
    assert bad in page.text_content()
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; img-src data:; ")
    told = json.loads((out / "ulasan.rdjson").read_bytes())["diagnostics"]
    refused = [d["location"]["path"] for d in told if d["code"]["value"] == "F104"]
    assert len(refused) == len(NAMES), refused
