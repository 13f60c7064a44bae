"""Every trap that the issue "nothing leaks" names, and the test that holds it: `pytest -k leak`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
EDITIONS = "front/test_editions.py"
GATE = "stages/test_leaks.py"
PAGES = "stages/test_leaks_traps.py"
SPELLING = "stages/test_leak_spelling.py"
HOST = "front/test_leaks.py"

TRAPS = {
    "footnote in a trainers' block": (EDITIONS, "test_leak", "footnote defined in a block"),
    "abbreviation in a block": (EDITIONS, "test_leak", "abbreviation defined in a block"),
    "link title in a block or outside": (EDITIONS, "test_leak", "link title"),
    "footnote outside, used inside": (
        *(EDITIONS, "test_leak"),
        "footnote defined outside and used inside",
    ),
    "abbreviation outside, used inside": (
        *(EDITIONS, "test_leak"),
        "abbreviation defined outside and used inside",
    ),
    "heading: contents, search, permalink, id": (EDITIONS, "test_leak", "heading"),
    "first paragraph: description": (EDITIONS, "test_leak_description_of_a_page", ""),
    "tags": (PAGES, "test_leak_refused", "tags"),
    "titles": (EDITIONS, "test_leak", "title of a block"),
    "page in nav, linked inline": (
        *(EDITIONS, "test_leak"),
        "page in the navigation and linked inline",
    ),
    "page linked from a shared page": (
        PAGES,
        "test_leak_refused",
        "link to a page of the trainers",
    ),
    "no dead link": (EDITIONS, "test_leak_trainer_page_linked_inline_leaves_no_dead_link", ""),
    "office file beside a page": (
        *(HOST, "test_leak_unreferenced_office_files_beside_a_page_of_a_module"),
        "",
    ),
    "office file beside a public page": (
        *(HOST, "test_leak_unreferenced_office_files_beside_a_public_page"),
        "",
    ),
    "allow-list of files": (EDITIONS, "test_leak_nothing_is_there_that_no_page_needs", ""),
    "picture of trainers": (EDITIONS, "test_leak", "picture of trainers"),
    "picture used by both": (EDITIONS, "test_leak", "picture used by both"),
    "block in a list": (PAGES, "test_leak_filtered", "list"),
    "block in a table's cell": (PAGES, "test_leak_refused", "in a table's cell"),
    "block among a table's rows": (PAGES, "test_leak_filtered", "rows of a table"),
    "block in a tab": (PAGES, "test_leak_filtered", "tab"),
    "block in an admonition": (PAGES, "test_leak_filtered", "admonition"),
    "block in details": (PAGES, "test_leak_filtered", "details"),
    "block in a quotation": (PAGES, "test_leak_filtered", "quotation"),
    "block in another": (PAGES, "test_leak_filtered", "another block"),
    "the other way round": (PAGES, "test_leak_filtered", "block holding"),
    "syntax in a code fence": (PAGES, "test_leak_filtered", "code fence"),
    "syntax in inline code": (PAGES, "test_leak_filtered", "inline code"),
    "syntax in an HTML comment": (PAGES, "test_leak_filtered", "HTML comment"),
    "syntax in raw HTML": (PAGES, "test_leak_refused", "in raw HTML"),
    "unclosed": (PAGES, "test_leak_refused", "unclosed"),
    "overclosed": (PAGES, "test_leak_refused", "overclosed"),
    "misspelt": (SPELLING, "test_leak_block_spelt", "misspelt"),
    "upper case": (SPELLING, "test_leak_block_spelt", "upper case"),
    "full-width letters": (SPELLING, "test_leak_block_spelt", "full-width letters"),
    "zero-width space": (SPELLING, "test_leak_block_spelt", "zero-width space"),
    "NBSP": (SPELLING, "test_leak_block_spelt", "no-break space after"),
    "CR": (PAGES, "test_leak_filtered", "CR"),
    "CRLF": (PAGES, "test_leak_filtered", "CRLF"),
    "BOM": (PAGES, "test_leak_filtered", "BOM"),
    "tabs": (PAGES, "test_leak_filtered", "tabs before"),
    "answers in alt": (EDITIONS, "test_leak", "answer in alternative text"),
    "answers in title": (EDITIONS, "test_leak", "answer in a title"),
    "answers in data-*": (PAGES, "test_leak_refused", "answer in data-*"),
    "order or ids of choices": (PAGES, "test_leak_order_and_ids_of_choices", ""),
    "edit and view links": (HOST, "test_leak_edit_and_view_links", ""),
    "same folder, cache of the trainers": (
        *(EDITIONS, "test_leak_from_trainer_to_participant_in_the_same_folder_and_cache"),
        "",
    ),
    "same folder, mkdocs --dirty": (
        *(EDITIONS, "test_leak_from_trainer_to_participant_by_mkdocs_dirty"),
        "",
    ),
    "mkdocs serve": ("front/test_serve.py", "test_mkdocs_serve_shows_a_saved_page_and_no_leak", ""),
    "service worker lists": (EDITIONS, "test_leak_service_worker_lists", ""),
    "such a list in a file": (GATE, "test_leak_is_found_in", "service worker"),
    "lock, manifest, error pages": (EDITIONS, "test_leak_lock_manifest_and_error_pages", ""),
    "secret in one module, public in another": (
        *(EDITIONS, "test_leak_passage_public_in_another_module_is_built"),
        "",
    ),
    "mutation: filter off": (HOST, "test_leak_gate_stops_the_build", ""),
    "strings, pdftotext, zcat": (
        *("front/test_leaks_real.py", "test_leak_none_of_the_trainers_text_in_the_real_output"),
        "",
    ),
}
"""Trap: file, test, and the case of it (empty: the whole test)."""


@pytest.mark.parametrize("trap", TRAPS)
def test_trap_has_a_test(trap: str) -> None:
    file, name, case = TRAPS[trap]
    text = (TESTS / file).read_text("utf-8")
    assert re.search(rf"^ *def {name}\(", text, re.MULTILINE)
    assert "leak" in f"{file} {name}"
    assert not case or f'"{case}"' in text
