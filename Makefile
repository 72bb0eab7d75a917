# Everything is made below .dev/; only missing Debian packages are installed.
.PHONY: help setup demo test test-fast test-unit test-core lint docs bench stop clean

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## Odoo 19, Python, PostgreSQL and a browser, ready to run
	@dev/setup

demo: setup ## Ten invoices from sending to paid, then a server to look at (HEADLESS=1, PORT=…)
	@dev/demo

test: setup ## All tests
	@STRICT=1 dev/test

test-fast: setup ## What shows most faults, in minutes: style, pure packages, tests in Odoo, one journey
	@dev/lint fast && STRICT=1 dev/test fast

test-unit: setup ## The pure packages only, in seconds
	@dev/run python -m pytest -p no:odoo -q -m "not slow" tests/unit

test-core: setup ## Core's and OCA's own tests, without our addons and with them (some hours)
	@dev/test-core

lint: setup ## Style and known mistakes
	@dev/lint

docs: setup ## The documentation as a site, with pictures of a running Odoo
	@dev/docs

bench: setup ## Compared with what one would use instead (BENCH=name,…)
	@dev/bench

stop: ## End the private PostgreSQL
	@dev/pg stop

clean: ## Remove all that was made here
	@dev/pg clean || true
	@rm -rf .dev
