# The commands people run; `make` lists them. Everything a merge needs is in .ci/run.
.DEFAULT_GOAL := help
.PHONY: help test slow lint rules docs site ci

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

test: ## the tests, about a minute
	uv run pytest

slow: ## the slow tests too: long properties, packaging, reports in Chromium
	EHRPAY_TEST_SWEEPS=1 uv run --all-groups --no-group spark pytest -m "not long and not spark"

lint: ## ruff, import contracts, yamllint, mypy
	uv run ruff check
	uv run ruff format --check
	uv run lint-imports
	uv run yamllint --strict rules .github .yamllint.yaml .pre-commit-config.yaml
	uv run mypy

rules: ## every check and every case of the rules
	uv run ehrpay rules validate
	uv run ehrpay rules test

docs: ## write the README's examples and the golden files anew; then look at the difference
	uv run pytest --update-snapshots
	git diff --stat

site: ## the pages as a site, in build/site
	uv run --group docs sphinx-build -W --keep-going -c docs . build/site

ci: ## everything that must hold before a merge, from a clean checkout
	.ci/run
