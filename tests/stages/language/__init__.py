"""Tests of `pilar.checks.language`.

`cases/<name>.md` is a page; `<name>.txt` holds the problems that must be told, none for a valid
page. `<name>.soal.yml`, `<name>.modul.yml` (lines added to the module's own) and `<name>.kamus.txt`
go with it where they are there. `pytest tests/stages --perbarui` writes the expected files anew.
"""
