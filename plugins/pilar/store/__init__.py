"""Bytes on disk: atomic writes, the cache, the manifest, the files of the package.

Nothing here knows what the bytes mean.
"""
