"""The host of the sites: the only part that knows it.

MkDocs; or, where it is installed, ProperDocs, which goes on from MkDocs' last release and answers
to its name.
"""

import sys
from contextlib import suppress

if "mkdocs" not in sys.modules:  # else MkDocs is running already
    with suppress(ModuleNotFoundError):
        import properdocs.replacement  # noqa: F401
