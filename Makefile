# Everything starts here: `make run` serves the app, `make test` proves it. `make help` lists the rest.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .uv/bin/uv
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv

# Files of tests that run at the same time: many wait more than they work.
TOGETHER ?= 3
PYTEST := .venv/bin/python -m pytest -n $(TOGETHER) --dist loadfile

# What knows no database, what starts databases of its own, and what is about looks or the way of a page, runs once.
WITHOUT_DATABASE := documents frameworks machines test_slow_clients.py operating/test_bounded_memory.py \
	pages/test_language_of_every_word.py $(patsubst %,browser/test_%.py,accessibility comparison heading_walk \
	keyboard overview printing role_page screenshots)

.DEFAULT_GOAL := help
.PHONY: help run test screenshots check bench scan audit endurance studyday messages prepare sync sync-dev clean

help:  ## List what you can make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: sync  ## Serve the app on http://127.0.0.1:8000/ (PORT, HOST and DATA_DIR are respected)
	@exec .venv/bin/raamwerk serve

test: sync-dev prepare check  ## Prove everything: checks, then all tests, on PostgreSQL and on SQLite
	bash tests/with-postgresql.sh $(PYTEST) $(WITHOUT_DATABASE:%=--ignore=tests/%)
	$(PYTEST)

screenshots: sync-dev prepare  ## Make the pictures of the README and the start page anew
	.venv/bin/python -m pytest -q tests/browser/test_screenshots.py --shots docs/images
	cp docs/images/document-nl.png docs/images/document-en.png src/raamwerk/site/static/site/

check: sync-dev prepare  ## Lint, types, import rules, templates, catalogue, content
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint src/raamwerk --lint --quiet
	.venv/bin/raamwerk check src/raamwerk/frameworks/content/*/*.yaml
	.venv/bin/python -m tests.catalogue

bench: sync-dev prepare  ## Measure speed, as ratios against limits taken in the same run
	@bash tests/with-postgresql.sh .venv/bin/python -m benchmarks

scan: sync-dev  ## Let a scanner (wapiti) look for holes in the running app
	@bash tests/hostile/scan.sh

audit: sync-dev  ## Look up the locked dependencies among known leaks
	@bash tests/hostile/audit.sh

endurance: sync-dev  ## Kill the server 300 times amid saving (KILLS); send 20,000 hostile requests (TRIES); noisy neighbours; scan; audit
	.venv/bin/python -m benchmarks.neighbours --seconds $(or $(NOISE),15)
	.venv/bin/python -m pytest -q -s --timeout 0 tests/survival/test_kills.py tests/hostile tests/frameworks/test_any_bytes.py tests/backup/test_any_backup.py --kills $(or $(KILLS),300) --tries $(or $(TRIES),20000)
	@bash tests/hostile/scan.sh
	@bash tests/hostile/audit.sh

studyday: sync-dev prepare  ## Let 300 people type for five minutes and download at once (PEOPLE, SECONDS)
	@exec .venv/bin/python -m benchmarks.studyday --people $(or $(PEOPLE),300) --seconds $(or $(SECONDS),300)

messages: sync-dev prepare  ## Bring the catalogues of the languages up to date with the code
	cd src/raamwerk && ../../.venv/bin/django-admin makemessages --all --no-obsolete --add-location file
	cd src/raamwerk && ../../.venv/bin/django-admin compilemessages

prepare:  ## Install what the tests need from Debian (Chromium, PostgreSQL, poppler, LibreOffice)
	@bash tests/prepare-machine.sh

clean:  ## Remove what was installed here; the data stays
	rm -rf .venv .uv

sync: $(UV)
	@$(UV) sync --quiet --locked --inexact --no-default-groups

sync-dev: $(UV)
	@$(UV) sync --quiet --locked

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Raamwerk needs Python 3.11 or newer. Name one with: make run PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .uv || { echo "Python can't make a virtual environment here. On Debian: apt-get install python3-venv"; exit 1; }
	@.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
