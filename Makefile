# Everything a developer and continuous integration do here. Needs GNU make, a POSIX shell and Python 3.11 or newer.
# Python and its tools run from .venv, installed from the lock files with every hash checked.
# PORT, DATA_DIR and the other settings reach the commands as they are: from the environment, or as `make demo PORT=9000`.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# A stamp is newer than all it was made from as long as nothing has to be installed again.
RUN_STAMP := $(VENV)/run.stamp
DEV_STAMP := $(VENV)/dev.stamp
# For running, the run-time packages are enough; where the development ones are, they are kept up to date instead.
ANY_STAMP := $(if $(wildcard $(DEV_STAMP)),$(DEV_STAMP),$(RUN_STAMP))

# The tools of other people's clients, which the tests run over the schema; from npm.
CLIENTS := tests/clients

.PHONY: help install demo test check browser node node-programs schema dictionary snapshots lock assets wheel bench bench-import faults costs unknown portfolios proof machine long office settings audit outage fuzz
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

install: $(DEV_STAMP) ## Install everything for development into .venv

demo: $(ANY_STAMP) ## Start the service with a demo company and two public data sets (PORT, DATA_DIR)
	$(BIN)/graph-api demo

# Each worker starts a Neo4j of its own; where one is named, all tests share that, and run one after the other.
WORKERS ?= $(if $(NEO4J_URI),0,2)
test: check browser node ## Do what continuous integration does: all checks, then all tests (ARGS='-k trace', WORKERS=2)
	$(BIN)/pytest --numprocesses $(WORKERS) $(ARGS)

check: $(DEV_STAMP) ## Check format, lint, types, layers and the schema snapshot
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/graph-api schema --check

bench: $(DEV_STAMP) ## Compare the service's reads with hand-written routes (SIZE=20000, ARGS='--rounds 40'); time a map
	$(BIN)/python -m bench.reads --entities $(or $(SIZE),20000) $(ARGS)
	$(BIN)/python -m bench.journey_map $(filter --json,$(ARGS))
	$(BIN)/python -m bench.portfolio $(filter --json,$(ARGS))

bench-import: $(DEV_STAMP) ## Compare the import with bare UNWIND of the same (SIZE=20000 entities and links)
	$(BIN)/python -m bench.imports --items $(or $(SIZE),20000) $(ARGS)

portfolios: $(DEV_STAMP) ## Hold the plans of random portfolios against all that there are (PORTFOLIOS=20000)
	PORTFOLIOS=$(or $(PORTFOLIOS),20000) $(BIN)/pytest tests/questions/test_optimise.py $(ARGS)

long: $(DEV_STAMP) ## Run the tests that take half a minute or more each
	$(BIN)/pytest -m long $(ARGS)

faults: $(DEV_STAMP) ## Kill the service and its Neo4j while changes are made (WRITES=2000 KILLS=12 SEED=7)
	$(BIN)/python -m bench.faults --writes $(or $(WRITES),2000) --kills $(or $(KILLS),12) \
	  --seed $(or $(SEED),$(shell date +%s)) $(ARGS)

outage: $(DEV_STAMP) ## Kill and silence the Neo4j of a service that is asked all the time (ARGS='--rounds 3')
	$(BIN)/python -m bench.outage $(ARGS)

fuzz: $(DEV_STAMP) ## Ask what Schemathesis makes up of the whole schema (CASES=20000, SEED=7)
	CASES=$(or $(CASES),20000) SEED=$(or $(SEED),$(shell date +%s)) $(BIN)/pytest -s tests/web/test_fuzz.py $(ARGS)

costs: $(DEV_STAMP) ## Hold what every scoped question costs in a large graph against a small one
	COSTS=all $(BIN)/pytest tests/compile/test_profile.py $(ARGS)

unknown: $(DEV_STAMP) ## Take values away at random and ask every question for everything (REMOVALS=200, SEED=7)
	REMOVALS=$(or $(REMOVALS),200) SEED=$(or $(SEED),$(shell date +%s)) $(BIN)/pytest tests/questions/test_unknown.py $(ARGS)

proof: $(DEV_STAMP) ## Hold 10,000 random operations against the reference (OPERATIONS=10000, SEED=7)
	OPERATIONS=$(or $(OPERATIONS),10000) SEED=$(or $(SEED),$(shell date +%s)) $(BIN)/pytest tests/reference $(ARGS)

