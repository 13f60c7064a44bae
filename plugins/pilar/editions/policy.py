"""The Content-Security-Policy of a page: files of the site, named inline scripts, no other host."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

# Browsers end a script at the first `</script`, even in a string: expressions find it as they do.
_SCRIPT = re.compile(r"<script(?P<head>[^>]*)>(?P<text>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style[^>]*>(?P<text>.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_NOT_INLINE = re.compile(r"\bsrc\s*=|\btype\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)
"""Attributes of a script whose text a browser does not run: it loads a file, or is data."""
_POLICY = re.compile(r'<meta[^>]*http-equiv="?Content-Security-Policy"?[^>]*>\s*', re.IGNORECASE)
_HEAD = re.compile(r"<head[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)
_VALUE = re.compile(r"\{\{.*?\}\}")
_PATH = r"(?:(?!//)[\w./%-])*"


def inline_scripts(html: str) -> list[str]:
    """Text of each script within a page that a browser would run; in a template, as written."""
    return [m["text"] for m in _SCRIPT.finditer(html) if not _NOT_INLINE.search(m["head"])]


def inline_styles(html: str) -> list[str]:
    """Text of each style sheet within a page."""
    return [m["text"] for m in _STYLE.finditer(html)]


def with_policy(html: str, own: Callable[[str], bool]) -> str:
    """The page with a policy at the top of its head; unchanged where it has no head.

    Scripts within the page are named by their hash where they are the theme's `own`, and styles
    all, so that nothing put there by mistake or malice, nor any in an attribute, runs. Hashes are
    of the exact text, white space included (CSP Level 3): what is in the page now must not
    change any more.
    """
    head = _HEAD.search(html)
    if head is None:
        return html
    # In a meta tag a policy governs only what comes after it (CSP Level 3, 3.3).
    content = policy(filter(own, inline_scripts(html)), inline_styles(html))
    tag = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return f"{html[: head.end()]}\n{tag}{html[head.end() :]}"


def scripts_of(templates: Iterable[Path]) -> Callable[[str], bool]:
    """A predicate: whether a script is one that these folders' templates write.

    Values that they fill in (`{{ … }}`) may be addresses within the site and nothing else.
    """
    written = "|".join(
        _PATH.join(map(re.escape, _VALUE.split(text)))
        for folder in templates
        for path in sorted(folder.rglob("*.html"))
        for text in inline_scripts(path.read_text("utf-8"))
        if text.strip() and "{%" not in text
    )
    pattern = re.compile(written)
    return lambda text: pattern.fullmatch(text) is not None


def is_named(text: str, html: str) -> bool:
    """Whether the page's own policy names this script or style; true where it has none."""
    found = _POLICY.search(html)
    return found is None or all(name in found[0] for name in _hashes([text]))


def naming_style(html: str, style: str) -> str:
    """The page whose own policy, where it has one, names this style as well."""
    own, named = "style-src 'self'", " ".join(_hashes([style]))
    return _POLICY.sub(lambda policy: policy[0].replace(own, f"{own} {named}"), html, count=1)


def without_policy(html: str) -> str:
    """The page without a policy of its own."""
    return _POLICY.sub("", html)


def policy(scripts: Iterable[str], styles: Iterable[str], **more: str) -> str:
    """A policy in one line: files of the site, and these inline scripts and styles by hash.

    `more` adds a source to a directive: `media_src="data:"`.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *_hashes(scripts)],
        "style-src": ["'self'", *_hashes(styles)],
        "img-src": ["'self'", "data:"],  # the theme's icons are data: addresses
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    for name, source in more.items():
        directives.setdefault(name.replace("_", "-"), []).append(source)
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def _hashes(texts: Iterable[str]) -> list[str]:
    found = (hashlib.sha256(text.encode()).digest() for text in texts if text.strip())
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in dict.fromkeys(found)]
