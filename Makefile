# Samkoll. `make help` lists what you can do. Everything sets itself up.
SHELL := /bin/bash
PY := .venv/bin/python
BIN := .venv/bin
SERVE ?= 1
WORKERS ?= 2
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help setup system demo run test test-postgres test-spark check lint types contracts templates bench vendor lock messages clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

demo: setup ## Load Exempelkommunen, write all reports into out/, serve on 127.0.0.1:8000 (SERVE=0: stop before serving)
	SAMKOLL_PURPOSE=demo SAMKOLL_VAR=var/demo $(BIN)/samkoll demo run --out out
ifneq ($(SERVE),0)
	SAMKOLL_PURPOSE=demo SAMKOLL_VAR=var/demo $(BIN)/samkoll serve
endif

run: setup ## Serve an empty development installation on 127.0.0.1:8000
	$(BIN)/samkoll migrate && $(BIN)/samkoll serve

test: setup system check ## Set up and run everything that checks the project
	$(PY) -m pytest -n $(WORKERS) --dist worksteal
	SAMKOLL_SUITE=demo $(PY) -m pytest -n $(WORKERS) --dist worksteal tests/demo

test-spark: setup ## Run the tests of the statistics on Spark, in separate worker processes (as root: Java by apt)
	@scripts/spark
	$(PY) -m pytest tests/spark

test-postgres: setup system ## Run the tests on a PostgreSQL server of Debian's package (as root: installed by apt)
	scripts/with-debian-postgres $(PY) -m pytest -n $(WORKERS) --dist worksteal

check: lint types contracts templates ## Linters, types, import contracts

lint: setup ## ruff, codespell
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/codespell docs README.md CHANGELOG.md

types: setup ## mypy --strict
	$(BIN)/mypy --num-workers $(WORKERS) samkoll tests conftest.py

contracts: setup ## Packages import downwards only
	$(BIN)/lint-imports --no-cache

templates: setup ## djlint
	$(BIN)/djlint samkoll --lint --quiet

bench: setup ## Run the benchmarks and print one table
	$(PY) -m bench.harness

vendor: setup ## Fetch the vendored browser files again (pinned, checked)
	$(PY) scripts/vendor.py

lock: ## Renew requirements.lock from pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group dev --extra forecast pyproject.toml -o requirements.lock

messages: setup ## Collect and compile the translations
	scripts/messages

setup: .venv/ready .venv/messages

.venv/messages: .venv/ready $(wildcard samkoll/locale/*/LC_MESSAGES/*.po)
	@$(PY) scripts/compile_messages.py && touch $@

.venv/ready: requirements.lock pyproject.toml
	@test -x $(PY) || python3 -m venv .venv
	@test -x $(BIN)/uv || $(PY) -m pip install -q "uv==$$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)"
	$(BIN)/uv pip sync -q --require-hashes requirements.lock
	$(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch .venv/ready

system: ## Install Chromium and other test programs when they are missing and we are root
	@scripts/system-packages

clean: ## Remove what the commands above made (not the code)
	rm -rf .venv var out screenshots
