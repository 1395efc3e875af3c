# Everything runs from here: `make help` lists the commands.
# Python 3.11 is all that has to be there; each command makes .venv and installs what it needs.

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(shell for each in python3.11 python3 python; do \
	if $$each -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; \
	then command -v $$each; break; fi; done)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export HELPDESK_DATA ?= helpdesk-data

.DEFAULT_GOAL := help
.PHONY: help demo telegram test lint check simulate clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s%s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.installed ## Ask the desk in this terminal, with a starter set of answers
	$(BIN)/helpdesk demo

telegram: $(VENV)/.installed-dev ## Play customers and staff on a page, with a Telegram of our own
	$(BIN)/python -m tests.telegram_server.page --data "$(HELPDESK_DATA)-telegram"

test: $(VENV)/.installed-dev ## Run all tests
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

lint: $(VENV)/.installed-dev ## Run the linters and the type checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot.i18n.catalogs check
	$(BIN)/python -m handlers.settings_docs check

check: lint ## Run the linters, the type checker and the architecture tests
	$(BIN)/python -m pytest -q tests/architecture

simulate: $(VENV)/.installed-dev ## Lose, kill and flood everything; writes docs/reliability.md (about an hour)
	$(BIN)/python -m benchmarks.reliability all $(if $(QUICK),--quick)

clean: ## Remove what was installed, built and cached; what the desk keeps stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { \
		echo "Outbound Desk needs Python 3.11, and no python3.11 was found on your PATH." >&2; \
		echo "Install it (https://www.python.org/downloads/) and run make again." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the desk needs; the first time this takes some minutes."
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the desk and its tests need; the first time this takes some minutes."
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed
