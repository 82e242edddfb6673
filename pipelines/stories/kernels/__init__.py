"""Loops of stories that are compiled where there are many articles."""
