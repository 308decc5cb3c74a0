# Two commands: `make demo` opens the workbench on the demo study, `make test` proves it.
# Both set up everything they need in .venv from requirements.lock (hashes checked), with Python 3.11+, make and git.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PORT ?= 0
export PYTHONUTF8 := 1

.PHONY: demo test coverage lint notebooks lab catalogues lock browser postgresql hubproxy benchmark fuzz clean

demo: $(READY)  ## open the workbench on the demo study
	@exec $(BIN)/workbench demo --port $(PORT)

test: $(READY) browser postgresql hubproxy  ## everything: style, types, layers, tests with a real browser and a real PostgreSQL, notebooks
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest

coverage: $(READY) browser postgresql hubproxy  ## which lines and branches the tests go through; takes half as long again
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

lint: $(READY)  ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

notebooks: $(READY)  ## run every notebook in a fresh kernel and write its outputs, the reference reviewers compare with
	$(BIN)/workbench notebooks

lab: $(READY)  ## JupyterLab on the notebooks
	cd notebooks && exec ../$(BIN)/jupyter lab 00_start.ipynb

catalogues: $(READY)  ## gather strings for translation, and compile the Swedish catalogue
	$(BIN)/pybabel -q extract --no-location --sort-output -F babel.cfg -k _ -k tell -o workbench/locale/workbench.pot workbench
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -l sv -D workbench -i workbench/locale/workbench.pot -d workbench/locale
	$(BIN)/pybabel -q compile -l sv -D workbench -d workbench/locale

lock:  ## resolve requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile -q pyproject.toml --extra loaders --extra search --extra serve --extra postgresql --extra suggest-e5 --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock

benchmark: $(READY) browser  ## speed, side by side with a floor, as ratios
	$(BIN)/python benchmarks/open_study.py
	$(BIN)/python benchmarks/live_study.py
	$(BIN)/python benchmarks/loaders.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/retrieval.py
	$(BIN)/python benchmarks/coding_desk.py
	$(BIN)/python benchmarks/dashboards.py
	$(BIN)/python benchmarks/suggestions.py

fuzz: $(READY)  ## ten minutes of damaged files for the loader of each kind; what fails is kept in var/fuzz
	$(BIN)/python -m tests.fuzz --minutes 10

clean:  ## remove what make made
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*

# The mark is set last, so that an interrupted set-up is never taken for a ready one.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv from requirements.lock (a minute or two, once) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@

browser:
	@command -v chromium >/dev/null || test -n "$$WORKBENCH_CHROMIUM" || .ci/chromium

postgresql:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || .ci/postgresql

hubproxy:
	@test -x tests/serving/hub_proxy/node_modules/.bin/configurable-http-proxy || .ci/hubproxy
