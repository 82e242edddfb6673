"""Who a mention is: the names of a text, what its sentences show of their bearers, and the answer for each mention."""
