"""Pilar: versioned training modules, assembled per pilot run into trainer guide, handout and books.

The pipeline, one way only::

    content  ->  assembly  ->  editions
    (read)       (order,       (site, book)
                 number,
                 timetable)

Terms of art, used as they are throughout the code:

JP
    *jam pelajaran*, the training hour: 45 minutes for theory and assignments, 60 for field
    practice (*praktik lapangan*).
widyaiswara
    civil-service trainer; ``pelatih`` in the product's own words.
pilar kessos
    the participants: Tagana, PKH companions, SLRT facilitators, PSM, Karang Taruna, LKS.
modul, mata pelatihan
    the smallest unit of training that can stand alone, teaches and tests by itself.
indikator hasil belajar (IHB)
    measurable behaviour that shows a learning result; numbered 1..n in modul.yml.
uji coba
    pilot run of a curriculum.
RBPMP, RP
    the design form of a module and the lesson plan that a widyaiswara must bring.
"""

__version__ = "0.1.0"
