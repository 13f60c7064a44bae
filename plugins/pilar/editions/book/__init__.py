"""The book edition: parts are rendered by WeasyPrint, books are composed of parts by pikepdf.

A part is a PDF with its outline: the body of a module, a book's front or back matter. The body of
a module is rendered once per content and template, whichever books contain it.
"""
