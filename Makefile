# The words a person types. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
GUANXI_GRAPH ?= .guanxi/graph
export GUANXI_GRAPH

BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet install
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
PACKAGES := graph loaders questions api guanxi

.PHONY: help
help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

# ---- installing: each stamp is redone only when what it stands on changed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $$($(PYTHON) -V) was found. Name another with PYTHON=." >&2; exit 1; }
	$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "This Python cannot make virtual environments. On Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/.run: pyproject.toml requirements/run.txt | $(BIN)/python
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.run
	$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

.PHONY: install
install: .venv/.run ## make .venv/bin/guanxi and stop

.PHONY: lock
lock: .venv/.run ## choose the newest allowed versions again and write them down with their hashes
	$(COMPILE) --upgrade pyproject.toml requirements/build.in -o requirements/run.txt
	$(COMPILE) --upgrade pyproject.toml requirements/build.in --extra test --extra dev --extra py2neo \
		-c requirements/run.txt -o requirements/test.txt
	$(COMPILE) --upgrade pyproject.toml requirements/build.in --extra bench \
		-c requirements/run.txt -o requirements/bench.txt
