"""Blocks (CONTRIBUTING.md, "Blok") in two steps: who sees which line, then a block's HTML.

The audience filter works on the source, before Markdown sees it. Rendering is a Markdown
extension, the same for site and book. Numbers and titles come from assembly.
"""
