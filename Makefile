# Everything that is done with Jinlin from a shell. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help install demo test check bench format messages requirements

PORT ?= 8000
PROFILE ?= hongshan
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header $(UPGRADE)

help: ## list what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

install: ## set up this folder: .venv/bin/jinlin, the front end, the translations
	@bin/install

demo: install ## a demo neighbourhood on http://127.0.0.1:8000 (PORT=8000 PROFILE=hongshan)
	@.venv/bin/jinlin demo --profile "$(PROFILE)" --port "$(PORT)"

test: ## all checks and tests, on SQLite and on PostgreSQL, with their own set-up
	@bin/test

check: ## the quick checks: style, layers, types, messages, migrations, algorithms, architecture
	@bin/test --quick

bench: install ## measure the engines and the API beside named references (LARGE=1: the API with 200,000 requests too)
	@bin/debian-packages postgresql
	@bin/install --bench
	@BENCH_LARGE="$(LARGE)" .venv/bin/python -m bench

format: install ## put the code into the project's format
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

messages: install ## collect the messages of all apps for translation, and compile them
	@bin/messages

requirements: install ## lock the requirements again after a change in pyproject.toml (UPGRADE=--upgrade for newer versions)
	$(LOCK) requirements/install.in --output-file requirements/install.txt
	$(LOCK) pyproject.toml --output-file requirements/app.txt
	$(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --group dev --group bench --constraint requirements/dev.txt --output-file requirements/bench.txt
