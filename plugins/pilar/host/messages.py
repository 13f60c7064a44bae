"""What MkDocs says of mkdocs.yml and of the public pages, in Bahasa Indonesia."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import PluginError

from pilar.model.problem import ContentError, WrongUsageError, cause

_LINK = r"Doc file '(?P<a>[^']*)' contains .*?link '(?P<b>[^']*)'"
_VALUE = r"Config value '(?P<a>[^']*)': "
_SAYINGS = {
    rf"{_LINK}, but the target .*": (
        "halaman `{a}` memuat tautan `{b}`, tetapi tujuannya tidak ada"
    ),
    rf"{_LINK}, but .*does not contain an anchor.*": (
        "halaman `{a}` memuat tautan `{b}`, tetapi bagian itu tidak ada di tujuannya"
    ),
    rf"{_LINK}.*": ("halaman `{a}` memuat tautan `{b}`, yang tidak menyebut halaman"),
    r"A reference to '(?P<a>[^']*)' is included in the 'nav' configuration.*": (
        "`nav` menyebut `{a}`, yang tidak ada"
    ),
    r"Config file '(?P<a>[^']*)' does not exist.*": "berkas `{a}` tidak ada",
    r"MkDocs encountered an error parsing the configuration file:.*": (
        "YAML berkas ini tidak dapat dibaca"
    ),
    r"The configuration is invalid.*": "isi berkas ini harus berupa pasangan kunci dan nilai",
    r"(?:Config value '(?P<a>[^']*)': )?Unrecognised configuration name: (?P<b>\S+)": (
        "kunci `{b}` tidak dikenal"
    ),
    rf"{_VALUE}Required configuration not provided.*": "kunci `{a}` wajib ada",
    rf"{_VALUE}The \"(?P<b>[^\"]*)\" plugin is not installed": ("plugin `{b}` tidak terpasang"),
    rf"{_VALUE}Unrecognised theme name: '(?P<b>[^']*)'.*": ("tema `{b}` tidak terpasang"),
    rf"{_VALUE}Failed to load extension '(?P<b>[^']*)'.*": (
        "ekstensi Markdown `{b}` tidak dapat dimuat"
    ),
    rf"{_VALUE}Plugin '(?P<b>[^']*)' (?:value|option):? '?(?P<c>[\w-]*).*": (
        "pengaturan `{c}` dari plugin `{b}` tidak sesuai"
    ),
    rf"{_VALUE}The path '(?P<b>[^']*)' isn't an existing.*": (
        "`{a}` menyebut `{b}`, yang tidak ada"
    ),
    rf"{_VALUE}.*": "nilai `{a}` tidak sesuai",
}
_SUMMARY = re.compile(r"Aborted with .*")
_PATTERNS = [(re.compile(pattern, re.S), words) for pattern, words in _SAYINGS.items()]


def is_summary(text: str) -> bool:
    """Whether a message only says that there were others."""
    return bool(_SUMMARY.fullmatch(text))


def indonesian(text: str) -> str:
    """The message in Indonesian; one that is not known is quoted, so that it can be looked for."""
    text = " ".join(text.split()).rstrip(".")
    for pattern, words in _PATTERNS:
        if match := pattern.fullmatch(text):
            return words.format(**match.groupdict())
    return f"MkDocs menolak; pesan aslinya “{text}”"


def line_of(text: str, config: str) -> int:
    """The line of mkdocs.yml that a message is about; 1 where it names none."""
    names = re.findall(r"'([\w.-]+)'|name: ([\w.-]+)|\"([\w.-]+)\"", text)
    for name in reversed([first or second or third for first, second, third in names]):
        word = re.compile(rf"^[^#\n]*(?<![\w-]){re.escape(name)}(?![\w-])", re.M)
        if match := word.search(config):
            return config.count("\n", 0, match.start()) + 1
    match = re.search(r"line (\d+)", text)
    return int(match[1]) if match else 1


@contextmanager
def stopping(what: str) -> Iterator[None]:
    """Turn what is wrong with the content into the one error that MkDocs prints without a
    traceback, after `on_build_error` has cleared away what was made.
    """
    try:
        yield
    except ContentError as error:
        raise PluginError(f"{what}:\n{error}") from error
    except WrongUsageError as error:
        raise PluginError(str(error)) from error
    except OSError as error:
        raise PluginError(f"{what}: {error.filename or ''} {cause(error)}") from None
