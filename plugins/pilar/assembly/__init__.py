"""Stage two: a run and its modules become one ordered, numbered tree for one edition.

Data only: no HTML, no MkDocs, no WeasyPrint, no files. Page sources in the tree are Markdown for
the extension `pilar`, with links relative to the tree's own paths (`blc/perkenalan.md`).
"""
