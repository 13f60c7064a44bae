"""A state of the project, be it a folder or a commit: read, checked, its runs resolved."""
