"""Logistic weights: what a thing's features weigh together."""

import pytest

from pipelines.learned.linear import Linear, Term

PRICE = Linear({"size": Term(0.5), "weight": Term(-3.0, low=0.0, high=9.0, scale=9.0)})


@pytest.mark.parametrize(("size", "weight", "score"), [(2, 0, 1.0), (2, 9, -2.0), (2, 400, -2.0), (2, -5, 1.0), (True, 4.5, -1.0)])
def test_values_are_cut_and_scaled_before_they_weigh(size, weight, score):
    assert PRICE.score({"weight": weight, "size": size}) == score


@pytest.mark.parametrize("values", [{"size": 1}, {"size": 1, "weight": 2, "colour": 3}, {"size": 1, "wieght": 2}])
def test_features_that_are_not_those_of_the_weights_are_refused(values):
    with pytest.raises(ValueError, match="not weighed or not given"):
        PRICE.score(values)
