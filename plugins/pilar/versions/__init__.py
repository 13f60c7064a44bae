"""Versions of modules and curriculum: found in git's history, held fast by locks.

Only this package knows git. Objects are read directly; nothing is checked out or written.
"""
