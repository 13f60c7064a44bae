"""Output folders: exchanged in one step or mended, and nothing of others ever replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pilar.store import atomic
from pilar.store.atomic import Workshop, recover
from pilar.store.manifest import write_manifest
from pilar.store.ownership import (
    ForeignError,
    Kind,
    add_files,
    refuse_foreign,
    refuse_taken,
    replace_output,
)

KILLED = """
import os, signal, sys
from pathlib import Path
from pilar.store import atomic

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

left = int(sys.argv[2])
rename = Path.rename
def counted(self, target):
    global left
    left -= 1
    if not left:
        kill()
    return rename(self, target)

if sys.argv[3] == "two":
    atomic._exchanged = lambda one, other: False
Path.rename = counted
with atomic.Workshop(Path(sys.argv[1])) as shop:
    (shop.stage / "isi").write_text("baru")
    atomic.shutil.rmtree = kill
    shop.publish()
"""


def output(folder: Path, kind: Kind = Kind.RUN, text: str = "lama") -> Path:
    """A finished output with one file, `a/isi.html`."""
    (folder / "a").mkdir(parents=True)
    (folder / "a/isi.html").write_text(text)
    write_manifest(folder, {"jenis": kind})
    return folder


def publish(final: Path, kind: Kind = Kind.RUN) -> None:
    with Workshop(final) as shop:
        (shop.stage / "b.html").write_text("baru")
        write_manifest(shop.stage, {"jenis": kind})
        replace_output(shop, kind)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class TestExchange:
    @pytest.mark.parametrize("exchanges", [True, False])
    def test_the_new_folder_is_all_that_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanges: bool
    ):
        if not exchanges:
            monkeypatch.setattr(atomic, "_exchanged", lambda one, other: False)
        final = output(tmp_path / "hasil")
        publish(final)
        assert names(tmp_path) == {"hasil"}
        assert names(final) == {"b.html", "manifes.json"}

    @pytest.mark.parametrize("steps", ["one", "two"])
    @pytest.mark.parametrize("moment", [1, 2, 3])
    def test_a_kill_at_any_moment_loses_nothing(self, tmp_path: Path, moment: int, steps: str):
        """Before each rename, and before what was replaced is removed."""
        final = tmp_path / "hasil"
        final.mkdir()
        (final / "isi").write_text("lama")
        command = [sys.executable, "-c", KILLED, str(final), str(moment), steps]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        if steps == "one":
            assert (final / "isi").read_text() == "baru"  # already, before anything is mended
        recover(final)
        replaced = steps == "one" or moment == 3
        assert (final / "isi").read_text() == ("baru" if replaced else "lama")
        assert names(tmp_path) == {"hasil"}

    def test_a_failure_between_the_two_steps_is_undone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(atomic, "_exchanged", lambda one, other: False)
        final = output(tmp_path / "hasil")
        with Workshop(final) as shop:
            shop.stage.rmdir()
            with pytest.raises(FileNotFoundError):
                shop.publish()
        assert names(final) == {"a", "manifes.json"}
        assert names(tmp_path) == {"hasil"}

    def test_what_only_looks_like_a_workshop_stays(self, tmp_path: Path):
        final = tmp_path / "hasil"
        for name in (".hasil.pilar-x", ".hasil.lama", ".hasil.baru", ".lain.pilar-x", ".lain.lama"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "surat.txt").touch()
        (tmp_path / ".hasil.pilar-y").symlink_to(tmp_path / ".hasil.pilar-x")
        (tmp_path / ".hasil.pilar-z").touch()
        before = names(tmp_path)
        publish(final)
        assert names(tmp_path) == before | {"hasil"}

    def test_the_workshop_of_another_command_is_left_to_it(self, tmp_path: Path):
        final = tmp_path / "hasil"
        with Workshop(final) as first:
            publish(final)
            assert first.stage.is_dir()
            (first.stage / "isi").touch()
            first.publish()
        assert names(final) == {"isi"}
        assert names(tmp_path) == {"hasil"}


class TestForeign:
    @pytest.mark.parametrize(
        "foreign", ["surat.txt", "a/surat.txt", "a/b/surat.txt", "a/.surat", "manifes.json/surat"]
    )
    def test_a_file_that_no_manifest_lists_stops_it(self, tmp_path: Path, foreign: str):
        final = tmp_path / "hasil" if "manifes" in foreign else output(tmp_path / "hasil")
        (final / foreign).parent.mkdir(parents=True, exist_ok=True)
        (final / foreign).write_text("saya")
        with pytest.raises(ForeignError, match=foreign.partition("/surat")[0]):
            publish(final)
        assert (final / foreign).read_text() == "saya"
        assert names(tmp_path) == {"hasil"}

    def test_it_is_seen_though_it_came_meanwhile(self, tmp_path: Path):
        final = output(tmp_path / "hasil")
        with Workshop(final) as shop:
            (final / "surat.txt").touch()
            with pytest.raises(ForeignError, match=r"surat\.txt"):
                replace_output(shop, Kind.RUN)
        assert names(final) == {"a", "manifes.json", "surat.txt"}

    @pytest.mark.parametrize("text", ["", "[]", "{", '{"berkas": {}}', '{"berkas": {"a": "b"}}'])
    def test_a_manifest_that_is_none_of_pilars_counts_for_nothing(self, tmp_path: Path, text: str):
        (tmp_path / "manifes.json").write_text(text)
        with pytest.raises(ForeignError, match="manifes"):
            refuse_foreign(tmp_path, Kind.RUN)

    def test_the_output_of_another_command_is_foreign(self, tmp_path: Path):
        final = output(tmp_path / "hasil", Kind.REVIEW)
        for kind in Kind:
            if kind is Kind.REVIEW:
                refuse_foreign(final, kind)
            else:
                with pytest.raises(ForeignError):
                    refuse_foreign(final, kind)

    @pytest.mark.parametrize("facts", [{"pelatihan": "2025-01-a"}, {"sidik": "0"}])
    def test_outputs_made_before_manifests_told_their_kind_are_known(
        self, tmp_path: Path, facts: dict[str, str]
    ):
        (tmp_path / "a").touch()
        write_manifest(tmp_path, facts)
        refuse_foreign(tmp_path, Kind.RUN if "pelatihan" in facts else Kind.PUBLIC)

    def test_a_file_or_a_link_in_the_place_of_the_folder_stays(self, tmp_path: Path):
        (tmp_path / "berkas").write_text("saya")
        (tmp_path / "tautan").symlink_to(output(tmp_path / "asli"))
        (tmp_path / "putus").symlink_to(tmp_path / "tiada")
        for name in ("berkas", "tautan", "putus"):
            with pytest.raises(ForeignError):
                refuse_foreign(tmp_path / name, Kind.RUN)

    def test_links_in_the_folder_are_nobodys_files(self, tmp_path: Path):
        final = output(tmp_path / "hasil")
        (tmp_path / "rumah").mkdir()
        (tmp_path / "rumah/surat.txt").touch()
        (final / "rumah").symlink_to(tmp_path / "rumah")
        with pytest.raises(ForeignError, match="rumah"):
            publish(final)
        assert (tmp_path / "rumah/surat.txt").exists()

    def test_what_hosts_and_desktops_leave_stays_and_stops_nothing(self, tmp_path: Path):
        final = output(tmp_path / "hasil")
        (final / ".git/objects").mkdir(parents=True)
        (final / ".git/objects/ab").write_text("objek")
        (final / ".git/HEAD").symlink_to("objects/ab")
        (final / ".nojekyll").touch()
        (final / "CNAME").write_text("contoh.example")
        (final / "a/.DS_Store").touch()
        publish(final)
        assert names(final) == {"b.html", "manifes.json", ".git", ".nojekyll", "CNAME"}
        assert (final / ".git/HEAD").read_text() == "objek"
        assert (final / ".git/HEAD").is_symlink()
        assert (final / "CNAME").read_text() == "contoh.example"
        publish(final)

    def test_where_files_cannot_have_two_names_they_are_copied(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", refuse)
        final = output(tmp_path / "hasil")
        (final / ".git").mkdir()
        (final / ".git/HEAD").write_text("ref")
        publish(final)
        assert (final / ".git/HEAD").read_text() == "ref"


class TestSingleFiles:
    def test_others_stay_and_own_ones_are_written_anew(self, tmp_path: Path):
        (tmp_path / "surat.txt").write_text("saya")
        add_files(tmp_path, Kind.ERRATA, {"ralat-a.html": b"1"})
        add_files(tmp_path, Kind.ERRATA, {"ralat-a.html": b"2", "ralat-b.html": b"3"})
        assert (tmp_path / "ralat-a.html").read_bytes() == b"2"
        assert names(tmp_path) == {"surat.txt", "ralat-a.html", "ralat-b.html", "manifes.json"}

    def test_one_of_the_same_name_stops_it(self, tmp_path: Path):
        (tmp_path / "ralat-a.html").write_text("saya")
        with pytest.raises(ForeignError, match=r"ralat-a\.html"):
            add_files(tmp_path, Kind.ERRATA, {"ralat-a.html": b"1", "ralat-a.pdf": b"2"})
        assert names(tmp_path) == {"ralat-a.html"}
        assert (tmp_path / "ralat-a.html").read_text() == "saya"

    def test_they_do_not_go_into_an_output_of_another_command(self, tmp_path: Path):
        output(tmp_path / "hasil")
        with pytest.raises(ForeignError, match="hasil lain"):
            refuse_taken(tmp_path / "hasil", Kind.ERRATA, ["ralat-a.html"])
