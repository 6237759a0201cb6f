# One line of help for each target: `make help`.

PYTHON ?= python3
CARGO ?= cargo
VENV := .venv
IN_VENV := $(VENV)/bin/python
ENGINES := .venv-engines
CORPORA ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help run test test-rust test-python test-engines wheel docs readme bench record peers train train-encoder eval damage fuzz mutate sanitize miri deny advisories package corpora fmt lint

help: ## show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## the main job: every statement of examples/briefing.txt
	$(CARGO) run --release -p sayso-cli -- extract examples/briefing.txt

test: test-rust test-python ## all tests: Rust, its documentation, Python, README; makes its own .venv

test-rust: ## the Rust tests and documentation examples
	$(CARGO) test --workspace --exclude sayso-py --no-fail-fast

test-python: wheel ## the Python tests, the blocks and links of the pages, against a fresh wheel
	$(IN_VENV) -m pytest

test-engines: wheel $(ENGINES)/ready ## the tests on Spark and Ray, in a .venv-engines of their own (1 GB); Spark's are skipped without Java 17
	$(ENGINES)/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps target/wheels/*.whl
	$(ENGINES)/bin/python -m pytest -rs python/tests_engines

BROWSER := tests/browser
SAYSO ?= target/release/sayso

.PHONY: test-browser bench-browser pictures
test-browser: $(BROWSER)/node_modules/ready $(SAYSO) ## the reader in headless Chromium; needs Node.js 20 and Chromium
	cd $(BROWSER) && SAYSO=$(SAYSO) node --test --test-reporter=spec

bench-browser: $(BROWSER)/node_modules/ready $(SAYSO) ## how long until a page of 1,000 articles is painted
	cd $(BROWSER) && SAYSO=$(SAYSO) node paint.js

pictures: $(BROWSER)/node_modules/ready $(SAYSO) ## write docs/pictures from the example article
	cd $(BROWSER) && SAYSO=$(SAYSO) node pictures.js

target/release/sayso: FORCE
	$(CARGO) build --release -p sayso-cli

FORCE:

$(BROWSER)/node_modules/ready: $(BROWSER)/package.json $(BROWSER)/package-lock.json
	@node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null && command -v npm >/dev/null || { echo "make: the browser tests need Node.js 20 or newer with npm (Debian: apt-get install nodejs npm)"; exit 1; }
	@[ -n "$$CHROMIUM" ] || { command -v chromium || command -v chromium-browser || command -v google-chrome || command -v chrome; } >/dev/null || { echo "make: the browser tests need Chromium (Debian: apt-get install chromium), or CHROMIUM=path"; exit 1; }
	npm ci --prefix $(BROWSER) --no-audit --no-fund --silent
	@touch $@

wheel: $(VENV)/ready ## build the wheel and install it into .venv
	rm -rf target/wheels
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(VENV)/bin/maturin build --release --locked --interpreter $(IN_VENV) --out target/wheels
	$(IN_VENV) -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps target/wheels/*.whl

$(VENV)/ready: python/requirements-test.txt
$(ENGINES)/ready: python/requirements-engines.txt
$(VENV)/ready $(ENGINES)/ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "make: $(PYTHON) must be Python 3.10 or newer; name another with PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: $(PYTHON) lacks the module venv or ensurepip; install it (Debian and Ubuntu: apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

docs: readme ## write docs/command.md and docs/python.md anew, and the real output into the blocks of all pages
	UPDATE_GOLDEN=1 $(CARGO) test --quiet -p sayso-cli --lib --test corpora page
	$(IN_VENV) python/tests/reference_page.py --write

readme: wheel ## write the real output into README's blocks, the Python blocks of docs and the tour
	$(IN_VENV) python/tests/readme_blocks.py --write
	$(IN_VENV) python/tests/notebook.py --write

bench: ## benchmarks: whole articles, load time, growth with length
	$(CARGO) bench -p sayso-benches

record: ## speed by stage, growth with length, instructions (with valgrind); writes benches/record
	$(CARGO) bench -p sayso-benches --bench record -- write

peers: wheel ## sayso beside CoreNLP, textacy, compromise, wink-nlp and spaCy: speed and scores; writes README's table and benches/record
	$(CARGO) build --release -p sayso-cli -p sayso-benches
	$(PYTHON) benches/peers/peers.py --shared $(CORPORA) --sayso target/release/sayso --peer target/release/sayso-peer --python $(IN_VENV) --record benches/record

train: corpora ## train the English model from the corpora
	$(CARGO) run --release -p sayso-lab -- train --shared $(CORPORA)

ENCODER := target/encoder
IN_ENCODER := $(ENCODER)/venv/bin/python
LEARN := crates/sayso-lab/encoder
TEACHERS := $(ENCODER)/fold0.safetensors $(ENCODER)/fold1.safetensors
# The larger teachers, whose word is averaged with that of the smaller ones.
LARGE := $(ENCODER)/large
LARGE_TEACHERS := $(LARGE)/fold0.safetensors $(LARGE)/fold1.safetensors
MPNET := $(ENCODER)/all-mpnet-base-v2
STUDENT := $(ENCODER)/student.safetensors
HALF := $(ENCODER)/half
COUNTED := --articles $(ENCODER)/data/polnear-train.jsonl $(ENCODER)/data/wikinews-unlabelled.jsonl
AS_STUDENT := --vocabulary $(ENCODER)/begun.txt --longest 128 --teacher $(ENCODER)/taught --trust 0.8 --rate 4e-4
# News without annotation; a student reads it last, when it has learned the rest.
NEWS := $(ENCODER)/news.jsonl
FIRST := --also wikinews-unlabelled
LAST := --also wikinews-unlabelled news

# Two teachers, each trained on one half of the articles, tell of the other half, and so do two larger ones; the student learns from the mean of
# what they tell. Two more students, each made from one teacher and shown the annotation of one half alone, tell of the other half, and the passes
# over statements are trained with that: it is as good as what the student will tell of an article that nobody has seen. What a student has learned
# from few articles it knows by heart; most of what it can do with others comes from news that only the teachers have labelled.
train-encoder: corpora $(ENCODER)/venv/ready ## train the accurate model: encoder.bin and statements.bin (hours on a CPU)
	$(IN_ENCODER) $(LEARN)/news.py -o $(NEWS)
	$(CARGO) run --release -p sayso-lab -- encoder-data --shared $(CORPORA) -o $(ENCODER)/data --also $(NEWS)
	$(IN_ENCODER) $(LEARN)/train.py $(ENCODER)/data --epochs 5 --fold 0 -o $(ENCODER)/fold0.safetensors
	$(IN_ENCODER) $(LEARN)/train.py $(ENCODER)/data --epochs 5 --fold 1 -o $(ENCODER)/fold1.safetensors
	$(IN_ENCODER) $(LEARN)/score.py $(ENCODER)/data --set polnear-train --folds --weights $(TEACHERS)
	$(IN_ENCODER) $(LEARN)/score.py $(ENCODER)/data --set wikinews-unlabelled --weights $(TEACHERS)
	$(IN_ENCODER) $(LEARN)/score.py $(ENCODER)/data --set news --blend --weights $(TEACHERS)
	$(IN_ENCODER) $(LEARN)/mpnet.py -o $(MPNET)
	mkdir -p $(LARGE)/data $(ENCODER)/taught $(HALF)
	cp $(ENCODER)/data/*.jsonl $(LARGE)/data
	for fold in 0 1; do \
	    $(IN_ENCODER) $(LEARN)/train.py $(ENCODER)/data --base $(MPNET) --layers 10 --kept 4 --epochs 2.4 --rate 1e-4 --fold $$fold -o $(LARGE)/fold$$fold.safetensors || exit 1; \
	done
	for set in polnear-train news; do \
	    $(IN_ENCODER) $(LEARN)/score.py $(LARGE)/data --vocabulary $(MPNET)/vocab.txt --set $$set --folds --weights $(LARGE_TEACHERS) || exit 1; \
	done
	$(IN_ENCODER) $(LEARN)/score.py $(LARGE)/data --vocabulary $(MPNET)/vocab.txt --set wikinews-unlabelled --weights $(LARGE)/fold0.safetensors
	for set in polnear-train wikinews-unlabelled news; do \
	    $(IN_ENCODER) $(LEARN)/mean.py $(LARGE)/data/$$set.scores $(ENCODER)/data/$$set.scores --shares 0.7 0.3 -o $(ENCODER)/taught/$$set.scores || exit 1; \
	done
	$(IN_ENCODER) $(LEARN)/student.py $(TEACHERS) $(COUNTED) -o $(ENCODER)/begun.safetensors
	$(IN_ENCODER) $(LEARN)/train.py $(ENCODER)/data --start $(ENCODER)/begun.safetensors $(AS_STUDENT) $(FIRST) --epochs 6 -o $(ENCODER)/first.safetensors
	$(IN_ENCODER) $(LEARN)/train.py $(ENCODER)/data --start $(ENCODER)/first.safetensors $(AS_STUDENT) $(LAST) --epochs 2.6 -o $(STUDENT)
	for fold in 0 1; do \
	    $(IN_ENCODER) $(LEARN)/student.py $(ENCODER)/fold$$fold.safetensors $(COUNTED) -o $(HALF)/begun$$fold.safetensors || exit 1; \
	    $(IN_ENCODER) $(LEARN)/train.py $(ENCODER)/data --start $(HALF)/begun$$fold.safetensors $(AS_STUDENT) $(FIRST) --epochs 3 --fold $$fold -o $(HALF)/first$$fold.safetensors || exit 1; \
	    $(IN_ENCODER) $(LEARN)/train.py $(ENCODER)/data --start $(HALF)/first$$fold.safetensors $(AS_STUDENT) $(LAST) --epochs 1.5 --fold $$fold -o $(HALF)/student$$fold.safetensors || exit 1; \
	    for stage in first student; do \
	        $(IN_ENCODER) $(LEARN)/pack.py $(HALF)/$$stage$$fold.safetensors --student --vocabulary $(ENCODER)/begun.txt -o $(HALF)/$$stage$$fold.bin || exit 1; \
	    done; \
	done
	$(CARGO) run --release -p sayso-lab -- train --shared $(CORPORA) --encoder $(HALF)/student0.bin $(HALF)/student1.bin $(HALF)/first0.bin $(HALF)/first1.bin
	$(IN_ENCODER) $(LEARN)/pack.py $(STUDENT) --student --vocabulary $(ENCODER)/begun.txt -o crates/sayso-en-accurate/encoder.bin \
		--made-from "all-MiniLM-L6-v2, PolNeAR 1.0 train, 206 Wikinews and 2,265 other articles without annotation"

$(ENCODER)/venv/ready: crates/sayso-lab/encoder/requirements.txt
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: $(PYTHON) lacks the module venv or ensurepip; install it (Debian and Ubuntu: apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv --clear $(ENCODER)/venv
	$(IN_ENCODER) -m pip install --quiet --disable-pip-version-check -r crates/sayso-lab/encoder/requirements.txt
	@touch $@

eval: corpora ## score the model on the development articles; writes crates/sayso-lab/results
	$(CARGO) run --release -p sayso-lab -- eval --shared $(CORPORA)

damage: ## score damaged articles against the whole ones; writes crates/sayso-lab/results/damage.csv where the corpora are
	$(CARGO) run --release -p sayso-lab -- damage --shared $(CORPORA)

# The fuzzer's flags are not stable yet; this lets the stable compiler have them.
UNSTABLE := RUSTC_BOOTSTRAP=1
TOOLS := target/tools
FUZZ := PATH="$(CURDIR)/$(TOOLS)/bin:$$PATH" $(UNSTABLE) $(CARGO) fuzz
FUZZ_TARGETS ?= $(notdir $(basename $(wildcard tests/fuzz/fuzz_targets/*.rs)))
FUZZ_SECONDS ?= 60

fuzz: $(TOOLS)/cargo-fuzz ## feed every reader and the extractor damaged input, each for FUZZ_SECONDS (60) and from the goldens
	$(FUZZ) build --fuzz-dir tests/fuzz --features fuzzer
	$(CARGO) run --quiet --manifest-path tests/fuzz/Cargo.toml --target-dir target --bin seed
	for target in $(FUZZ_TARGETS); do \
	    $(FUZZ) run --fuzz-dir tests/fuzz --features fuzzer $$target -- -max_total_time=$(FUZZ_SECONDS) -timeout=30 -rss_limit_mb=4096 -max_len=65536 -print_final_stats=1 || exit 1; \
	done

mutate: ## the same targets without a fuzzer: changed goldens for FUZZ_SECONDS (60) over all of them
	$(CARGO) run --manifest-path tests/fuzz/Cargo.toml --target-dir target --bin mutate -- $(FUZZ_SECONDS)

$(TOOLS)/cargo-fuzz:
	@$(CARGO) fuzz --version >/dev/null 2>&1 || $(CARGO) install --quiet --locked --root $(TOOLS) cargo-fuzz
	@mkdir -p $(@D) && touch $@

SANITIZED := RUSTFLAGS=-Zsanitizer=address CARGO_TARGET_DIR=target/sanitized

sanitize: ## the encoder's tests, whose kernels are unsafe code, under the address sanitizer
	$(UNSTABLE) $(SANITIZED) $(CARGO) test -p sayso-encoder --tests --target $(shell rustc -vV | sed -n 's/^host: //p')

# Those that try every thousandth of a function's range take hours there.
miri: ## the encoder's tests on the portable kernel under Miri; needs `rustup toolchain install nightly -c miri,rust-src`
	MIRIFLAGS=-Zmiri-disable-isolation CARGO_TARGET_DIR=target/miri $(CARGO) +nightly miri test -p sayso-encoder --tests -- --skip exact

deny: ## licences, sources and doubled versions of what sayso is made with; needs `cargo install --locked cargo-deny`
	$(CARGO) deny check bans licenses sources

advisories: ## known holes in what sayso is made with; needs the network, and cargo-deny
	$(CARGO) deny check advisories

# The registry takes no more.
LARGEST_CRATE := 10485760

package: ## what each published crate would be, and its size against the registry's limit of 10 MiB
	rm -rf target/package
	$(CARGO) package --workspace --exclude sayso-py --exclude sayso-lab --exclude sayso-tests --exclude sayso-benches --no-verify --allow-dirty
	@ls -l target/package/*.crate | awk '{ print $$5, $$NF } $$5 > $(LARGEST_CRATE) { large = 1 } END { exit large }' || { echo "make: a crate is larger than $(LARGEST_CRATE) bytes"; exit 1; }

corpora:
	@test -d $(CORPORA)/data || { echo "make: the corpora are not at $(CORPORA)/data; name their folder with CORPORA=..."; exit 1; }

fmt: ## format the Rust sources
	$(CARGO) fmt

lint: ## formatting and clippy, as the continuous integration asks for them
	$(CARGO) fmt --check
	PYO3_BUILD_EXTENSION_MODULE=1 $(CARGO) clippy --workspace --all-targets -- -D warnings
