"""The search index of a site: made of finished pages, read by overrides/tema/assets/cari.js.

page_sections.py    a finished page -> sections with an address, as a reader sees them
word_families.py    words -> families of one root
everyday_words.py   what people say for what is written
search_index.py     sections -> words with weights
search_pieces.py    all of it -> small script files
site_index.py       which pages of a site are indexed, and what each is part of
"""
