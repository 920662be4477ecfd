#!/usr/bin/env bash
# Renew the pinned, hashed versions. Needs uv. No index address is written. Afterwards, once they are installed
# (python3 .ci/start.py test --version): .venv/bin/python .ci/inventory.py, which lists them with their licences.
set -euo pipefail
cd "$(dirname "$0")/.."
pins() { uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links --extra build "${@:2}" pyproject.toml -o ".ci/constraints/$1.txt" >/dev/null; }
pins run
pins lab --extra lab
pins databases --extra sql --extra duckdb
pins region --extra region
pins test --extra test
