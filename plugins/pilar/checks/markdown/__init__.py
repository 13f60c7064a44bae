"""Two readings of the same Markdown, compared: CommonMark's, as editors and git hosts show it, and
Pilar's, as it is printed.
"""
