# Every habit of the project is a target; `make` alone prints the list. Paths are relative, so that one with a space works.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup up demo test check fmt contracts localnet bindings bench prove docs migration openapi screenshots kubo clean
MAKEFLAGS += --no-print-directory

# Under sudo, the Rust toolchain is the caller's.
ifdef SUDO_USER
CALLER := $(shell getent passwd "$(SUDO_USER)" | cut -d: -f6)
ifneq ($(wildcard $(CALLER)/.rustup),)
export RUSTUP_HOME ?= $(CALLER)/.rustup
endif
endif
export PATH := $(CURDIR)/.venv/bin:$(HOME)/.cargo/bin:$(if $(CALLER),$(CALLER)/.cargo/bin:)$(PATH)
export PYTHONDONTWRITEBYTECODE :=

help: ## this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | column -t -s '|'

setup: ## install what is missing: Debian packages, .venv from uv.lock, the wasm target
	@scripts/setup $(SETUP)
	@scripts/console_assets

up: setup localnet contracts ## start everything, show the demo, print the addresses; Ctrl-C stops it all
	@tenor up --demo

demo: setup localnet contracts ## the story of one invoice over the HTTP API; starts what is not running
	@tenor demo $(DEMO)

test: check contracts localnet ## everything that CI runs
	@scripts/setup --quiet --browser
	@$(MAKE) bindings CHECK=--check
	cargo test --locked --quiet
	pytest -q -n logical --maxprocesses 4 --dist loadfile

check: SETUP := --quiet
check: setup ## formatting, lints, types, layers
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	if cargo fmt --version &>/dev/null; then cargo fmt --all --check; fi  # Debian's cargo comes without
	if cargo clippy --version &>/dev/null; then cargo clippy --locked --quiet --all-targets -- -D warnings; fi
	@scripts/proof_age.py  # what the last `make prove` judged, and what has changed since

fmt: setup ## format Python and Rust
	ruff check --fix --exit-zero --quiet .
	ruff format .
	cargo fmt --all

contracts: setup ## compile the contracts to build/contracts/*.wasm
	@echo "contracts (about two minutes the first time)"
	@cargo run --locked -p tenor-contracts-build

localnet: setup ## compile the local network
	@echo "local network (about five minutes the first time)"
	@cargo build --locked --profile localnet -p tenor-localnet

bindings: contracts ## rebuild bindings/ from the contracts' specs (CHECK=--check only compares)
	python scripts/bindings.py $(CHECK)

bench: setup localnet contracts ## measure: every figure, or one with ID=GP1
	python scripts/bench.py $(ID)

prove: setup localnet contracts ## the slow proofs (GR figures)
	python scripts/bench.py --prove $(ID)

docs: setup ## rebuild the diagrams and tables in ARCHITECTURE.md and docs/reference
	python scripts/docs.py

migration: setup ## write the initial migration again from the models
	python scripts/migration.py

screenshots: setup contracts localnet ## photograph every page of the console into docs/screenshots
	@scripts/setup --quiet --browser
	TENOR_SCREENSHOTS=docs/screenshots pytest -q tests/browser/test_screens.py

openapi: setup ## write the OpenAPI golden file again
	python scripts/openapi.py

kubo: setup ## compile a real IPFS node (Kubo, from its Go module) and print its path
	scripts/kubo.sh

clean: ## forget the data of `make up`, and what is generated besides compiled Rust
	@if [ -x .venv/bin/tenor ]; then .venv/bin/tenor down --forget; fi
	rm -rf build .tenor .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
