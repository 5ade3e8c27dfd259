# Passerelle. `make run` and open http://127.0.0.1:3000; everything it needs is set up on the way.
#
# Compiled files go to $CARGO_TARGET_DIR, by default ~/.cache/passerelle/target.

.DEFAULT_GOAL := help
.PHONY: help run test build bench audit sbom dev clean

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: ## Set up what is missing, build, serve on http://127.0.0.1:3000
	@scripts/run.sh

test: ## Set up what is missing, run every check
	@scripts/test.sh

build: ## Build the self-contained program target/release/passerelle
	@scripts/build.sh

bench: ## Measure speed and size
	@scripts/bench.sh

audit: ## Hold the dependencies against licences, sources and known holes
	@scripts/audit.sh

sbom: ## Write the bill of materials of the release, target/release/passerelle.cdx.json
	@scripts/sbom.sh

dev: ## Serve, and build anew on every change
	@scripts/dev.sh

clean: ## Remove everything that was built; the data stays
	@scripts/clean.sh
