# `make demo` and `make test` need python3, git, make and a network; they set up the rest.

BIN := .venv/bin
READY := .venv/.setup-done

.DEFAULT_GOAL := help
.PHONY: help demo test lint format gallery setup hooks clean distclean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Render the explainer flip-and-shift to media/
	$(BIN)/python render.py flip-and-shift

test: lint ## Run every check and every test, golden frames included
	@tools/programs.sh
	$(BIN)/python -m pytest -n 2

lint: $(READY) ## Check style, types and the import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(READY) ## Let ruff mend and format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

gallery: $(READY) ## Make the pictures of the README anew
	$(BIN)/python -m tools.gallery

setup: ## Install what is missing (PYTHON=python3.12 names a Python)
	@tools/setup.sh

hooks: $(READY) ## Run the quick checks at every git commit
	$(BIN)/pre-commit install

clean: ## Delete caches and test leftovers; clips stay
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tests/failures
	find . \( -name .venv -o -name .tools -o -name .git \) -prune \
		-o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Delete the installed packages as well
	rm -rf .venv .tools

$(READY): uv.lock pyproject.toml tools/setup.sh $(BIN)/python
	@tools/setup.sh

# No recipe: where the venv's Python is gone, or was upgraded, set up again.
$(BIN)/python:
