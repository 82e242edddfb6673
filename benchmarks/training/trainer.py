"""What every trainer is: a name, its data, settings and two functions; and the model that comes of it, with where it comes from."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from assets.sources import Sources
from assets.versions import CHECKOUT, imported, seed_files
from benchmarks.quality.corpora import sha256_of
from benchmarks.quality.sets import Figures
from pipelines.learned.forest import Forest
from pipelines.learned.linear import Linear
from pipelines.learned.model import Model, Origin, training_hash

Models = Mapping[str, Model]


@dataclass(frozen=True)
class Learned:
    """What a trainer found."""

    forests: Mapping[str, Forest] = field(default_factory=dict)
    weights: Mapping[str, Linear] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Trainer:
    """`learn` takes the models that were learned before it; `left_out` gives figures for publishers that were not learned from."""

    name: str
    gives: str
    data: tuple[str, ...]
    thresholds: Mapping[str, float]
    settings: Mapping[str, Any]
    learn: Callable[[Models], Learned]
    left_out: Callable[[Models], dict[str, Figures]]
    tools: tuple[str, ...] = ("numpy", "scipy")
    words: str = "languages/*/*.toml"  # below seeds: the word lists that features are made with
    sample: Callable[[Models], str] | None = None  # hash of what the features say of the sample corpus, see `sample.py`

    def model(self, earlier: Models) -> Model:
        """Learns, and writes down from what."""
        learned = self.learn(earlier)
        return Model(self.name, self.origin(earlier), dict(self.thresholds), learned.forests, learned.weights, learned.words)

    def origin(self, earlier: Models) -> Origin:
        """What a model that is learned now says of where it comes from; `earlier` as for `learn`."""
        data = {name: sha256_of(name) for name in self.data}
        trainer, settings = self.trainer(earlier), self.settled()
        tools = ", ".join([f"Python {platform.python_version()}", *(f"{tool} {version(tool)}" for tool in self.tools)])
        return Origin(self.gives, trainer, data, settings, tools, training_hash(data, trainer.split()[-1], settings))

    def trainer(self, earlier: Models) -> str:
        """Its module and a hash: of its own code and of what its features say of the sample corpus; without `sample` of all code and word
        lists that it uses."""
        name = self.learn.__module__
        if self.sample is None:
            return f"{name} {code_of(self.learn, self.words)}"
        own = code_of(self.learn, None, f"{__package__}.")
        return f"{name} {hashlib.sha256(f'{own} {self.sample(earlier)}'.encode()).hexdigest()[:16]}"

    def settled(self) -> str:
        """Its settings and thresholds, as a model writes them down."""
        settings = " ".join(f"{key}={value}" for key, value in self.settings.items())
        return settings + "".join(f" threshold_{key}={value}" for key, value in self.thresholds.items())


def code_of(work: Callable[..., Any], words: str | None, within: str = "") -> str:
    """16 hex digits for a function's module and all of ours that it imports whose names begin with `within`, without comments, docstrings and
    layout, and for word lists."""
    sources = Sources(CHECKOUT)
    modules = sorted((module, file) for module, file in imported(work, sources).items() if module.startswith(within))
    digests = [f"{module} {sources.of(file).digest}" for module, file in modules]
    lists = sorted(seed_files(CHECKOUT, [words])) if words else ()
    digests += [f"{file.relative_to(CHECKOUT).as_posix()} {sources.of(file).digest}" for file in lists]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()[:16]
