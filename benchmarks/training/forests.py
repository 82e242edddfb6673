"""Trees as LightGBM gives them, to trees as a model file has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.learned.forest import Forest, Node, Tree
from pipelines.learned.model import rounded

Parameters = dict[str, Any]


def fit(
    features: Sequence[str],
    rows: Any,
    labels: Any,
    trees: int,
    parameters: Parameters,
    *,
    sums: str = "float64",
    whole: bool = False,
    weights: NDArray[np.float64] | None = None,
    groups: list[int] | None = None,
) -> Forest:
    """A forest as its file will have it: what is scored in training is what will be scored from the file. `whole`: all features are whole
    numbers, and so are the thresholds."""
    import lightgbm  # of the `train` extra; what does not fit trees runs without it

    data = lightgbm.Dataset(np.asarray(rows), np.asarray(labels), weight=weights, group=groups, params=parameters)
    booster = lightgbm.train(parameters, data, trees)
    return Forest(features, rounded(tree_of(info, whole) for info in booster.dump_model()["tree_info"]), sums)


def tree_of(info: dict[str, Any], whole: bool) -> Tree:
    """A tree of LightGBM's `dump_model`; thresholds of whole numbers are whole."""
    nodes: list[Node | None] = []
    leaves: list[float] = []

    def walk(at: dict[str, Any]) -> int:
        if "leaf_value" in at:
            leaves.append(at["leaf_value"])
            return -len(leaves)
        place = len(nodes)
        nodes.append(None)  # children are numbered after it
        left, right = walk(at["left_child"]), walk(at["right_child"])
        threshold = float(np.floor(at["threshold"])) if whole else at["threshold"]
        nodes[place] = Node(at["split_feature"], threshold, left, right)
        return place

    walk(info["tree_structure"])
    return Tree(tuple(node for node in nodes if node is not None), tuple(leaves))


def with_features_in_use(forest: Forest) -> Forest:
    """The same forest without the features that no tree asks for."""
    used = sorted({node.feature for tree in forest.trees for node in tree.nodes})
    place = {feature: number for number, feature in enumerate(used)}
    trees = [Tree(tuple(node._replace(feature=place[node.feature]) for node in tree.nodes), tree.leaves) for tree in forest.trees]
    return Forest([forest.features[feature] for feature in used], trees, forest.sums, forest.knots)
