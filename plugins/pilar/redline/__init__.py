"""Two documents compared as trees: what was inserted, deleted, moved. Knows no curriculum."""
