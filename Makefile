# make, or make help, lists the targets.

GOLANGCI_VERSION   := v2.15.0
# Later ones ask for a newer Go than go.mod does.
GORELEASER_VERSION := v2.16.0

VERSION   := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS   := -s -w -X github.com/resell-cli/resell/internal/version.Version=$(VERSION)
TOOLS     := bin/tools
GOLANGCI  := $(TOOLS)/golangci-lint-$(GOLANGCI_VERSION)
RELEASER  := $(TOOLS)/goreleaser-$(GORELEASER_VERSION)

# What is built, linted and generated is compiled in one way, so that each of them
# finds in the build cache what the one before left there.
PLAIN := CGO_ENABLED=0 GOFLAGS="$(strip $(GOFLAGS) -trimpath)"

# make test RACE=1 looks for data races (needs a C compiler);
# make test PKG=./internal/store/... TESTFLAGS='-run TestLedger -v' narrows it down.
PKG       ?= ./...
TESTFLAGS ?=
# SQLite is C that was translated to Go: it is not looked at for races, which would take
# most of the time, but all that calls it is.
ifneq ($(filter-out 0,$(RACE)),)
RACEFLAG := -race -gcflags='modernc.org/...=-race=false -d=checkptr=0'
endif

.DEFAULT_GOAL := help
.PHONY: help build cross demo test bench cover lint fmt gen gen-check release-check clean

help: ## List these targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build bin/resell and bin/reselld
	$(PLAIN) go build -ldflags '$(LDFLAGS)' -o bin/resell ./cmd/resell
	$(PLAIN) go build -ldflags '$(LDFLAGS)' -o bin/reselld ./cmd/reselld

cross: ## Compile for the other systems that are released, and keep nothing
	GOOS=darwin GOARCH=arm64 $(PLAIN) go build -o /dev/null ./cmd/...
	GOOS=windows GOARCH=amd64 $(PLAIN) go build -o /dev/null ./cmd/...

demo: build ## Walk through a reseller's day against a reselld of its own
	bin/resell sandbox -- docs/demo.sh

test: ## Run the tests (RACE=1, PKG=…, TESTFLAGS=…)
	go test $(RACEFLAG) -timeout 30m $(TESTFLAGS) $(PKG)

bench: ## Measure speed and memory, as ratios beside their goals (BENCHFLAGS='-rows 100000 -runs 3' is quick)
	$(PLAIN) go run -buildvcs=false ./internal/bench $(BENCHFLAGS)

cover: ## Measure which code the tests reach: bin/cover.html
	@mkdir -p bin
	go test -timeout 30m -coverpkg ./cmd/...,./internal/... -coverprofile bin/cover.out $(TESTFLAGS) $(PKG)
	go tool cover -html bin/cover.out -o bin/cover.html
	@go tool cover -func bin/cover.out | tail -n 1

lint: $(GOLANGCI) ## Run every linter of .golangci.yaml, and shellcheck where it is installed
	$(PLAIN) $(GOLANGCI) run $(PKG)
	@if command -v shellcheck >/dev/null; then shellcheck .ci/run .ci/release-check docs/*.sh; \
	else echo "shellcheck is not installed: shell scripts were not checked"; fi

fmt: $(GOLANGCI) ## Format the code
	$(PLAIN) $(GOLANGCI) fmt $(PKG)

gen: ## Write docs/openapi.yaml, docs/cli, docs/man, docs/schema and completions
	$(PLAIN) go run -buildvcs=false ./internal/gen

gen-check: ## Fail when a generated file is not what the code says
	$(PLAIN) go run -buildvcs=false ./internal/gen -check

release-check: $(RELEASER) ## Check .goreleaser.yaml, then unpack and run a snapshot
	$(PLAIN) .ci/release-check $(RELEASER)

clean: ## Remove what was built
	rm -rf bin dist

# The version is part of the name: another version is another file.
$(GOLANGCI):
	GOBIN=$(abspath $(TOOLS)) $(PLAIN) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv $(TOOLS)/golangci-lint $@

$(RELEASER):
	GOBIN=$(abspath $(TOOLS)) $(PLAIN) go install github.com/goreleaser/goreleaser/v2@$(GORELEASER_VERSION)
	mv $(TOOLS)/goreleaser $@
