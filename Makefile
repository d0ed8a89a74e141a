# Every command of a working day. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help run dev test test-postgres drills bench check pages messages lock

PY := .venv/bin/python
# Without a SECRET_KEY this is somebody trying Cascade out.
DEMO ?= $(if $(SECRET_KEY),0,1)
# A process for each core, each with a database of its own and some with a site and a browser.
WORKERS := -n auto --maxprocesses 8

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

run: ## set up everything and serve http://localhost:8000/ (PORT=8001, VAR=/some/dir)
	@echo "1/4 System libraries"
	@.ci/setup run
	@echo "2/4 Python environment"
	@.ci/environment
	@exec env DEMO=$(DEMO) $(PY) -u manage.py serve --prepare

dev: ## the same for developers: reloads when a file changes, tasks run at once
	@.ci/setup run
	@.ci/environment dev
	@DEBUG=1 DEMO=1 $(PY) -u manage.py prepare
	@exec env DEBUG=1 DEMO=1 TASKS_URL=immediate: $(PY) -u manage.py runserver localhost:$${PORT:-8000}

test: ## the whole test suite on SQLite, browser tests included (ARGS="-k roster" for some)
	@.ci/setup test
	@.ci/environment dev
	@env -u DATABASE_URL $(PY) -m pytest $(WORKERS) $(ARGS)

test-postgres: ## all that asks the database, on PostgreSQL: DATABASE_URL's, or a private one
	@.ci/setup run
	@[ -n "$$DATABASE_URL" ] || .ci/setup postgres
	@.ci/environment dev
	@$(PY) -m tests.postgres -m pytest $(WORKERS) \
		-m "database and not browser and (not drill or postgres)" $(ARGS)

drills: ## the drills at full length on both databases; writes docs/reliability.md (more than an hour)
	@.ci/setup test
	@[ -n "$$DATABASE_URL" ] || .ci/setup postgres
	@.ci/environment dev
	@$(PY) -m tests.drills $(ARGS)

bench: ## how long things take beside a yardstick of the same run (ARGS="--json FILE")
	@.ci/setup run
	@.ci/environment dev
	@$(PY) -m tests.bench $(ARGS)

check: ## format, lint, types, imports, templates, migrations, production settings
	@.ci/setup run
	@.ci/environment dev
	@.ci/check

pages: ## a picture of every page, and what axe finds on them (ARGS="--only result")
	@.ci/setup test
	@.ci/environment dev
	@$(PY) -m tests.pages $(ARGS)

messages: ## collect the texts to translate into locale/
	@.ci/setup messages
	@.ci/environment dev
	@DEMO=1 $(PY) manage.py makemessages -l ur -l km -l lo --no-wrap --add-location file \
		--ignore ".venv/*" --ignore "var/*" --ignore "tests/*"

lock: ## move both lock files to the newest versions that pyproject.toml allows
	@.ci/environment
	@.venv/bin/uv pip compile pyproject.toml --upgrade --quiet --universal --python-version 3.12 \
		--extra postgres --extra redis --generate-hashes --no-annotate \
		--custom-compile-command "make lock" -o requirements.lock
	@.venv/bin/uv pip compile --group dev -c requirements.lock --upgrade --quiet --universal \
		--python-version 3.12 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" -o requirements-dev.lock
