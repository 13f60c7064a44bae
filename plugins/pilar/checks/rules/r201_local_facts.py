"""R201: addresses and phone numbers that a run prints hold until its last day."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.problem import Problem
from pilar.model.run import Project


def check_project(project: Project) -> Iterator[Problem]:
    """No contact of a run ends before the run does."""
    for run in project.runs.values():
        for index, contact in enumerate(run.file.lokal.kontak):
            if contact.berlaku_sampai < run.file.tanggal.selesai:
                yield run.source.problem(
                    ("lokal", "kontak", index, "berlaku_sampai"),
                    "R201",
                    f"kontak “{contact.nama}” hanya berlaku sampai {contact.berlaku_sampai}",
                    "Hubungi lagi, perbarui isinya, lalu ubah tanggalnya",
                )
