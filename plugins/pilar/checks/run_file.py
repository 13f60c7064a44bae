"""What must hold of a run besides its timetable: what it leaves out, what is still an example."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.content.skeleton import RUN, unedited_values
from pilar.model.curriculum import Curriculum
from pilar.model.problem import Problem, nearest, suggestion
from pilar.model.run import Run


def is_edited(run: Run) -> Iterator[Problem]:
    """No value is as `pilar new run` wrote it."""
    for keys, text in unedited_values(run.source, RUN):
        message = f"“{text}” masih isi contoh dari kerangka pelatihan"
        hint = "Ganti dengan keterangan pelatihan ini"
        yield run.source.problem(keys, "R111", message, hint, at=text)


def leaves_out_what_there_is(run: Run, curriculum: Curriculum) -> Iterator[Problem]:
    """`tanpa` names modules of the curriculum that the run does not pin, and not all of them."""
    known = curriculum.pins()
    for slug in run.file.tanpa:
        if slug in run.file.modul:
            message = f"`tanpa` meninggalkan modul `{slug}`, padahal `modul` menyebut versinya"
            hint = "Hapus salah satunya"
            yield run.source.problem(("tanpa", slug), "R110", message, hint, name=True)
        elif slug not in known:
            message = f"modul `{slug}` yang ditinggalkan tidak ada di kurikulum ini"
            hint, near = suggestion(slug, known), nearest(slug, known)
            yield run.source.problem(
                ("tanpa", slug), "R109", message, hint, name=True, at=slug, instead=near
            )
    if known and not run.file.pins(curriculum):
        message = "`tanpa` meninggalkan semua modul kurikulum"
        yield run.source.problem(
            ("tanpa",), "R109", message, "Sisakan paling sedikit satu modul", name=True
        )
