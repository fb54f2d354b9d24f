# The words a person types. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2

BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet install
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
NODE_WANTED := 20
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Where it is set every process compiles the sources anew.
unexport PYTHONDONTWRITEBYTECODE
# The page is optional: without explorer/ everything else still runs.
PAGE := $(if $(wildcard explorer/package.json),explorer/dist/index.html)
PAGE_SOURCES := $(if $(PAGE),$(shell find explorer -path explorer/node_modules -prune -o -path explorer/dist -prune -o -type f -print))

.PHONY: help
help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

# ---- installing: each stamp is redone only when what it stands on changed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $$($(PYTHON) -V) was found. Name another with PYTHON=." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "This Python cannot make virtual environments. On Debian: apt-get install python3-venv" >&2; exit 1; }

# A pip older than 23.3 refuses hashed pins as soon as a package that another wants with extras has a newer version.
.venv/.pip: requirements/pip.txt | $(BIN)/python
	@$(PIP) --require-hashes -r requirements/pip.txt
	@touch $@

.venv/.run: pyproject.toml requirements/run.txt requirements/build.txt .venv/.pip
	@echo "installing into .venv ..."
	@$(PIP) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m graph.javacache || echo "the embedded engine will start more slowly" >&2
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	@echo "installing what the tests need ..."
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.run
	@echo "installing what the measurements compare with ..."
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

.venv/.node: requirements/node.txt .venv/.pip
	@major=$$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0); \
	if [ "$$major" -lt $(NODE_WANTED) ]; then echo "installing Node ..."; $(PIP) --require-hashes -r requirements/node.txt; fi
	@touch $@

explorer/node_modules/.installed: explorer/package-lock.json .venv/.node
	@echo "installing what the page is built with ..."
	@cd explorer && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

explorer/dist/index.html: explorer/node_modules/.installed $(PAGE_SOURCES)
	@cd explorer && npm run --silent build
	@touch $@

.PHONY: install page run
install: .venv/.run ## make .venv/bin/guanxi and stop

page: $(PAGE) ## build the page

run: install page ## load seeds/ into an empty graph and serve it on http://127.0.0.1:$(PORT)
	@exec $(BIN)/guanxi serve --load seeds --port $(PORT)

# ---- checking

.PHONY: test test-format test-types test-python test-page coverage
test: test-format test-types page test-python test-page ## check format and types, run every test

test-format: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

test-types: .venv/.test
	$(BIN)/mypy

PYTEST := $(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

test-python: .venv/.test
	$(PYTEST)

coverage: .venv/.test ## run the Python tests again, and say which lines none of them runs
	$(BIN)/coverage erase
	$(PYTEST) --cov --cov-report=term

test-page: .venv/.run $(PAGE)
	@if [ -n "$(PAGE)" ]; then cd explorer && npm run check && npm test && npm run e2e; fi

.PHONY: format types bench docs screenshots
format: .venv/.test ## put the source files into their one format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: test-types ## check types

bench: .venv/.test .venv/.bench ## measure against peers, as ratios
	$(BIN)/python -m bench

docs: .venv/.test ## write what the commands say of themselves into docs/commands.md
	PYTHONPATH=. $(BIN)/python docs/helps.py

screenshots: .venv/.run $(PAGE) ## draw the pictures of the page that the documentation shows
	cd explorer && npm run screenshots

# ---- keeping

.PHONY: lock clean
lock: .venv/.test ## choose the newest allowed versions again, with their hashes
	$(COMPILE) requirements/pip.in -o requirements/pip.txt
	$(COMPILE) requirements/build.in -o requirements/build.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt
	$(COMPILE) pyproject.toml -c requirements/build.txt -o requirements/run.txt
	$(COMPILE) pyproject.toml --extra test --extra dev --extra py2neo \
		-c requirements/run.txt -c requirements/build.txt -o requirements/test.txt
	$(COMPILE) pyproject.toml --extra bench -c requirements/test.txt -c requirements/build.txt -o requirements/bench.txt

clean: ## remove what can be made again; the graph under .guanxi/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* build dist explorer/node_modules explorer/dist
