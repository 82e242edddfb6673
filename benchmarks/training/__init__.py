"""The trainers of all models. `make train` runs them in the order in which they depend on each other, see `__main__`.

A trainer knows its data, settings and thresholds. How pages and articles are described belongs to `pipelines`, so that what is trained on
is what is scored later; how a model is written, to `pipelines.learned.model`."""
