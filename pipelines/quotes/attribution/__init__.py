"""Who said what: the choice of a speaker and a cue for each segment, how far the words go, and clauses reported without marks."""
