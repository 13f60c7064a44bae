"""Tests of the pipeline's stages: golden files, properties, and who may import whom.

`golden/<stage>/<case>/` holds what goes in and, in `expected/`, what must come out. After a change
that is meant, `pytest tests/stages --perbarui` writes `expected/` anew; read the difference before
you keep it. `golden/base/` is a small sound project that cases lay their own files over.
"""
