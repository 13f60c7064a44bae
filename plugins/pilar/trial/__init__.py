"""Laporan uji coba: what a run taught, as centres report it; what checks and reviews need of it is
in `evidence/`.
"""
