"""The data model: frozen and typed. Knows no files, no Markdown engine, no HTML."""
