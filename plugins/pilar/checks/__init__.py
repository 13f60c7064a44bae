"""Rules that look across files, language, and the reports of what they find.

`apply` runs them; the command line, which loads quickly, imports `reports` alone.
"""
