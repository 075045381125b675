# Everything a person or CI runs. `make demo` and `make test` are the two that a newcomer needs.
PYTHON ?= python3.11
BIN := .venv/bin
# The models lie inside packages: nothing may be looked up on a model hub.
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: help demo test torture fuzz lint audit sbom hashes evaluate stories pages copies ablation encoders train bench clean

help:
	@echo "make demo      ingest the sample articles and ask about them"
	@echo "make test      run the tests"
	@echo "make torture   kill, starve and damage the storage for a quarter of an hour"
	@echo "make fuzz      throw an hour's worth of broken pages, texts and questions at Beleg"
	@echo "make lint      ruff and mypy --strict"
	@echo "make audit     ask PyPI which of the pinned packages have known vulnerabilities"
	@echo "make sbom      write what Beleg is made of to build/sbom.json (CycloneDX)"
	@echo "make hashes    write deploy/requirements-hashed.txt anew, after a change of the pins"
	@echo "make evaluate  measure retrieval and quoting on the sets in ../shared/data"
	@echo "make stories   measure what holds now on the stories in ../shared/data"
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

# A process for each core; who has finished takes over from who has not.
test: .venv/installed
	$(BIN)/pytest -n auto --dist worksteal

torture: .venv/installed
	$(BIN)/python -m tests.torture --kills 500

fuzz: .venv/installed
	nice $(BIN)/python -m tests.fuzz --minutes 60

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Strict: a package that could not be asked about is no package without vulnerabilities.
audit: .venv/installed
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement deploy/requirements-hashed.txt

sbom: .venv/installed
	@mkdir -p build
	(cat deploy/requirements-hashed.txt; grep '^torch==' deploy/requirements.txt) \
		| $(BIN)/python -W ignore -m cyclonedx_py requirements - \
		--pyproject pyproject.toml --output-reproducible --output-file build/sbom.json

HASHED := deploy/requirements-hashed.txt
hashes: .venv/installed
	@mkdir -p build
	$(BIN)/pip-compile --quiet --generate-hashes --unsafe-package torch --no-emit-options \
		--no-annotate --no-header --strip-extras --output-file build/hashed.txt deploy/requirements.txt
	(sed '/^[^#]/,$$d' $(HASHED); sed '/^$$/,$$d' build/hashed.txt) > build/$(notdir $(HASHED))
	mv build/$(notdir $(HASHED)) $(HASHED)

evaluate: .venv/installed
	$(BIN)/python -m tests.evaluate_all

stories: .venv/installed
	$(BIN)/python -m tests.stories_table

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
	rm -rf .venv .demo .bench .fuzz build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
