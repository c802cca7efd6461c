# Every target sets up what it needs: Python 3.11 to 3.13 with pip, and make. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# The newest supported Python found; override with: make demo PYTHON=/path/to/python3.12
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	command -v $$name >/dev/null && $$name 2>/dev/null -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	&& echo $$name && break; done)
BIN := .venv/bin
READY := .venv/.installed

# What `make dagster` watches and where it builds; the demo centre unless told otherwise.
DROP ?= work/demo/drop
WORK ?= $(if $(filter work/demo/drop,$(DROP)),work/demo,work/$(notdir $(abspath $(DROP))))
# Further words for the command, for example: make demo ARGS="--agents 40 --teams 4 --contacts 50000"
ARGS ?=
# Sizes `make bench` measures: tiny, medium (200 agents, 1 M contacts), large (1,000 agents, 10 M contacts); and
# files-tiny, files-medium (1 M contacts), files (10 M contacts in 60 files): taking in alone, beside DuckDB's reading.
SIZES ?= files medium large

.PHONY: help setup demo build serve test check format bench dagster clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

setup: $(READY)  ## a virtual environment in .venv with exactly the packages of requirements.lock

$(READY): requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and none was found" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

demo: $(READY)  ## write the demo centre and build its site in work/demo
	$(BIN)/floorwalk demo $(ARGS)

build: $(READY)  ## build a site: make build DROP=folder-of-exports
	$(BIN)/floorwalk build --drop "$(DROP)" --work "$(WORK)" $(ARGS)

serve: $(READY)  ## show the site of work/demo (or WORK=…) on this machine only
	$(BIN)/floorwalk serve --work "$(WORK)" $(ARGS)

test: $(READY)  ## the whole test suite
	$(BIN)/python -m pytest $(ARGS)

check: $(READY)  ## style, types, floors, SQL, contract, catalogue and words
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint dbt_project
	$(BIN)/floorwalk check

format: $(READY)  ## put Python and SQL into the common style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --quiet dbt_project

bench: $(READY)  ## measure full builds, one-more-day rebuilds and taking in; writes bench/results.json
	$(BIN)/python -m pipelines.bench $(SIZES)

dagster: $(READY)  ## Dagster on this machine, watching DROP
	@mkdir -p .dagster "$(DROP)" && chmod 700 .dagster
	@cp pipelines/orchestration/dagster.yaml .dagster/dagster.yaml
	$(if $(filter work/demo/drop,$(DROP)),FLOORWALK_FREE_TEXT=redacted) \
		DAGSTER_HOME="$(CURDIR)/.dagster" FLOORWALK_DROP="$(abspath $(DROP))" FLOORWALK_WORK="$(abspath $(WORK))" \
		$(BIN)/dagster dev --module-name pipelines.definitions $(ARGS)

clean:  ## remove what builds and tests made, not the virtual environment
	rm -rf work bench .dagster .pytest_cache .mypy_cache .ruff_cache .import_linter_cache dbt_project/target dbt_project/logs logs
