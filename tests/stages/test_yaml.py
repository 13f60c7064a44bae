"""libyaml reads what ruamel.yaml reads: values, places and problems of texts from YAML's parts."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pilar.content import yaml, yaml_nodes
from pilar.model.problem import Problem

ROOT = Path(__file__).parents[2]
PIECES = (
    *"ab1:-#'\"|>{}[],?\\\n .~+@`=<%/&*!\t\r\x85é–…😀\xa0",
    *(": ", "- ", "\n  ", "\n- ", "\n\n", "\n---\n", "...", " #", ":\n", "|\n", ">-\n", "|#"),
    *("0x1f", "0o17", "017", "1_000", "1e3", "yes", "no", "null", "2025-01-01", "12:30:00"),
    *("judul: Warga\n", "- b: c\n  d: |\n    teks\n    lagi\n", "a: {b: 1, c: [x, y]}\n", "? a\n"),
)


def read(text: str, slow: bool) -> object:
    """All that `read_yaml` says of a text."""
    with pytest.MonkeyPatch.context() as patch:
        if slow:
            patch.setattr(yaml_nodes, "_RUAMEL_ONLY", re.compile(""))
        yaml_nodes.compose.cache_clear()
        problems: list[object] = []
        value, places = yaml.read_yaml(text, "berkas.yml", problems)  # type: ignore[arg-type]
        return repr(value), places, problems


@example("# a\n--- ")  # a value that is not written
@example("- a\n- b: |\n \n   c\n")  # a block that begins with space
@example("k: >#-\n  a\n")  # a comment that touches the mark of a block
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_both_readers_agree(text: str) -> None:
    assert read(text, slow=False) == read(text, slow=True)


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "{a: " * 20_000, "- " * 20_000 + "a", "a: [" * 5_000, "? " * 20_000]
)
def test_a_bottomless_text_is_a_problem(text: str) -> None:
    problems: list[Problem] = []
    yaml.read_yaml(text, "berkas.yml", problems)
    assert [problem.code for problem in problems] == ["Y101"]


def test_real_content_is_read_by_libyaml() -> None:
    files = [*(ROOT / "modules").rglob("*.yml"), *(ROOT / "runs").glob("*.yml")]
    assert len(files) > 20
    slow = [path for path in files if yaml_nodes._RUAMEL_ONLY.search(path.read_text("utf-8"))]
    assert not slow, slow
