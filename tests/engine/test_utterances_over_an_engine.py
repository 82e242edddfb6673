"""Utterances found in parts are those that one machine finds at once, whatever the parts and the order of rows."""
