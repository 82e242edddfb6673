"""Loops over statements and articles; no plumbing."""
