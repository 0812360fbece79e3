# make demo | run | test | check | mutants | bench | setup | golden | format | clean
# Needs Python 3.11 or newer and git; everything else goes into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
WORKERS ?= 2
OTHER_POSTGRES ?= /usr/lib/postgresql/15/bin
# B101: asserts narrow types here and refuse nobody (PYTHONOPTIMIZE stops production); B105 takes any `token = "word"` for a password.
NOT_ASKED := B101,B105
SERVER_TESTS = $(wildcard tests/postgres tests/store)

.PHONY: setup demo run test lint tests check check-outside check-other-postgres mutants bench golden format clean
.DELETE_ON_ERROR:

setup: .venv/stamp ## make the virtual environment with everything that tests need

.venv/stamp: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Anjuan needs Python 3.11 or newer; say which: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "no virtual environment could be made: on Debian, apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

demo: setup ## the demonstration county on http://127.0.0.1:8000
	$(BIN)/anjuan demo

run: setup ## an empty ledger on http://127.0.0.1:8000
	$(BIN)/anjuan serve

test: lint tests ## every test that needs no root and no other package

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit --quiet --recursive --skip $(NOT_ASKED) domain application infrastructure api

tests: setup
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

check: test check-outside ## all that CI runs

check-outside: setup check-other-postgres
	$(BIN)/pytest -n $(WORKERS) -m outside -rs

check-other-postgres: setup ## the store on the oldest PostgreSQL that is supported
	@if test -x $(OTHER_POSTGRES)/initdb; then \
	  ANJUAN_POSTGRES_BIN=$(OTHER_POSTGRES) $(BIN)/pytest -n $(WORKERS) $(SERVER_TESTS); \
	else \
	  echo "not run: the store tests on another PostgreSQL; apt-get install postgresql-15 makes them possible"; \
	fi

mutants: setup ## change the proofs in one place after the other: every change must fail a test; takes an hour
	WORKERS=$(WORKERS) $(BIN)/python -m tests.mutation $(ARGS)

bench: setup
	$(BIN)/pip install --quiet --editable '.[bench]'
	$(BIN)/python -m tests.benchmarks $(ARGS)

golden: setup ## write every golden file anew; look at the difference before committing
	$(BIN)/pytest -m golden --write-golden

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
