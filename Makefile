# Everything runs in .venv, which is made on first use from requirements-dev.txt.
# Another Python than the newest found: make test PYTHON=python3.12

BIN   := .venv/bin
READY := .venv/ready
SITE  := .venv-docs/bin
FUZZ  := .venv-fuzz/bin
AUDIT := .venv-audit/bin
CODE  := i18n_pipeline benchmarks release tests website

.DEFAULT_GOAL := help
.PHONY: help setup gettext apertium postgres chromium test cover kill prove fuzz fuzz-guided lint format demo demo-deepl bench audit dist docs \
	docs-serve reference lock clean

help:
	@echo 'make test        ruff, mypy, import contracts, tests: what CI runs first'
	@echo 'make cover       the tests with branch coverage, and floors under rooms; takes three times as long'
	@echo 'make kill        every kill of the tests that kill runs: half an hour to an hour on two cores'
	@echo 'make prove       every fault, race and name that docs/promises.md counts: an hour or more'
	@echo 'make fuzz        every property with many examples, then every parser guided by coverage: two'
	@echo '                 hours, or I18N_EXAMPLES=200 and SECONDS=10 (a target) for less'
	@echo 'make demo        the pipeline at work on our own glossary, in demo/'
	@echo 'make demo-deepl  the same with a stand-in for DeepL: drafts, receipts, cost'
	@echo 'make bench       docs/performance.md: us, the alternatives, the floors (SIZES=1000,10000)'
	@echo 'make docs        the documentation as a site, in site/'
	@echo 'make docs-serve  the same on http://127.0.0.1:8000, with its search'
	@echo 'make reference   help texts and tables in the documentation, from the code'
	@echo 'make audit       what is known against the versions that the locks name; needs the network'
	@echo 'make dist        source archive, wheel and bill of materials, in dist/: the same bytes for a'
	@echo '                 commit, anywhere'
	@echo 'make lint        the checks without the tests'
	@echo 'make format      ruff mends and formats what it can'
	@echo 'make lock        new requirements*.txt from pyproject.toml (make lock UPGRADE=1: all new)'
	@echo 'make clean       away with .venv, demo/, caches and build results'

$(READY): requirements-dev.txt pyproject.toml
	@scripts/setup environment
	@touch $@

# A worker that is gone ends the run: what its group had left would be waited for without end (pytest-xdist 3.8.0, its
# issues 1323 and 1327).
WORKERS := --numprocesses auto --dist loadgroup --max-worker-restart 0

setup: $(READY) gettext apertium postgres chromium

gettext:
	@scripts/setup gettext

apertium:
	@scripts/setup apertium

postgres:
	@scripts/setup postgres

chromium:
	@scripts/setup chromium

test: setup lint
	$(BIN)/python -m pytest $(WORKERS)

cover: setup
	$(BIN)/python -m pytest $(WORKERS) --cov --cov-report term --cov-report json:build/coverage.json
	$(BIN)/python -m release.floors build/coverage.json

kill: $(READY)
	I18N_KILL=all $(BIN)/python -m pytest $(WORKERS) --override-ini faulthandler_timeout=0 \
		tests/pipeline/test_kill.py tests/pipeline/test_kill_points.py tests/pipeline/test_stopped.py

prove: $(READY)
	I18N_PROVE=full I18N_KILL=all $(BIN)/python -m pytest $(WORKERS) \
		--override-ini faulthandler_timeout=0 -p tests.stubs.figures tests/faults tests/hostile tests/cli/bad_input \
		tests/pipeline/test_kill.py tests/pipeline/test_kill_points.py tests/pipeline/test_stopped.py

fuzz: $(READY)
	I18N_EXAMPLES=$(or $(I18N_EXAMPLES),2000) $(BIN)/python -m pytest $(WORKERS) \
		--override-ini faulthandler_timeout=0 -m hypothesis
	$(MAKE) fuzz-guided

.venv-fuzz/ready: requirements-fuzz.txt
	@scripts/setup fuzzing
	@touch $@

# What it learned stays in build/fuzz/, and the next run goes on from there. TARGETS="po lock" for some.
fuzz-guided: .venv-fuzz/ready
	$(FUZZ)/python -m tests.fuzz --seconds $(or $(SECONDS),60) $(TARGETS)

lint: $(READY)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(READY)
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

demo: $(READY)
	@scripts/demo

demo-deepl: $(READY)
	@scripts/demo deepl

bench: $(READY)
	$(BIN)/python -m benchmarks.install
	$(BIN)/python -m benchmarks --sizes '$(or $(SIZES),1000)'

.venv-audit/ready: requirements-audit.txt
	@scripts/setup auditing
	@touch $@

audit: .venv-audit/ready
	@scripts/audit

# The time inside the archives is that of the commit, so that anybody can make the same bytes.
dist: $(READY)
	rm -rf dist
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} \
		$(BIN)/python -m hatchling build -d dist
	$(BIN)/python -m release.sbom dist
	@cd dist && sha256sum * 2>/dev/null || shasum -a 256 *

.venv-docs/ready: requirements-docs.txt
	@scripts/setup documentation
	@touch $@

# In build/, because the generator stays within the folder of its configuration.
docs: .venv-docs/ready
	$(SITE)/python -m website.prepare
	$(SITE)/zensical build --strict --clean -f build/mkdocs.yml
	rm -rf site && mv build/site site

# The search needs a server; a page alone opens from the disk as well.
docs-serve: docs
	$(SITE)/python -m http.server --bind 127.0.0.1 --directory site 8000

reference: $(READY)
	$(BIN)/python -m website.reference
	$(BIN)/python -m release.licences

# uv alone resolves for every platform at once; it is needed for this and for nothing else.
lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv: pipx install uv' >&2; exit 1; }
	uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url $(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' \
		--group dev pyproject.toml --output-file requirements-dev.txt
	uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url $(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' \
		--group pyproject.toml:docs --output-file requirements-docs.txt
	uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --custom-compile-command 'make lock' \
		--constraint requirements-dev.txt pyproject.toml --output-file requirements.txt
	uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url $(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' \
		--constraint requirements-dev.txt --group fuzz pyproject.toml --output-file requirements-fuzz.txt
	uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url $(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' \
		--group pyproject.toml:audit --output-file requirements-audit.txt
	$(BIN)/python -m release.licences

clean:
	rm -rf .venv .venv-docs .venv-fuzz .venv-audit demo build dist site .coverage .coverage.* htmlcov .hypothesis \
		.import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
