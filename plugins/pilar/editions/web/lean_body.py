"""What elements of a page say that browsers know without it: books need it, a phone pays for it."""

from __future__ import annotations

from lxml.html import HtmlElement


def say_less(body: HtmlElement) -> None:
    """Take from the content of a page what is implied."""
    _figures(body)
    for kind in body.xpath(".//p[@class='label'][count(*) = 1]/span[@class='jenis']"):
        kind.drop_tag()
    # The first row, all of heads: they are those of columns (HTML Standard, 4.9.12.2).
    for head in body.xpath(".//thead[count(tr) = 1][not(tr/td)]/tr/th[@scope='col']"):
        del head.attrib["scope"]
    # Heads of a worksheet's cells: pilar.js puts them there.
    for cell in body.xpath(".//table[@class='isian']//td[@data-label]"):
        del cell.attrib["data-label"]


def _figures(body: HtmlElement) -> None:
    """Ids that captions give (`__table-caption_4`), where nothing links to them; the class of a
    caption's number.
    """
    linked = set(body.xpath(".//a/@href"))
    for figure in body.xpath(".//figure[starts-with(@id, '__')]"):
        if f"#{figure.get('id')}" not in linked:
            del figure.attrib["id"]
    for number in body.xpath(".//figcaption/p/span[@class='caption-prefix']"):
        number.tag = "b"
        del number.attrib["class"]
