# One word each: make site, make test. What they need is set up in .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site watch serve check test lint bench soak browser lock clean help

help:
	@echo "make site   set up and build this archive into site/"
	@echo "make watch  build, serve, and build again on every change"
	@echo "make serve  serve the built site on this machine"
	@echo "make check  look for problems in the archive and the built site"
	@echo "make test   set up and run every test"
	@echo "make lint   ruff and mypy"
	@echo "make bench  the benchmarks, peers included"
	@echo "make soak   the long forms of the tests"
	@echo "make lock   pin the dependencies anew"

site: $(VENV)/site.done
	$(BIN)/pressmark build

watch: $(VENV)/site.done
	$(BIN)/pressmark watch

serve: site
	$(BIN)/pressmark serve

check: site
	$(BIN)/pressmark check

test: $(VENV)/test.done browser
	$(BIN)/python -m pytest

lint: $(VENV)/lint.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/test.done browser
	$(BIN)/python -m benchmarks

soak: $(VENV)/test.done browser
	$(BIN)/python -m benchmarks soak

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pressmark needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.done: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/site.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.done: requirements/test.txt $(VENV)/site.done
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/lint.done: requirements/lint.txt $(VENV)/test.done
	$(PIP) install --require-hashes -r requirements/lint.txt
	@touch $@

# The browser tests drive the Chromium of the system; on a Debian machine that lacks it, root gets it from there.
browser:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else echo "The browser tests need Chromium, which is not installed (on Debian: sudo apt-get install chromium)."; fi

# Names, versions and hashes for every platform; no address of where they come from.
lock: $(VENV)/lint.done
	for group in site test lint; do \
	  $(BIN)/uv pip compile pyproject.toml --group $$group --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --quiet --constraint requirements/site.txt --output-file requirements/$$group.txt || exit 1; \
	done

clean:
	rm -rf $(VENV) site .pressmark
