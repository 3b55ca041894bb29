PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
VENV := $(PYTHON) -I sandbox/venv.py requirements.txt sandbox/requirements.txt

.DEFAULT_GOAL := help
.PHONY: help run seed reset test e2e check check-oidc check-stock venv venv-dev

help: ## list what there is to do
	@awk -F ': .*## ' '/^[a-z0-9-]+: .*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: venv ## start the store and its world; Ctrl-C stops it
	@$(BIN)/python -m sandbox run

seed: venv ## put the demo catalogue back
	@$(BIN)/python -m sandbox seed

reset: python ## delete all local data
	@$(PYTHON) -m sandbox reset

test: venv-dev ## all tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --video off $(ARGS)

e2e: venv-dev ## the browser tests alone, with videos of failures; HEADED=1 shows the browser
	@$(BIN)/python -m pytest tests/e2e $(if $(HEADED),--headed,-n $(WORKERS) --dist worksteal) $(ARGS)

check: venv-dev ## style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-oidc: venv ## whether the identity provider of OIDC_ISSUER fits the store
	@$(BIN)/python -m services.identity.check

check-stock: venv ## whether the levels of the stock agree with its ledger; MEND=1 puts them right
	@$(BIN)/python -m services.inventory.check $(if $(MEND),--mend)

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed and '$(PYTHON)' was not found: install it from https://www.python.org or name yours with PYTHON=…"; exit 1; }

venv: python
	@$(VENV)

venv-dev: python
	@$(VENV) requirements-dev.txt
