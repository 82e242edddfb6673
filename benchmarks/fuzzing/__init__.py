"""Fuzzing of what reads foreign bytes and texts. `targets.py` says what must hold, `__main__.py` searches for what breaks it."""
