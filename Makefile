# Two commands: `make dossier` and `make test`. Both set up what they need in .venv.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup dossier test test-spark check bench lock docs track clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

# The stamp is newer than the lock and the project file when the environment is complete.
.venv/.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Détente needs Python 3.11 or newer: call make PYTHON=/path/to/python3.11"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python "$(PYTHON)" .venv && \
	  uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --no-deps -e . ; \
	fi
	@$(BIN)/python -m compileall -q src # the first command starts as quickly as the later ones
	@touch .venv/.stamp

setup: .venv/.stamp ## make the environment in .venv

dossier: setup ## write the Astana dossier, all formats, English and French, into out/
	$(BIN)/detente dossier cases/astana.toml --out out

test: setup check ## check the house and run all tests
	$(BIN)/python -m pytest -n auto

test-spark: setup ## test that Spark gives DuckDB's table (456 MB more in .venv; needs Java 17)
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-spark.lock ; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements-spark.lock ; \
	fi
	$(BIN)/python -m pytest -rs tests/events/test_engines.py

check: setup ## style, types, layers, lock file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@! grep -nE 'https?://' requirements*.lock || { echo "a lock file names an address"; exit 1; }

bench: setup ## speed and accuracy against peers and floors, in one run
	$(BIN)/python -m bench

docs: setup ## write the generated pages (command line, topics)
	$(BIN)/python -m detente.cli.page docs/cli.md
	$(BIN)/python -m detente.topics.page docs/topics.md

track: setup ## forecast the past anew and write the track record (some minutes)
	$(BIN)/detente backtest --sessions 60-78 --data src/detente/forecast/track.csv

lock: ## refresh the lock files (needs uv)
	uv pip compile pyproject.toml --quiet --group dev --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	uv pip compile --quiet --group spark --constraint requirements.lock --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-spark.lock

clean: ## remove what was generated
	rm -rf out build dist .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
