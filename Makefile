# Every target sets up what it needs. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
DEMO := demo

.DEFAULT_GOAL := help
.PHONY: help setup web postgres demo test check fix types docs eval bench wheel container lock ci clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with everything locked in requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "fogline needs Python 3.11 to 3.13: set PYTHON=python3.12, for instance."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	sed -n '/^uv==/,/# via/p' requirements.lock >$(VENV)/uv.lock
	$(PIP) --require-hashes -r $(VENV)/uv.lock
	@# In seconds; where pip alone was told of an index, it installs the same in minutes.
	$(BIN)/uv pip install --quiet --compile-bytecode --no-deps --require-hashes --python $(BIN)/python -r requirements.lock || $(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-build-isolation --editable .
	@touch $@

PAGE := src/fogline/web
BUILT := $(PAGE)/static/index.html

web: $(BUILT) ## build the page of `fogline serve` (needs Node 20.19 or newer; without it a message, and all else works)

$(BUILT): $(shell find $(PAGE)/app -path '*/node_modules' -prune -o -type f -print)
	@if node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then \
	  cd $(PAGE)/app && npm ci --silent && npm run --silent build -- --logLevel warn; \
	else \
	  echo "The page is not built: it needs Node 20.19 or newer and npm. All else works; fogline serve then answers under /v1 alone."; \
	fi

demo: $(READY) $(BUILT) ## run the main job on the bundled reports: summary, demo/brief.html, demo/brief.md, demo/ledger.sqlite
	$(BIN)/fogline demo --output $(DEMO)

test: $(READY) $(BUILT) ## run the tests, as many files at once as there are cores, up to eight
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder

postgres: $(READY) ## run a throw-away PostgreSQL with an empty ledger, until Ctrl-C; prints its address
	$(BIN)/python -m tests.postgres_server

check: $(READY) ## lint, formatting, spelling, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell --skip '*/web/static,*/node_modules,*/package-lock.json,*/basemap.json' src docs tests evals benchmarks README.md CHANGELOG.md CONTRIBUTING.md
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(READY) ## put formatting and simple lint right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(READY) ## types alone
	$(BIN)/mypy

docs: $(READY) ## build the documentation strictly, into site/
	$(BIN)/mkdocs build --strict --quiet

eval: $(READY) ## measure quality against every labelled set at hand, and hold it to its floors
	$(BIN)/python -m evals.gate

bench: $(READY) ## measure speed and memory: of reading, cleaning pages, finding copies, linking, inferring and engines, each beside a peer where there is one
	$(BIN)/python -m benchmarks

wheel: $(READY) $(BUILT) ## build the wheel and try it where nothing else is installed
	bash .ci/wheel $(PYTHON)

container: $(READY) ## build the container by its own file with buildah, read reports in it and serve from it
	$(BIN)/python -m tests.deploy.container

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet

SERVER := serve postgres metrics web export

lock: $(READY) ## bring the lock files in line with pyproject.toml
	$(LOCK) --group dev --output-file requirements.lock
	$(LOCK) --constraints requirements.lock --output-file requirements-run.lock
	$(LOCK) --constraints requirements.lock $(SERVER:%=--extra %) --output-file requirements-server.lock

ci: ## all that has to hold before a change lands
	bash .ci/run

clean: ## remove what was made
	rm -rf $(VENV) $(PAGE)/static $(PAGE)/app/node_modules screenshots site $(DEMO) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
