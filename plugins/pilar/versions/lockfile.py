"""Text of runs/<id>.lock."""

from __future__ import annotations

from pilar.model.locked import Lock

_HEADER = "# Ditulis oleh `pilar lock`; jangan disunting. Satu baris satu modul.\n"


def lock_text(lock: Lock) -> str:
    """The lock as YAML; the same lock gives the same text."""
    lines = [
        _HEADER + f"pelatihan: {lock.pelatihan}",
        f"waktu: {lock.waktu:%Y-%m-%dT%H:%M:%SZ}",
        f"kurikulum: {{versi: {lock.kurikulum.versi}, commit: '{lock.kurikulum.commit}', "
        f"hash: '{lock.kurikulum.hash}'}}",
        *(
            f"{name}: {{commit: '{locked.commit}', hash: '{locked.hash}'}}"
            for name, locked in (("rujukan", lock.rujukan), ("glosarium", lock.glosarium))
        ),
        "modul:",
    ]
    lines += [
        f"  {slug}: {{versi: {locked.versi}, commit: '{locked.commit}', hash: '{locked.hash}'}}"
        for slug, locked in sorted(lock.modul.items())
    ]
    return "\n".join(lines) + "\n"
