# Thin on purpose: everything happens in tools/setup.py, which also runs without make.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$p" && break; done)
ARGS ?=

.PHONY: help start test

help:
	@echo 'make start              set up what is missing, then start the course and open it'
	@echo 'make start ARGS="..."   the same with options of kommune3 start, such as --port 8100 --no-browser,'
	@echo '                        or --no-lab to leave JupyterLab out'
	@echo 'make test               set up what is missing, then run every check and test'
	@echo 'make test ARGS="..."    for example ARGS="--only unit"; python3 tools/setup.py test --help lists more'

start test:
	@python='$(strip $(PYTHON))'; \
	if [ -z "$$python" ]; then \
	  echo 'kommune3 needs Python 3.11 or newer, and none was found. Install it (python.org, or your system), then run make $@ again.' >&2; \
	  exit 1; \
	fi; \
	exec "$$python" tools/setup.py $@ $(ARGS)
