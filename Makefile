# make demo      answers the seed's two notes, with nothing to prepare
# make test      lint, types, then every test
# make quick     lint and the scenarios, with the tests that take no time: half a minute, while you work
# make coverage  every test, and which branches none of them took: fails below the floor in pyproject.toml
# make lint      lint and types only
# make format    lays the code out as `make lint` wants it
# make bench     how long a decision takes, beside other rules engines
# make prove     the matchers held to what a rule means, on twenty thousand made-up rule sets
# make columns-in-full  200,000 rows of each kind answered in columns and line by line (half an hour)
# make test-spark  the columns on Spark, in an environment of its own; needs Java
# make bench-columns  how long answers in columns take, beside line by line, numpy by hand and Spark
# make docs      writes docs/api.md from the docstrings, and docs/steps.md from the steps of features
# make drivers   every feature through the host, over HTTP and by the command: all three agree (half an hour)
# make api       the whole API tried with made-up calls, many for each address
# make load      50 clients on PostgreSQL, each event sent twice; with KILLS=3 the service is killed three times
# make unnoticed changes the shipped rules in each way in turn: fails where no scenario notices and nothing explains it
# make simulate  random histories, held against a second model; SEED=1 EVENTS=1000000, or HISTORY=... for one of them
# make pins      writes requirements/*.txt, with the digest of every build, from the versions in requirements/*.in
# make mutate    changes the room `standing/` in each way in turn, and names what no test notices; MODULES="voiding ..."
# make wheel     builds dist/*.whl
# make editor    holds the schemas for editors against the real yaml-language-server (npm)
# make clean     removes what the above made
#
# A Python of 3.11 or later, make and a C compiler are all it takes. Pick a Python with `make PYTHON=python3.12 test`.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
TRIED := python3 python3.13 python3.12 python3.11
PYTHON ?= $(shell for each in $(TRIED); do \
	"$$each" -c '$(IS_NEW_ENOUGH)' 2>/dev/null && { echo "$$each"; break; }; done)

PIP := -m pip --disable-pip-version-check install --quiet
RUN := .venv/run
TEST := .venv/test
BENCH := .venv/bench
SPARK := .venv/spark

UV := uv==0.13.9
SEED ?= 1
EVENTS ?= 1000000

CLIENTS ?= 50
EACH ?= 40
KILLS ?= 0

.PHONY: help demo quick test columns-in-full test-spark bench-columns coverage pins lint format docs drivers api load bench
.PHONY: prove unnoticed read simulate mutate wheel editor clean python

help:
	@sed -n '/^$$/q; s/^# *//p' Makefile

demo: $(RUN)/product
	$(RUN)/bin/rules-engine demo

quick: $(TEST)/installed
	$(TEST)/bin/ruff check --quiet .
	$(TEST)/bin/ruff format --quiet --check .
	$(TEST)/bin/python -m pytest -q -n 2 --dist loadfile --quick

test: lint
	$(TEST)/bin/python -m pytest -n 2 --dist loadfile

lint: $(TEST)/installed
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/mypy

format: $(TEST)/installed
	$(TEST)/bin/ruff check --fix .
	$(TEST)/bin/ruff format .

bench: $(BENCH)/installed
	$(BENCH)/bin/python -m benchmarks.run

prove: $(TEST)/installed
	RULE_SETS=20000 $(TEST)/bin/python -m pytest -n 2 tests/matching/test_generated.py

columns-in-full: $(TEST)/installed
	RULES_ENGINE_BATCH_ROWS=400000 $(TEST)/bin/python -m pytest -q tests/batch/test_same_answers.py

test-spark: $(SPARK)/installed
	$(SPARK)/bin/python -m pytest -q tests/batch/test_spark.py

bench-columns: $(SPARK)/installed
	$(SPARK)/bin/python -m benchmarks.columns

