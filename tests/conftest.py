"""What all tests share: programs that they start speak without colours."""

from __future__ import annotations

import os

# A service that sets CI or FORCE_COLOR would have its colours amid the words that tests look for.
for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS"):
    os.environ.pop(name, None)
os.environ["NO_COLOR"] = "1"
