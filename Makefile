# Everything a person or CI runs. `make demo` and `make test` are the two that a newcomer needs.
PYTHON ?= python3.11
BIN := .venv/bin
# The models lie inside packages: nothing may be looked up on a model hub.
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: help demo test torture lint evaluate pages copies ablation encoders train bench clean

help:
	@echo "make demo      ingest the sample articles and ask about them"
	@echo "make test      run the tests"
	@echo "make torture   kill, starve and damage the storage for a quarter of an hour"
	@echo "make lint      ruff and mypy --strict"
	@echo "make evaluate  measure retrieval and quoting on the sets in ../shared/data"
	@echo "make copies    measure how copies are told from other reports in ../shared/data"
	@echo "make pages     measure what is read out of the news pages in ../shared/data"
	@echo "make ablation  measure without each part of it"
	@echo "make encoders  our encoder beside the English one"
	@echo "make train     learn the weights anew from ../shared/data/train"
	@echo "make bench     measure speed and memory"
	@echo "make clean     remove the environment and what was built"

# pip, not uv or poetry: only pip finds the CPU build of torch everywhere Beleg is developed.
.venv/installed: deploy/requirements-dev.txt deploy/requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r deploy/requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/installed
	$(BIN)/beleg demo

test: .venv/installed
	$(BIN)/pytest

torture: .venv/installed
	$(BIN)/python -m tests.torture --kills 500

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

evaluate: .venv/installed
	$(BIN)/python -m tests.evaluate_all

copies: .venv/installed
	$(BIN)/python -m tests.measure_copies

pages: .venv/installed
	$(BIN)/python -m tests.measure_pages

ablation: .venv/installed
	$(BIN)/python -m tests.ablation

encoders: .venv/installed
	$(BIN)/python -m tests.encoders

train: .venv/installed
	$(BIN)/beleg train --articles ../shared/data/train/passages_de.jsonl \
		--questions ../shared/data/train/questions_de.jsonl \
		--unseen index/model/held_out.json --out bot/weights.json

bench: .venv/installed
	$(BIN)/python -m tests.bench

clean:
	rm -rf .venv .demo .bench build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
