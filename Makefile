# Everything happens in .venv, made here. Needs: make (3.81 or newer), git, Python 3.11 or newer.

PORT = 8000
PIP = .venv/bin/python -m pip --disable-pip-version-check --no-input --quiet
# Wheels only, each checked against the hash in the lock file: nothing is compiled, nothing else gets in. And nothing is
# resolved (--no-deps): what came out since the lock was made changes nothing. scripts/check_lock.py sees that it is whole.
LOCKED = install --no-deps --require-hashes --only-binary :all: --requirement

# What Python has compiled is kept, whatever the surroundings say: the tests start hundreds of programs.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help demo test test-opensearch test-faults test-peers test-sign-in check cost format lock clean browser accuracy screenshots unmeasured sbom audit

help:
	@echo "make demo     serve the sample cables (PORT=8000 unless said)"
	@echo "make test     pass every test, the browser's included"
	@echo "make test-opensearch pass the contract and the tests of faults with a real cluster of three nodes (with a JDK and Maven, installed if need be)"
	@echo "make test-faults of these, nodes killed, cut off and back, while the cluster is loaded and searched; its users, backup and upgrade"
	@echo "make test-peers the drivers of Lucene and Xapian, beside which Cablegram is measured (with a JDK, Maven, a compiler of C++ and Xapian, installed if need be)"
	@echo "make test-sign-in  the documented sign-in by the real oauth2-proxy (built with Go, which is installed if need be)"
	@echo "make check    format, lint, types, import rules, repository rules"
	@echo "make cost     count what indexing costs, by valgrind (installed if need be), and hold it to its floor (COST=--renew keeps a new one)"
	@echo "make accuracy the parser against NARA's metadata (SHARED=../shared unless said)"
	@echo "make format   put the code into its format"
	@echo "make lock     lock the dependencies anew (LOCK=--upgrade for newer versions)"
	@echo "make sbom     write what is shipped to dist/cablegram.cdx.json (CycloneDX)"
	@echo "make audit    ask for known weaknesses of what is locked (needs the network)"
	@echo "make browser  print the path of the Chromium the tests use; install it if there is none"
	@echo "make screenshots take the pictures in docs/images anew"
	@echo "make unmeasured find the tests whose coverage need not be measured"
	@echo "make clean    remove what make made"

demo: .venv/ready-run
	.venv/bin/cablegram demo --port $(PORT)

# Tests can be narrowed: make test PYTEST="tests/indexer -k header" COVERAGE=
PYTEST =
COVERAGE = --cov
# Two processes share the tests, a file at a time; what is narrowed runs in one, unless PROCESSES says otherwise.
PROCESSES = $(if $(strip $(PYTEST)),0,2)
# ($(COVERAGE) stands last: --cov would take the next word for its own.)
test: .venv/ready-dev
	@scripts/tesseract
	@chromium=`scripts/chromium` || exit 1; \
	CABLEGRAM_CHROMIUM="$$chromium" .venv/bin/python -m pytest \
	--numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder $(PYTEST) $(COVERAGE)

# Which tests need not be measured: all are, once, for an hour.
unmeasured: .venv/ready-dev
	@scripts/tesseract
	@chromium=`scripts/chromium` || exit 1; \
	CABLEGRAM_CHROMIUM="$$chromium" .venv/bin/python tests/support/unmeasured.py

# The contract's tests and the engines' agreement, with the engine of the cluster in Whoosh's place.
CONTRACT = tests/contract tests/properties/test_engines_agree.py
test-opensearch: .venv/ready-dev
	@scripts/java
	PYTHONPATH=tests/opensearch .venv/bin/python tests/opensearch/server.py -- \
	.venv/bin/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder -p contract_engine -k opensearch $(CONTRACT)
	.venv/bin/python -m pytest $(addprefix tests/opensearch/,agreement.py units.py copies.py refusals.py interruption.py)
	$(MAKE) test-faults

# What a cluster may suffer, while it is loaded and searched: a full queue, a slow shard, nodes killed, cut off, and back; then
# one with TLS and users, its backup and its upgrade.
test-faults: .venv/ready-dev
	@scripts/java
	.venv/bin/python -m pytest $(addprefix tests/opensearch/,slowness.py faults.py)
	.venv/bin/python -m pytest $(addprefix tests/opensearch/,security.py operations.py)

# What Cablegram is measured beside (benchmarks/growth.py), in Java and C++.
test-peers: .venv/ready-dev
	@scripts/peers
	.venv/bin/python -m pytest tests/benchmarks/lucene_and_xapian.py

# The sign-in of docs/private.md by the real oauth2-proxy, which Go builds.
test-sign-in: .venv/ready-dev
	@scripts/oauth2-proxy >/dev/null
	.venv/bin/python -m pytest tests/serving/oauth2_proxy.py

check: .venv/ready-dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python scripts/check_repository.py

# Instructions of the processor a paragraph, which no other work on the machine changes.
COST =
cost: .venv/ready-run
	@scripts/valgrind
	PYTHONPATH=. .venv/bin/python benchmarks/instructions.py $(COST)

SHARED = ../shared
accuracy: .venv/ready-dev
	PYTHONPATH=. .venv/bin/python benchmarks/accuracy.py $(SHARED)

format: .venv/ready-dev
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

browser: .venv/ready-dev
	@scripts/chromium

screenshots: .venv/ready-dev
	@chromium=`scripts/chromium` || exit 1; \
	CABLEGRAM_CHROMIUM="$$chromium" PYTHONPATH=tests/support .venv/bin/python tests/browser/screenshots.py docs/images

LOCK =
lock:
	scripts/lock $(LOCK)

sbom: .venv/ready-run
	scripts/sbom dist/cablegram.cdx.json

audit:
	@scripts/audit

clean:
	rm -rf .venv .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist

# The stamps: ready-run is what serving needs, ready-dev what the tests and checks need besides.
.venv/ready-run: requirements/run.txt pyproject.toml
	@python=`scripts/find-python` || exit 1; \
	.venv/bin/python -m pip --version >/dev/null 2>&1 || \
	{ echo "Making .venv with $$python"; "$$python" -m venv --clear .venv; }
	@echo "Installing what Cablegram needs into .venv"
	@$(PIP) $(LOCKED) requirements/run.txt
	@.venv/bin/python scripts/check_lock.py run
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-dev: requirements/dev.txt .venv/ready-run
	@echo "Installing what the tests and checks need into .venv"
	@$(PIP) $(LOCKED) requirements/dev.txt --no-compile
	@.venv/bin/python scripts/check_lock.py dev
	@touch $@
