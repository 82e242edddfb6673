"""Data, not code: the sample corpus, the rule packs per language and the learned weights."""
