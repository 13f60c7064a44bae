"""Addresses that mkdocs.yml names: where the output folder will be reached (`site_url`) and what
lies below it, and where the sources are edited (`repo_url`, `edit_uri`).

Printed copies carry some of them: those must hold for as long as the paper does. Read without the
host, because addresses go into books too.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml
import yaml_env_tag

from pilar.model.problem import ContentError, Problem
from pilar.store import package

CONFIG = "mkdocs.yml"
EDITIONS = "edisi"
"""Folder of the public pages, below the base address and below the output folder."""
RULES = "aturan"
"""Folder of the rules' pages, beside EDITIONS; scripts/publish makes it."""


class _Loader(yaml.SafeLoader):
    """Reads `!ENV`; leaves alone what else the host's own reader knows."""


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def base_address(root: Path) -> str:
    """The address of the output folder, ending in a slash; empty where none is set.

    Raises ContentError where it is no address that a phone could open.
    """
    address = _setting(_config(root), "site_url")
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        message = f"`site_url` bukan alamat: {address}"
        hint = "Tulis lengkap, misalnya https://contoh.go.id/pelatihan/, atau kosongkan"
        raise ContentError([Problem(CONFIG, 1, "K101", message, hint)])
    return f"{address.rstrip('/')}/"


def repository_address(root: Path) -> str:
    """Address of the repository on its git host, without a slash at its end; empty: none is set."""
    return _setting(_config(root), "repo_url").rstrip("/")


def edit_address(root: Path) -> str:
    """Address of the folder of the project in the web editor of the git host, ending in a slash.

    Empty where no repository is named. `edit_uri` says how the host spells it; without it, as
    GitHub does, or GitLab where the host is called so.
    """
    repository = repository_address(root)
    usual = f"{'-/' if is_gitlab(repository) else ''}edit/main"
    way = _setting(_config(root), "edit_uri").strip("/") or usual
    return f"{repository}/{way}/" if repository else ""


def is_gitlab(address: str) -> bool:
    """Whether a git host is one whose addresses have the form of GitLab's."""
    return "gitlab" in (urlsplit(address).hostname or "")


def _config(root: Path) -> Mapping[str, object]:
    """mkdocs.yml; empty where it cannot be read, for the host reports what is wrong with it."""
    try:
        return _parsed(package.find(root, CONFIG).read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        return {}


@lru_cache(maxsize=4)
def _parsed(text: str) -> Mapping[str, object]:
    # Every page asks for it, and reading YAML takes longer than writing the page.
    config = yaml.load(text, _Loader)
    return config if isinstance(config, dict) else {}


def _setting(config: Mapping[str, object], key: str) -> str:
    return str(config.get(key) or "").strip()


def rules_address(root: Path) -> str:
    """The address of the folder with the rules' pages; empty where the site has none.

    Raises ContentError as `base_address` does.
    """
    base = base_address(root)
    return f"{base}{RULES}/" if base else ""


def edition_page(base: str, run: str, code: str = "") -> str:
    """Where to ask whether a copy still holds: of a run's module, or of the whole run.

    `base` is the address of the output folder as `base_address` gives it.
    """
    module = f"{code.lower()}/" if code else ""
    return f"{base}{EDITIONS}/{run}/{module}"
