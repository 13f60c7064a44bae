"""The schemas for editors: current, in Indonesian, right about what is valid and what is not."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, FormatChecker

from pilar.cli.schema import FILES, files, schemas

from .golden import read_project
from .test_rules import lay_example

REPOSITORY = Path(__file__).parents[2]
SCHEMAS = schemas()


class _Loader(yaml.SafeLoader):
    """As editors read YAML: a date is text."""


_LOADED = _Loader.yaml_implicit_resolvers
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if "timestamp" not in tag]
    for first, resolvers in _LOADED.items()
}


def faults(name: str, data: Any) -> list[str]:
    validator = Draft7Validator(SCHEMAS[name], format_checker=FormatChecker())
    return [f"{'.'.join(map(str, e.path))}: {e.message}" for e in validator.iter_errors(data)]


def load(text: str) -> Any:
    return yaml.load(text, _Loader)


def test_the_committed_schemas_are_current() -> None:
    stale = [
        path.as_posix()
        for path, text in files().items()
        if not (REPOSITORY / path).is_file() or (REPOSITORY / path).read_text("utf-8") != text
    ]
    assert stale == [], "run: python -m pilar.cli.schema"


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_explained_in_indonesian_and_only_there(name: str) -> None:
    def check(schema: Any) -> None:
        if isinstance(schema, dict):
            for key, value in schema.get("properties", {}).items():
                assert value["description"].endswith((".", "…", "…)")), key
            assert "description" not in schema or "properties" not in schema
            for value in schema.values():
                check(value)

    Draft7Validator.check_schema(SCHEMAS[name])
    check(SCHEMAS[name])


@pytest.mark.parametrize("name", FILES)
def test_the_real_files_are_valid(name: str) -> None:
    pattern = FILES[name][1]
    paths = [p for p in REPOSITORY.glob(pattern) if fnmatch(p.name, pattern.rpartition("/")[2])]
    assert paths
    for path in paths:
        assert faults(name, load(path.read_text("utf-8"))) == [], path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("modul", "kode: blc"),
        ("modul", "versi: '1.0'"),
        ("modul", "jp: {teori: -1}"),
        ("modul", "kelompok: utama"),
        ("modul", "jugul: Salah eja"),
        ("soal", "- {id: a, indikator: 1, jenis: esai, teks: T, kunci: K}"),
        ("soal", "- {id: a, indikator: 0, jenis: uraian, teks: T, kunci: K}"),
        ("modul", "latihan_mandiri: '0'"),
        ("gambar", "foto.jpg: {sumber: Kelas, lisensi: ''}"),
        ("gambar", "foto.jpg: {sumber: Kelas, lisensi: CC0, orang: 'ya'}"),
        ("gambar", "foto.jpg: {sumber: Kelas, lisensi: CC0, izin: ada}"),
        ("rujukan", "- {id: uu-1, jenis: UU, tahun: dua ribu, tentang: T}"),
        ("glosarium", "- {istilah: PSM, singkatan: x, arti: y}"),
        ("pelatihan", "tanggal: {mulai: 21 Januari 2025, selesai: 2025-01-24}"),
        ("pelatihan", "jadwal: {mulai: 8, selesai: '17.00', hari: [[pembukaan]]}"),
        ("pelatihan", "jadwal: {mulai: '08.00', selesai: '17.00', hari: [[{jp: nol}]]}"),
    ],
)
def test_what_is_wrong_is_marked(name: str, text: str) -> None:
    pattern = FILES[name][1]
    sound = load(next(iter(sorted(REPOSITORY.glob(pattern)))).read_text("utf-8"))
    wrong = load(text)
    data = [*sound, *wrong] if isinstance(sound, list) else {**sound, **wrong}
    assert faults(name, sound) == []
    assert faults(name, data) != []


def test_short_forms_are_valid() -> None:
    """Written as text where the model makes an object of it."""
    run = load(next(iter(sorted(REPOSITORY.glob("runs/*.yml")))).read_text("utf-8"))
    day = ["pembukaan", "blc", {"modul": "blc", "jp": 1}, {"acara": "pretest", "mulai": "07.30"}]
    run["jadwal"]["hari"] = [day]
    assert faults("pelatihan", run) == []
    truth = load("- {id: a, indikator: 1, jenis: benar-salah, teks: T, kunci: true}")
    assert faults("soal", truth) == []


@pytest.mark.parametrize("value", ["'0'", "'ya'", "1", "null", "benar"])
def test_the_model_refuses_what_the_schema_does(value: str, tmp_path: Path) -> None:
    files = {"modules/contoh/modul.yml": f"latihan_mandiri: {value}\n"}
    _, problems = read_project(lay_example(tmp_path / "proyek", files))
    assert [problem.code for problem in problems] == ["Y105"]
    assert faults("modul", load(f"latihan_mandiri: {value}"))


def test_hooks_look_at_the_schemas_where_they_are() -> None:
    hooks = load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    watched = re.compile(next(hook["files"] for hook in hooks if hook["id"] == "schemas"))
    assert all(watched.search(path.as_posix()) for path in files())
