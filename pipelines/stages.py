"""The row-wise stages, declared: what each takes and gives, the function that does it, and the data and packages that shape its result.

Where their rows are kept is declared in `assets/stages/catalogue.py`; how a stage does its work stands in its package.
"""

from __future__ import annotations

from pipelines import schemas
from pipelines.cleaning import clean_with_decisions, pages_and_lines
from pipelines.duplicates import sketch_articles
from pipelines.quotes import extract_quotes
from pipelines.stage import Stage
from pipelines.stories import article_credits, article_tokens
from pipelines.utterances import article_statements


def _of_each_language(*files: str) -> tuple[str, ...]:
    return tuple(f"languages/*/{file}.toml" for file in files)


# The data below `seeds/` that is read, as patterns, so that a new language is part of it. A test holds them against what is opened.
_PAGES = (*_of_each_language("boilerplate", "bylines", "credits", "dates", "detection", "names", "repair", "words"), "kinds.toml")
_QUOTES = _of_each_language("detection", "names", "quotes")

STORY_SEEDS = _of_each_language("sources", "stories", "words")
PAIR_SEEDS = _of_each_language("dates", "statements", "words")
SPEAKER_SEEDS = (*_of_each_language("names"), "counts/rarity.txt", "names/*.toml")
UTTERANCE_SEEDS = (
    *_of_each_language("dates", "detection", "names", "quotes", "statements", "words"),
    "counts/rarity.txt",
    "kinds.toml",
    "names/*.toml",
)

LINES = Stage(
    name="lines",
    does="counting lines",
    takes=schemas.DOCUMENTS,
    gives={"pages": schemas.DOCUMENTS, "lines": schemas.DOCUMENT_LINES},
    work=pages_and_lines,
    worth_a_pool=300,  # pages, which take long to read; a text weighs a twentieth
    seeds=_PAGES,
    packages=("ftfy", "htmldate", "lxml", "numba", "numpy", "py3langid", "pyarrow", "pydantic", "regex", "trafilatura"),
    kernels=("pipelines.cleaning.kernels.load",),
)

CLEAN = Stage(
    name="clean",
    does="cleaning",
    takes=schemas.DOCUMENTS,
    gives={"cleaned": schemas.CLEANED},
    work=clean_with_decisions,
    context=(schemas.REPEATED_LINES, schemas.DECIDED_LINES),
    settings="cleaning",
    worth_a_pool=3000,
    seeds=(*_PAGES, "models/authors.txt", "models/headlines.txt", "models/lines.txt"),
    packages=LINES.packages,
    kernels=("pipelines.cleaning.kernels.load", "pipelines.learned.forest"),
)

SIGNATURES = Stage(
    name="signatures",
    does="sketching",
    takes=schemas.COMPARED,
    gives={"signatures": schemas.SIGNATURES},
    work=sketch_articles,
    settings="duplicates",
    rows=4096,
    worth_a_pool=5000,
    packages=("datasketch", "llvmlite", "numba", "numpy", "pyarrow"),
)

QUOTES = Stage(
    name="quotes",
    does="reading quotes",
    takes=schemas.BODIES,
    gives={"quotes": schemas.QUOTES},
    work=extract_quotes,
    settings="quotes",
    worth_a_pool=5000,
    seeds=(*_QUOTES, "models/quotes.*.txt"),
    packages=("babel", "numba", "numpy", "py3langid", "pyarrow", "pydantic"),
    kernels=("pipelines.quotes.kernels.load", "pipelines.learned.forest"),
)

CREDITS = Stage(
    name="credits",
    does="reading credits",
    takes=schemas.CREDIT_INPUT,
    gives={"credits": schemas.CREDITS},
    work=article_credits,
    rows=2048,
    worth_a_pool=20000,
    seeds=_of_each_language("sources"),
    packages=("pyarrow", "pydantic"),
)

STORY_TERMS = Stage(
    name="story_terms",
    does="counting terms",
    takes=schemas.STORY_INPUT,
    gives={"story_terms": schemas.STORY_TOKENS},
    work=article_tokens,
    settings="stories",
    rows=2048,
    worth_a_pool=10000,
    seeds=_of_each_language("stories"),
    packages=("numpy", "pyarrow", "pydantic"),
)

STATEMENTS = Stage(
    name="statements",
    does="gathering statements",
    takes=schemas.BODIES,
    gives={"statements": schemas.STATEMENTS, "words": schemas.ARTICLE_WORDS},
    work=article_statements,
    context=(schemas.QUOTES,),
    settings="utterances",
    rows=1024,
    worth_a_pool=5000,
    seeds=(*_of_each_language("quotes"), "kinds.toml"),
    packages=("numba", "numpy", "pyarrow", "pydantic"),
)
