"""What the results of a run show, as numbers: difficulty of questions, gain, minutes, ratings.

Pure functions of plain data, in the standard library alone; no words for readers, no files. Where
numbers begin to mean something (`cutoffs.py`) is a setting with its source.
"""