read: $(TEST)/installed
	BROKEN_SHEETS=$(or $(BROKEN_SHEETS),5000) $(TEST)/bin/python -m pytest -n 2 \
		tests/supplements/test_conservation.py tests/supplements/test_broken_sheets.py
	$(TEST)/bin/python -m benchmarks.reading

docs: $(TEST)/installed
	$(TEST)/bin/python -m tests.api_page
	$(TEST)/bin/python -m tests.steps_page

drivers: $(TEST)/installed
	DRIVERS=apart $(TEST)/bin/python -m pytest -q -n 2 --dist load tests/drivers

api: $(TEST)/installed
	API_EXAMPLES=200 $(TEST)/bin/python -m pytest -q tests/service/test_every_call.py

load: $(TEST)/installed
	$(TEST)/bin/python -m tests.service.loading --clients $(CLIENTS) --events $(EACH) --kills $(KILLS)

simulate: $(TEST)/installed
	$(TEST)/bin/python -m tests.simulation.simulate --seed $(SEED) --events $(EVENTS) \
		$(if $(HISTORY),--history $(HISTORY))

editor: $(TEST)/installed
	npm install --silent --no-audit --no-fund --prefix .venv/npm yaml-language-server@1.25.0
	$(TEST)/bin/python -m pytest -q tests/workbench/test_schemas.py

unnoticed: $(TEST)/installed
	EVERY_CHANGE=1 $(TEST)/bin/python -m pytest -q tests/acceptance/test_shipped_scenarios.py

coverage: $(TEST)/installed
	$(TEST)/bin/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

# Written by uv, the one tool that lists every build of every version: for whoever moves a version, and for nobody else.
pins:
	"$(PYTHON)" -m venv .venv/pins
	.venv/pins/bin/python $(PIP) $(UV)
	for each in build run test bench spark durable_rules; do .venv/pins/bin/uv pip compile --quiet --no-deps --universal \
		--python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
		--custom-compile-command "make pins" --output-file requirements/$$each.txt requirements/$$each.in || exit 1; done

mutate: $(TEST)/installed
	$(TEST)/bin/python -m tests.mutation.run $(MODULES)

wheel: $(TEST)/installed
	rm -rf build dist
	$(TEST)/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Setuptools first, so that building durable_rules and the project itself reaches for nothing that is not pinned. What
# the tests and benchmarks run is the code that is read here (an editable install); what operations run is a copy of it,
# made anew by `make` when something here has changed: nobody answers by a rule file that somebody is just editing here.
$(RUN)/installed $(TEST)/installed $(BENCH)/installed $(SPARK)/installed: .venv/%/installed: requirements/%.txt requirements/build.txt \
		requirements/run.txt requirements/durable_rules.sh requirements/durable_rules.txt pyproject.toml | python
	rm -rf $(@D)
	"$(PYTHON)" -m venv $(@D)
	$(@D)/bin/python $(PIP) --require-hashes -r requirements/build.txt
	$(@D)/bin/python $(PIP) --require-hashes --no-build-isolation -r requirements/run.txt \
		$(if $(filter-out run,$*),-r requirements/$*.txt) $(if $(filter spark,$*),-r requirements/test.txt)
	CC="$(CC)" sh requirements/durable_rules.sh $(@D)/bin/python
	$(if $(filter test bench spark,$*),$(@D)/bin/python $(PIP) --no-build-isolation --no-deps --editable .)
	touch $@

$(RUN)/product: $(RUN)/installed $(shell find rules_engine plugins rules -type f -not -name '*.pyc' 2>/dev/null)
	rm -rf build
	$(@D)/bin/python $(PIP) --no-build-isolation --no-deps --force-reinstall .
	rm -rf build
	touch $@

python:
	@"$(PYTHON)" -c '$(IS_NEW_ENOUGH)' 2>/dev/null || { \
		echo "Python 3.11 or later is needed; tried $(or $(PYTHON),$(TRIED))." >&2; \
		echo "Name one with: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
