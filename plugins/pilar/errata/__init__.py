"""The errata edition: what became of the modules since a copy was printed.

`delta` gathers it for one edition, `facts` puts the comparison of two versions into words, `pages`
draws web pages and `sheet` the one sheet of paper.
"""
