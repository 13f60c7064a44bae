"""Stage one: parses modules/ and runs/ into the model.

Every mistake is collected as a Problem; nothing here stops at the first one. Does not choose an
edition, number anything, or render.
"""
