"""The leak gate: proof, after every build, that no file of the participants holds trainers' text.

    corpus.py        what participants may read, found without the audience filter
    fingerprints.py  what they may not: word sequences, rare words and hashes, each with its source
    came_back.py     the results of runs, no cell of which is in any output of participants
    opening.py       what a finished file contains, however packed: pdf.py books and papers,
                     office.py documents of Word, Excel and LibreOffice
    key_rows.py      rows of key letters, which have no words
    gate.py          searches one in the other

It shares no code with the filter that it watches: who sees a block is written here a second time,
on purpose, so that a mistake there is not a mistake here. So is which pictures are theirs: those
that Markdown shows of the public lines, and none that no finished page shows.

What it covers and what not: of a trainers' passage every run of WINDOW words is looked for, a
passage of SHORTEST words or more as a whole, and each word of RARE letters or more that nothing
else in the product uses. A key of one common word (`B`, `benar`, `kelurahan`) has no fingerprint,
because participants' text has that word too; the structural rules of gate.py cover those: no block
of the trainers, no key of a closed question, no mark on a choice, no row of
keys, no paper but their three.
"""
