# The project's commands. `make help` lists them; CI and hooks call these and nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
# More arguments for pytest: make test ARGS="-k permalink"
ARGS ?=
BIN := .venv/bin

# A check must not depend on, or touch, the data of whoever runs it.
AS_DEVELOPMENT := env -u SECRET_KEY -u ALLOWED_HOSTS DEBUG=true DATABASE_URL=sqlite:///:memory:
AS_PRODUCTION := env DEBUG=false DATABASE_URL=sqlite:///:memory: ALLOWED_HOSTS=quotes.example.org \
	HTTPS_ONLY=true SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')"

.PHONY: help run test check check-hard soak sbom lint types migrations deploy format lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: .venv/.installed-base ## Start the site for development on http://127.0.0.1:8000 (PORT=... for another port)
	@set -a; [ ! -f .env ] || . ./.env; set +a; \
	export DEBUG=true; \
	: "one key for the whole run: the server reads the settings again at each change of the code"; \
	export SECRET_KEY="$${SECRET_KEY:-$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')}"; \
	$(BIN)/python -m config.port $(PORT); \
	$(BIN)/python manage.py migrate --verbosity 0; \
	$(BIN)/python manage.py load_seeds; \
	$(BIN)/python manage.py development_login --address http://127.0.0.1:$(PORT); \
	exec $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: .venv/.installed-dev ## Run every test on SQLite and the data tests on PostgreSQL, at once (ARGS="-k name" for some)
	@$(BIN)/python -m tests.suite $(ARGS)

# How much of the large numbers check-hard tries: SHARE=0.1 a tenth (tests/hard.py).
SHARE ?= 1

check-hard: .venv/.installed-dev ## Kills, load, strange requests, damaged files in large numbers, on both databases (half an hour; SHARE=0.1 for a tenth)
	@HARD=$(SHARE) $(BIN)/python -m tests.suite $(ARGS)

# How many seconds readers, editors and an ingest keep the site busy.
SOAK ?= 600

soak: .venv/.installed-dev ## Ten minutes of load on each database, then: memory, open files, every row (SOAK=60 for a minute)
	@HARD=1 SOAK=$(SOAK) $(BIN)/python -m tests.suite tests/served/test_load.py -k readers_never_fail $(ARGS)

check: lint types migrations deploy ## Everything that needs no test run: style, types, missing migrations, deployment

lint: .venv/.installed-dev ## Style: ruff's rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/.installed-dev ## Types: mypy
	@$(AS_DEVELOPMENT) $(BIN)/python -m mypy

migrations: .venv/.installed-dev ## A model that changed without a migration
	@$(AS_DEVELOPMENT) $(BIN)/python manage.py makemigrations --check --dry-run

deploy: .venv/.installed-dev ## Django's and our deployment checks, with settings as in production
	@$(AS_PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/.installed-dev ## Rewrite the Python files as the style wants them
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: .venv/bin/python ## Write requirements/*.txt anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: $(BIN)/python -m pip install uv, or see its pages."; exit 1; }
	uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--output-file requirements/base.txt
	uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--extra dev --constraint requirements/base.txt --output-file requirements/dev.txt

sbom: ## What a release is made of, as CycloneDX in sbom.json (needs uv)
	@command -v uv >/dev/null || { echo "make sbom needs uv: $(BIN)/python -m pip install uv, or see its pages."; exit 1; }
	uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements/base.txt --pyproject pyproject.toml \
		--output-reproducible --output-file sbom.json

clean: ## Remove .venv, caches and collected static files; never the data folder
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis staticfiles test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Installation -----------------------------------------------------------------------------
# Every package is checked against the hashes of the lock file. uv is used where it is present
# because it is faster; nothing but Python is needed.
INSTALL = if uv --version >/dev/null 2>&1; \
	then uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv

.venv/.installed-base: requirements/base.txt | .venv/bin/python
	@echo "Installing what the site needs ..."
	@$(call INSTALL,requirements/base.txt)
	@touch $@

.venv/.installed-dev: requirements/dev.txt requirements/base.txt | .venv/bin/python
	@echo "Installing what the site and its tests need ..."
	@$(call INSTALL,requirements/dev.txt)
	@touch .venv/.installed-base $@
