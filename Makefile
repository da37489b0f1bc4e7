# Each target sets up what it needs. PYTHON may name another Python, 3.11 or newer.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --root-user-action=ignore

.PHONY: run test lint bench bench-judgement bench-identity bench-matching bench-reminders bench-year docs lock clean
.DEFAULT_GOAL := run

run: .venv/ready
	@exec $(BIN)/keepwarm serve --with-parent $(ARGS)

test: .venv/ready-dev
	@$(BIN)/python -m tests $(ARGS)

lint: export KEEPWARM_DATA := $(shell mktemp -d)
lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src/keepwarm tests benchmarks
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet src/keepwarm/templates
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

bench: .venv/ready-dev
	@$(BIN)/python -m benchmarks $(ARGS)

# LOG=file.csv.gz of src,dst,ts; SCALE=3 for a log of a hasty place
bench-judgement: .venv/ready-dev
	@PYTHONPATH=src $(BIN)/python -m benchmarks.judgement $(LOG) $(if $(SCALE),--scale $(SCALE))

# SET=file.csv with the column entity; without it every set at hand, and 50,000 invented cards
bench-identity: .venv/ready-dev
	@PYTHONPATH=src $(BIN)/python -m benchmarks.identity $(SET)

# A year in ten zones: how far each digest is from its hour
bench-reminders: .venv/ready-dev
	@$(BIN)/python -m pytest -q -s tests/reminders/test_year.py

# A year of weekly sessions: is anyone let down, is any week too full?
bench-year: .venv/ready-dev
	@PYTHONPATH=src $(BIN)/python -m benchmarks.year

# Who would like this: by words, by sense and by both, on a set judged by hand
bench-matching: .venv/ready-dev
	@PYTHONPATH=src $(BIN)/python -m benchmarks.matching

docs: .venv/ready-dev
	@$(BIN)/python -m docs.reference

# The locks name no registry, so that they work with whichever one pip is set to.
lock: .venv/ready-dev
	$(PIP) uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade pyproject.toml --group run --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade pyproject.toml --group dev --extra link --extra match --output-file requirements-dev.txt

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Keepwarm needs Python 3.11 or newer. Install it, then run make again."; exit 1; }
	@echo "Setting up (once, about a minute) …"
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; rm -rf .venv; exit 1; }

.venv/ready: .venv/bin/python requirements.txt pyproject.toml
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
