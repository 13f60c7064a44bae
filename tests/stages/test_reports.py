"""Problems as other programs read them."""

from __future__ import annotations

import json
import re

from pilar.checks.reports import FORMATS, rdjson, sarif, written
from pilar.model.problem import Fix, Problem

LINE = "Kata “élan” 🙂 bukan ini"
START = LINE.index("bukan") + 1
PROBLEM = Problem(
    "modules/contoh/hal-1.md", 3, "L107", "“bukan” tidak tepat", "Tulis “**bukan**”"
).in_line((START - 1, START + 4), Fix("bukan", "**bukan**", True))


def test_rdjson_counts_bytes_and_sarif_characters() -> None:
    lines = {PROBLEM.path: ["# A", "", LINE]}
    [row] = json.loads(written("rdjson", [PROBLEM], lines))["diagnostics"]
    [proposal] = row["suggestions"]
    place = row["location"]["range"]
    assert place == proposal["range"]
    assert (place["start"]["line"], place["end"]["line"]) == (3, 3)
    span = slice(place["start"]["column"] - 1, place["end"]["column"] - 1)
    assert LINE.encode()[span] == b"bukan"
    assert place["start"]["column"] > START
    [run] = json.loads(sarif([PROBLEM]))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    [location] = run["results"][0]["locations"]
    assert location["physicalLocation"]["region"]["startColumn"] == START


def test_no_address_is_invented() -> None:
    for form in FORMATS:
        report = written(form, [PROBLEM], {})
        assert "L107" in report
        assert "helpUri" not in report
        assert not re.search(r'https?:(?!//json\.schemastore)|L107\.html|"url": "', report), form


def test_rdjson_tells_no_column_of_a_line_that_is_not_known() -> None:
    for report in (rdjson([PROBLEM]), written("rdjson", [PROBLEM], {})):
        [row] = json.loads(report)["diagnostics"]
        assert row["location"]["range"] == {"start": {"line": 3}}
        assert "suggestions" not in row
