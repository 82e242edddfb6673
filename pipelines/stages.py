"""The row-wise stages, declared: what each takes and gives, the function that does it, and the data and packages that shape its result.

Where their rows are kept is declared in `assets/stages/catalogue.py`; how a stage does its work stands in its package.
"""

from __future__ import annotations

from pipelines import schemas
from pipelines.cleaning import clean_documents, pages_and_lines
from pipelines.duplicates import sketch_articles
from pipelines.quotes import extract_quotes
from pipelines.stage import Stage

# What is read of the data below `seeds/`: patterns, so that a new language is part of it.
CLEANING_SEEDS = (
    *(
        f"languages/*/{file}.toml"
        for file in ("boilerplate", "bylines", "credits", "dates", "detection", "names", "repair", "words")
    ),
    *(f"models/{model}.txt" for model in ("authors", "headlines", "lines")),
)
QUOTES_SEEDS = (*(f"languages/*/{file}.toml" for file in ("detection", "names", "quotes")), "models/quotes.*.txt")

LINES = Stage(
    name="lines",
    does="counting lines",
    takes=schemas.DOCUMENTS,
    gives={"pages": schemas.DOCUMENTS, "lines": schemas.DOCUMENT_LINES},
    work=pages_and_lines,
    worth_a_pool=300,  # pages, which take long to read; texts weigh nothing
    seeds=CLEANING_SEEDS,
    packages=("ftfy", "numba", "numpy", "py3langid", "pyarrow", "trafilatura"),
)

CLEAN = Stage(
    name="clean",
    does="cleaning",
    takes=schemas.DOCUMENTS,
    gives={"cleaned": schemas.CLEANED},
    work=clean_documents,
    context=(schemas.REPEATED_LINES,),
    settings="cleaning",
    worth_a_pool=3000,
    seeds=CLEANING_SEEDS,
    packages=LINES.packages,
)

SIGNATURES = Stage(
    name="signatures",
    does="sketching",
    takes=schemas.COMPARED,
    gives={"signatures": schemas.SIGNATURES},
    work=sketch_articles,
    settings="duplicates",
    rows=4096,
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
    seeds=QUOTES_SEEDS,
    packages=("numba", "numpy", "py3langid", "pyarrow"),
)
