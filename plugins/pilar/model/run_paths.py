"""Names of files and folders below runs/; loads nothing else."""

from __future__ import annotations

RESULTS = ".hasil"
"""Ends the name of the folder with a run's results, `runs/<id>.hasil/`."""
