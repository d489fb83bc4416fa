# Everything this project does from a clone; `make help` lists it.
.DEFAULT_GOAL := help
# What is half made would pass for made the next time.
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= $(shell for one in python3.13 python3.12 python3.11 python3 python; do \
	"$$one" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$one" && break; done)
BIN := .venv/bin
JOBS ?= 2

.PHONY: help demo serve test fuzz chaos bench ablate teach check format lock eval clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: .venv/run ## From a bare clone to a made agent and a running service
	@$(BIN)/outfitter demo $(if $(ONCE),--once)

serve: .venv/run ## Run the API on this machine
	@$(BIN)/outfitter serve

test: .venv/dev ## Run all tests, two at a time or JOBS=8
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not alone and not chaos" $(ARGS)
	@$(BIN)/python -m pytest -m "alone and not chaos" $(ARGS)

fuzz: .venv/dev ## Ask the API at random, five minutes or MINUTES=30
	@FUZZ_MINUTES=$(or $(MINUTES),5) $(BIN)/python -m pytest tests/fuzz $(ARGS)

chaos: .venv/dev ## Crash, cut, kill and starve the service for minutes (SHARE=20: a fifth)
	@CHAOS=$(or $(SHARE),100) $(BIN)/python -m pytest tests/chaos -o timeout=600 $(ARGS)

eval: .venv/$(if $(SET),run,dev) ## Score the project's requests and dialogues, or those of SET=folder
	@$(BIN)/outfitter eval $(or $(SET),tests/data/benchmark)
	@$(if $(SET),,$(BIN)/python -m pytest -q tests/benchmark $(ARGS))

bench: .venv/dev ## Measure the speed and hold it against its goals (SOAK=1: memory too)
	@PYTHONPATH=tests $(BIN)/python -m bench $(if $(SOAK),--soak)

ablate: .venv/dev ## Measure the search without each part, ten minutes (SETS="folder …")
	@PYTHONPATH=tests $(BIN)/python scripts/ablate.py $(SETS)

teach: .venv/dev ## Learn from the benchmark's dialogues anew, five minutes
	@PYTHONPATH=tests $(BIN)/python scripts/teach.py

check: .venv/dev ## Format, lint, types, imports, sizes, lock
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@PYTHONPATH=tests $(BIN)/python -m rules.house

format: .venv/dev ## Put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: .venv/dev ## Write the lock files anew
	@for group in run:"--group build" otel:"--group build --extra otel" \
		dev:"--group build --group dev --extra otel"; do \
		$(BIN)/uv pip compile -q pyproject.toml $${group#*:} --python-version 3.11 --universal --fork-strategy fewest \
		--generate-hashes --no-emit-index-url --no-header -o requirements/$${group%%:*}.lock; done

clean: ## Remove the environment and the local data
	rm -rf .venv .outfitter

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Outfitter needs Python 3.11 or later with its venv module (Debian: apt install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/run: requirements/run.lock pyproject.toml | .venv/bin/python
	@echo "Installing into .venv …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements/dev.lock pyproject.toml | .venv/bin/python
	@echo "Installing into .venv …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ .venv/run
