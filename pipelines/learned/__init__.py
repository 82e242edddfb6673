"""What was learned: boosted trees and logistic weights, kept as text in `seeds/models`, read and scored in one way.

`model` reads and writes the files, `forest` and `linear` score. What a feature means, and which rows are scored, belongs to the package
that uses a model; how its numbers came about belongs to `benchmarks/training`."""
