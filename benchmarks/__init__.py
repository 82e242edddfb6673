"""Measurements against other tools and on the development sets, and the training of models. Nothing here is part of the product."""
