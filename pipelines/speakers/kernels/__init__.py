"""Loops over sounds and names; no plumbing."""
