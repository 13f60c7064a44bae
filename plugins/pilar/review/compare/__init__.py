"""What a change does, as data: no words for readers, no HTML."""