machine: $(DEV_STAMP) ## Hold random change sets against a plain model (EXAMPLES=200, STEPS=40, SEED=7)
	MACHINE_EXAMPLES=$(or $(EXAMPLES),200) MACHINE_STEPS=$(or $(STEPS),40) MACHINE_SEED=$(or $(SEED),$(shell date +%s)) \
	  $(BIN)/pytest -s tests/change/test_machine.py $(ARGS)

browser: ## Install Chromium and curl for the tests of pages and docs, where there are none (Debian, as root)
	@for program in chromium curl; do command -v $$program >/dev/null 2>&1 || missing="$$missing $$program"; done; \
	[ -z "$$missing" ] || { \
	  echo "Missing:$$missing. apt-get installs it; elsewhere than on Debian, install it yourself."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing; }

office: $(DEV_STAMP) ## Open workbooks in LibreOffice; installs it where there is none (Debian, as root)
	@command -v soffice >/dev/null 2>&1 || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends libreoffice-calc-nogui; }
	$(BIN)/pytest tests/cli/office.py $(ARGS)

node: $(CLIENTS)/node_modules/.stamp ## Install Node, where there is none (Debian, as root), and the clients' tools of the tests

node-programs:
	@for pair in node:nodejs npm:npm; do command -v $${pair%:*} >/dev/null 2>&1 || missing="$$missing $${pair#*:}"; done; \
	[ -z "$$missing" ] || { \
	  echo "Missing:$$missing. apt-get installs it; elsewhere than on Debian, install it yourself."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing; }

$(CLIENTS)/node_modules/.stamp: $(CLIENTS)/package-lock.json | node-programs
	cd $(CLIENTS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

settings: $(DEV_STAMP) ## Write docs/settings.md from the code
	$(BIN)/graph-api settings --markdown > $(VENV)/settings.md
	mv $(VENV)/settings.md docs/settings.md

audit: $(DEV_STAMP) ## Ask for known faults in what is locked, where the registries answer that
	$(BIN)/uv tool run pip-audit@2.10.1 --disable-pip --require-hashes --strict --requirement requirements-dev.lock
	cd $(CLIENTS) && npm audit --package-lock-only
	cd assets/graphiql && npm audit --package-lock-only

schema: $(DEV_STAMP) ## Write the snapshot schema.graphql from the code
	$(BIN)/graph-api schema > $(VENV)/schema.graphql
	mv $(VENV)/schema.graphql schema.graphql

dictionary: $(DEV_STAMP) ## Write docs/data-dictionary.md from the model
	$(BIN)/python -m graph_api.model.dictionary > $(VENV)/data-dictionary.md
	mv $(VENV)/data-dictionary.md docs/data-dictionary.md

snapshots: $(DEV_STAMP) ## Write the golden cases anew, never those marked by_hand
	$(BIN)/pytest tests/cases --update-cases

# Names, versions and hashes; no address, so that each machine asks the registry that it is set up for.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock: $(DEV_STAMP) ## Lock the dependencies of pyproject.toml anew (UPGRADE=1: to the newest versions)
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --group dev --output-file requirements-dev.lock
	$(LOCK) pyproject.toml --constraint requirements-dev.lock --output-file requirements.lock
	$(LOCK) --group build --constraint requirements-dev.lock --output-file requirements-build.lock
	@! grep -n '://' requirements.lock requirements-dev.lock requirements-build.lock

assets: ## Bundle GraphiQL anew into graph_api/web/assets (needs Node)
	cd assets/graphiql && npm ci && npm run build

wheel: $(ANY_STAMP) ## Build the wheel into dist/
	$(BIN)/python -m hatchling build --target wheel --directory dist

$(RUN_STAMP): requirements.lock requirements-build.lock pyproject.toml | $(BIN)/pip
	$(PIP_INSTALL) --require-hashes --requirement requirements.lock --requirement requirements-build.lock
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): requirements-dev.lock pyproject.toml | $(BIN)/pip
	$(PIP_INSTALL) --require-hashes --requirement requirements-dev.lock
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/pip:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "graph_api needs Python 3.11 or newer. Name one: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
