"""Reads runs/<id>.hasil/: tables as CSV files or sheets of a workbook to `model.results`.

Nothing is lost on the way: a cell that is not empty is in the model, or in a problem that names it,
its column, its row or its sheet.
"""
