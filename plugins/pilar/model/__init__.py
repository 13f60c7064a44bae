"""What everything is about: frozen, typed data. Knows no files, no Markdown engine, no HTML."""
