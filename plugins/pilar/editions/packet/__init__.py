"""Packets: the participants' site in forms that pass from phone to phone without a network.

    articles.py      pages of the finished site as plain articles that link to each other
    single_page.py   all of them, or those of one module, as one page that needs no other file
    epub.py          the same as a book for e-readers (EPUB 3)
    site_zip.py      the site itself, to be opened from a memory card
    packets.py       makes them all, and offers them on the pages of the site

No Markdown is rendered here: what the site shows, its packets show.
"""
