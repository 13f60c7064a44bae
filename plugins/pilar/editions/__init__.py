"""Stage three: outputs. Each edition of a run is made from its tree, and only from it.

`site` is the only part that knows MkDocs, `book` the only one that knows WeasyPrint.
"""
