"""The real run, searched for every passage, key and note of its trainers with everybody's tools."""

from __future__ import annotations

import pytest

from .commands import BUILD, REPOSITORY, Project
from .searching import Canaries, canaries, content_of, said, search
from .trees import files

pytestmark = pytest.mark.panjang  # a minute of `strings` and `pdftotext`

RUN = "2025-01-probolinggo"


@pytest.fixture(scope="module")
def wanted(minimal_once: Project, tmp_path_factory: pytest.TempPathFactory) -> Canaries:
    """The run's trainers' text; the software's own words are those of another run's output."""
    texts = content_of(REPOSITORY, RUN, tmp_path_factory.mktemp("modul"))
    other = files(minimal_once.out / BUILD / "peserta").values()
    found = canaries(texts, [text for path in other for text in said(path)])
    assert len(found.sequences) > 20_000
    assert len(found.words) > 300
    return found


def test_leak_none_of_the_trainers_text_in_the_real_output(
    probolinggo: Project, wanted: Canaries
) -> None:
    assert search(probolinggo.out / RUN / "peserta", wanted) == {}


def test_the_same_search_finds_it_all_in_the_trainers_output(
    probolinggo: Project, wanted: Canaries
) -> None:
    """The counter-proof: all but what notes to `pilar check` and split cells say."""
    guide = probolinggo.out / RUN / "pelatih"
    pages = [path for name, path in files(guide).items() if name.endswith((".html", "pelatih.pdf"))]
    found = {one for path in pages for text in said(path) for one in wanted.found(text)}
    assert len(found & wanted.words) > 0.98 * len(wanted.words)
    assert len(found & wanted.sequences) > 0.98 * len(wanted.sequences)
