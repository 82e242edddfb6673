# What people do here. Each target sets up .venv by itself the first time, which takes a minute or two, and is quick after that.
#
#   make run     load the sample corpus and say what was found
#   make test    run the tests
#   make ui      open Dagster's pages, by default at http://localhost:3000
#   make matrix  run the quick tests on every Python of 3.11 to 3.14 that is there, or PYTHONS="python3.12 …"
#   make faults  kill loads, fill disks, damage files: takes a quarter of an hour
#   make fuzz    search for inputs that break readers, cleaner or quotes: an hour; SECONDS=60 for a minute each
#   make installed  build the wheel, install it elsewhere, and use it there: some minutes
#   make spark   run the tests that need Spark, with Java 17 or later
#   make lint    check style, types and what Dagster loads
#   make bench   measure against other tools (in .venv-bench, which is large)
#   make train   learn all models again and measure them, in the same environment: into seeds/, or make train INTO=folder
#   make lock    write requirements.lock again from pyproject.toml
#   make clean   remove the environments and caches; the warehouse stays

# The first Python of a supported version that can make an environment. Choose another with: make run PYTHON=python3.12
SUPPORTED = import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$python -c '$(SUPPORTED)' 2>/dev/null && echo $$python && break; done)

PIP = -m pip --disable-pip-version-check --quiet
NO_PYTHON = No Python found that can make an environment; needed: 3.11, 3.12, 3.13 or 3.14 with its venv module. \
	On Debian and Ubuntu: apt-get install python3 python3-venv. Or name one: make PYTHON=...

.PHONY: run test matrix faults fuzz installed spark ui lint bench train lock clean
.DELETE_ON_ERROR:

run: .venv/.runtime
	@.venv/bin/python -m assets.cli load

ui: .venv/.runtime
	.venv/bin/python -m assets.cli ui

test: .venv/.dev
	.venv/bin/python -m pytest -n auto --dist loadscope

# Each Python in an environment of its own, made again where the lock changed. Quick: all but browsers, the floors of quality, and what
# works in copies of the checkout.
QUICK = --ignore tests/browser --ignore tests/benchmarks --ignore tests/test_floors.py --ignore tests/test_generality.py \
	--ignore tests/assets/test_new_stage.py --ignore tests/assets/test_upgrades.py --ignore tests/assets/test_entry_points.py
# Found are those of pyenv, of uv (uv python install 3.14) and of the system (Debian testing has 3.14).
PYTHONS ?= $(shell ls -d $(HOME)/.pyenv/versions/3.1[1-4].*/bin/python $(HOME)/.local/share/uv/python/cpython-3.1[1-4].*/bin/python 2>/dev/null) \
	python3.11 python3.12 python3.13 python3.14

matrix:
	@.ci/matrix "$(QUICK)" $(PYTHONS)

faults: .venv/.dev
	.venv/bin/python -m pytest -m faults -n 2 --dist loadscope

fuzz: .venv-fuzz/.done
	.venv-fuzz/bin/python -m benchmarks.fuzzing $(if $(SECONDS),--seconds $(SECONDS))

installed: .venv/.dev
	.venv/bin/python -m pytest -m installed -n 0

# Next to the environment, so that no other test finds them.
spark: .venv/.dev .venv-spark/.done
	PYTHONPATH=.venv-spark .venv/bin/python -m pytest -rs tests/engine/test_on_spark.py

lint: .venv/.dev
	.venv/bin/python -m ruff check
	.venv/bin/python -m ruff format --check
	.venv/bin/python -m mypy
	DAGSTER_HOME=$(CURDIR) .venv/bin/dg check defs

# Every script of benchmarks/, then the quality on the development sets.
bench: .venv-bench/.done
	@for script in $(filter-out %/__init__.py,$(wildcard benchmarks/*.py)); do \
		echo "== $$script"; .venv-bench/bin/python "$$script" || exit 1; done
	@echo "== benchmarks/quality"; .venv-bench/bin/python -m benchmarks.quality

train: .venv-bench/.done
	@.venv-bench/bin/python -m benchmarks.training $(if $(INTO),--into $(INTO))

.venv/.runtime: pyproject.toml requirements.lock
	$(call make_environment,.venv)
	@.venv/bin/python $(PIP) install --constraint requirements.lock --editable .
	@touch $@

.venv/.dev: .venv/.runtime
	@echo "Adding the tools for tests ..." >&2
	@.venv/bin/python $(PIP) install --constraint requirements.lock --editable '.[dev]'
	@touch $@

.venv-spark/.done: requirements-spark.lock .venv/.dev
	@rm -rf .venv-spark
	@.venv/bin/python $(PIP) install --no-deps --target .venv-spark --requirement requirements-spark.lock
	@touch $@

# Not held by the lock: one of the tools measured wants other versions of what the project uses.
.venv-bench/.done: pyproject.toml
	$(call make_environment,.venv-bench)
	@.venv-bench/bin/python $(PIP) install --editable '.[bench,train]'
	@touch $@

.venv-fuzz/.done: pyproject.toml requirements.lock
	$(call make_environment,.venv-fuzz)
	@.venv-fuzz/bin/python $(PIP) install --constraint requirements.lock --editable '.[archives,fuzz]'
	@touch $@

# An environment that is there and works is kept; one that was broken off or lost its Python is made again.
define make_environment
@if ! $(1)/bin/python -m pip --version >/dev/null 2>&1; then \
	if [ -z "$(PYTHON)" ]; then echo "$(NO_PYTHON)" >&2; exit 1; fi; \
	"$(PYTHON)" -m venv --clear $(1); fi
@echo "Setting up $(1) with $$($(1)/bin/python --version); this takes a minute or two ..." >&2
endef

lock: .venv/.dev
	@.venv/bin/python $(PIP) install uv
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade --extra dev --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv .venv-bench .venv-fuzz .venv-spark .venv-3.* .fuzzing build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find assets pipelines seeds tests warehouse -name __pycache__ -prune -exec rm -rf {} +
