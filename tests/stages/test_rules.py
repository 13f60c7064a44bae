"""Every rule has a page, and the page's own examples prove it: the wrong one, and only it, is told.

Examples lie over `golden/sound`, a project that no rule finds fault with. A fragment of a page goes
to its end, one that begins with `# ` or `---` replaces it; keys of a YAML fragment replace those
of the file, a list replaces it whole. `golden/rules/<code>.txt` holds the messages.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pilar.loading import check_project, everything
from pilar.model.problem import Problem
from pilar.model.rule import MEND, RIGHT, WHY, WRONG, parse_rule, rules

from .golden import ROOT, as_text

SOUND = ROOT / "sound"
MESSAGES = ROOT / "rules"

WITHOUT_EXAMPLE = {
    "F102": "bytes that are no text",
    "F105": "needs more text than a page should show, see test_hostile.py",
    "K101": "needs MkDocs, see tests/front",
    "K102": "needs MkDocs, see tests/front",
    "C101": "needs WeasyPrint, see tests/front",
    **dict.fromkeys(
        ("V101", "V102", "V103", "V105", "V106", "V107", "V108"),
        "needs git, see tests/front/test_versions.py",
    ),
    **dict.fromkeys(("P101", "P102", "P103"), "need an output, see test_leaks.py"),
    "K103": "needs a built folder, see tests/front/test_reproducibility.py",
    "L102": "needs a whole module of long sentences, see tests/stages/language",
}
"""Rules whose examples are words, or cannot be tried here, and why."""


def lay_example(root: Path, files: dict[str, str]) -> Path:
    """The sound project with the files of an example."""
    shutil.copytree(SOUND, root)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".yml" and path.exists() and not text.startswith("- "):
            path.write_text(with_keys(path.read_text("utf-8"), text), "utf-8")
        elif path.suffix == ".md" and path.exists() and not text.startswith(("# ", "---")):
            path.write_text(f"{path.read_text('utf-8')}\n{text}", "utf-8")
        else:
            path.write_text(text, "utf-8")
    return root


def with_keys(text: str, fragment: str) -> str:
    """The YAML file without the keys that the fragment has, and the fragment."""
    own = set(re.findall(r"^(\w+):", fragment, re.M))
    parts = re.split(r"^(?=\w)", text, flags=re.M)
    return "".join(part for part in parts if part.partition(":")[0] not in own) + fragment


def told(root: Path) -> list[Problem]:
    return everything(check_project(root))


def test_the_base_of_all_examples_is_sound(tmp_path: Path) -> None:
    assert as_text(told(lay_example(tmp_path / "proyek", {}))) == ""


@pytest.mark.parametrize("code", rules())
def test_page_is_whole(code: str) -> None:
    rule = rules()[code]
    assert rule.code == code
    assert min(len(rule.section(name)) for name in (WHY, WRONG, RIGHT, MEND)) > 20
    assert bool(rule.example(WRONG)) or code in WITHOUT_EXAMPLE


@pytest.mark.parametrize("code", sorted(set(rules()) - set(WITHOUT_EXAMPLE)))
def test_examples_prove_the_rule(code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    rule = rules()[code]
    wrong = told(lay_example(tmp_path / "salah", rule.example(WRONG)))
    assert {problem.code for problem in wrong} == {code}, as_text(wrong)
    expected = MESSAGES / f"{code}.txt"
    if request.config.getoption("--perbarui", default=False):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(as_text(wrong), "utf-8")
    assert as_text(wrong) == expected.read_text("utf-8")
    right = told(lay_example(tmp_path / "benar", rule.example(RIGHT)))
    assert as_text(right) == ""


def test_messages_are_of_rules_that_there_are() -> None:
    assert {path.stem for path in MESSAGES.glob("*.txt")} == set(rules()) - set(WITHOUT_EXAMPLE)


def test_a_page_without_its_sections_is_refused() -> None:
    with pytest.raises(ValueError, match="no page of a rule"):
        parse_rule("# X101: contoh\n\nKeparahan: galat\n\n## Mengapa\n\nSebab.\n")
