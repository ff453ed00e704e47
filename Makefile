# Everything a fresh machine needs is installed below .venv by the verbs themselves.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
LOCKS  := scripts/requirements
UPGRADE := --upgrade
COMPILE = --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate $(UPGRADE)
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test coverage browser peers torture check generate spec docs screenshots bench sandbox smoke build lock

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(VENV)/demo  ## run two recordings through an embedded backend, and draw them
	@$(BIN)/redenlab demo

# Else each of the processes that tests start compiles the package anew.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/dev  ## run all tests
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

browser: $(VENV)/dev  ## test the page of the sandbox in Chromium, which has to be installed
	$(BIN)/python -m pytest -m browser tests/browser $(ARGS)

peers: $(VENV)/dev  ## test with official clients and model servers, each in an environment of its own
	$(BIN)/python scripts/peers.py
	$(BIN)/python -m pytest -m peers tests/peers $(ARGS)

coverage:  ## run all tests, and refuse less coverage than pyproject.toml asks for
	$(MAKE) test ARGS="--cov --cov-report=term"

torture: $(VENV)/dev  ## run what takes minutes: signals in hundreds, deadlines to the quarter second
	$(BIN)/python -m pytest -m torture --timeout 3600 $(ARGS)

check: $(VENV)/dev  ## format, lint, types, layers, specs, drift, breaking changes
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyright --project pyproject.toml --warnings
	$(BIN)/pyright --ignoreexternal --verifytypes redenlab
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/lint.py
	$(BIN)/python scripts/generate.py --check
	$(BIN)/python scripts/x_job_schema.py --check
	$(BIN)/python scripts/words.py
	$(BIN)/python scripts/breaking.py

generate: $(VENV)/dev  ## write generated/ from openapi/
	$(BIN)/python scripts/generate.py
	$(BIN)/python scripts/x_job_schema.py

spec: $(VENV)/dev  ## put a published document into openapi/: SPEC=file, and OPTIONS of the script
	$(BIN)/python scripts/add_spec.py "$(or $(SPEC),$(error write: make spec SPEC=file))" $(OPTIONS)

docs: $(VENV)/dev  ## build the documentation into build/site, links checked, without a network
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict
	$(BIN)/python scripts/docs_check.py build/site

screenshots: $(VENV)/dev  ## draw the pictures of the documentation anew, with Chromium
	$(BIN)/python scripts/screenshots.py

bench: $(VENV)/dev  ## measure against peers, as ratios in one run
	$(BIN)/python scripts/bench.py

sandbox: $(VENV)/demo  ## run the embedded backend until Ctrl-C
	@$(BIN)/redenlab sandbox up

smoke:  ## run every backend from the wheel in a new environment; also: ARGS=--lowest
	$(PYTHON) scripts/smoke.py $(ARGS)

build: $(VENV)/dev  ## write the wheel and the source archive to dist/, what they are made of (SBOM) to build/
	rm -rf dist
	$(BIN)/python -m build --no-isolation
	$(BIN)/python scripts/sbom.py dist build

# The versions of the demo are those of development, so that both lists agree.
lock:  ## resolve the dependencies anew (needs uv); UPGRADE= keeps the versions that there are
	uv pip compile $(COMPILE) --extra audio --extra cli --extra fast --extra keyring --extra pdf --extra realtime --extra sandbox \
		--extra sources --group dev --output-file $(LOCKS)/dev.txt
	uv pip compile $(COMPILE) --extra cli --extra sandbox --group build --constraint $(LOCKS)/dev.txt \
		--output-file $(LOCKS)/demo.txt

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/dev: $(VENV)/bin/python $(LOCKS)/dev.txt pyproject.toml
	$(PIP) install --require-hashes -r $(LOCKS)/dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/dev $(VENV)/demo

$(VENV)/demo: $(VENV)/bin/python $(LOCKS)/demo.txt pyproject.toml
	$(PIP) install --require-hashes -r $(LOCKS)/demo.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/demo
