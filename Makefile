# Each target works from a fresh clone with Python 3.11+ and make; `make test` needs apt (or the binaries it would install).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench plotly clean

run: $(VENV)/run.stamp plotly
	@$(BIN)/python -m flask --app app:server serve

test: $(VENV)/test.stamp plotly
	@sh tests/install_binaries.sh
	@$(BIN)/python -m pytest --cov --cov-report=term:skip-covered $(ARGS)

check: $(VENV)/test.stamp
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports

bench: $(VENV)/test.stamp plotly
	@sh tests/install_binaries.sh
	@$(BIN)/python -m benchmarks $(ARGS)

# A third of plotly.js, with just our traces, where npm is there to build it; else the package's own serves.
plotly:
	@if command -v npm >/dev/null 2>&1 && [ ! -s cache/plotly.min.js ]; then \
	    echo "Building a small plotly.js (once)…"; \
	    sh browser/build.sh || echo "It could not be built; the full one serves."; \
	fi

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Ventanilla needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(VENV)/bin/python
	@echo "Installing the locked dependencies (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/test.stamp: requirements-test.lock | $(VENV)/bin/python
	@echo "Installing the locked dependencies, tests included (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) var cache/* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
