#!/bin/sh
# Installs fogline with what a server needs into a folder of its own: a container, a server and the checks run these same steps.
# Usage: deploy/install.sh FOLDER [WHEEL]     without a wheel one is built from this checkout
set -eu
folder="$1"
here="$(cd "$(dirname "$0")/.." && pwd)"
python="${PYTHON:-python3}"
pip() { "$folder/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }

[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
wheel="${2:-}"
if [ -z "$wheel" ]; then
    made="$(mktemp -d)"
    trap 'rm -rf "$made"' EXIT
    pip wheel --no-deps --wheel-dir "$made" "$here"
    wheel="$(ls "$made"/fogline-*.whl)"
fi
# Everything that comes along is in the version and with the hash of the lock file.
pip install --require-hashes --no-deps --requirement "$here/requirements-server.lock"
pip install --no-deps --force-reinstall "$wheel"
"$folder/bin/fogline" --version
