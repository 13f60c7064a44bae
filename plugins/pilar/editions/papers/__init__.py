"""Papers of a run: forms, tests, sheets and lists that trainers and organizers print and file.

    paper.py       a row of the table, what papers are made from, a finished paper
    catalogue.py   the table of all papers, in the order in which they are printed
    press.py       data and template to HTML, and that to PDF, .docx and .xlsx
    word.py, workbook.py   the HTML of a paper as a document or workbook of an office

One module a paper computes what its template in overrides/kertas/ prints; where the run and its
tree are enough there is only the template. Participants get the papers that say so, made from
their own tree, and no other; leaks/ holds a list of its own.
"""
