"""Front-door tests: Pilar as its users meet it, through `pilar`, `mkdocs`, a browser and a PDF."""

import pytest

# These assert too, and should say as much when they fail.
pytest.register_assert_rewrite(*(f"{__name__}.{name}" for name in ("browser", "books", "commands")))
