"""MkDocs, the host of the sites: the only part that knows it."""
