#!/bin/sh
# Tries an installation as its operator would: looks after itself, builds, backs up, restores, serves behind tokens, tells its metrics.
# Usage: deploy/smoke.sh BIN_FOLDER REPORTS_FOLDER
set -eu
bin="$1"
reports="$2"
work="$(mktemp -d)"
server=""
done_with() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap done_with EXIT
export FOGLINE_LEDGER="$work/fogline.sqlite"

"$bin/fogline" build "$reports" --metrics "$work/build.prom" --theatre ukraine
grep -q '^fogline_build_success 1.0' "$work/build.prom"
"$bin/fogline" doctor >/dev/null
"$bin/fogline" backup "$work/kept.sqlite"
"$bin/fogline" restore "$work/kept.sqlite" --ledger "$work/again.sqlite"
"$bin/fogline" verify "$work/again.sqlite" --against "$FOGLINE_LEDGER"

echo "operator $(printf '%040d' 7) reader" >"$work/tokens"
"$bin/fogline" --log "$work/log" serve --port 18400 --tokens "$work/tokens" --metrics &
server=$!
"$bin/python" - "$(printf '%040d' 7)" <<'PYTHON'
import sys, time, urllib.error, urllib.request

PORT = 18400

def ask(path, token=""):
    request = urllib.request.Request(f"http://localhost:{PORT}{path}", headers={"Authorization": f"Bearer {token}"} if token else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()

for _ in range(300):
    try:
        ask("/v1/claims", sys.argv[1])
        break
    except urllib.error.URLError as error:
        if isinstance(error, urllib.error.HTTPError):
            raise
        time.sleep(0.1)
try:
    ask("/metrics")
    sys.exit("metrics are told to anybody")
except urllib.error.HTTPError as error:
    assert error.code == 401, error
told = ask("/metrics", sys.argv[1])
assert 'fogline_requests_total{method="GET",route="/v1/claims",status="200"} 1.0' in told, told
assert 'fogline_ledger{what="claims"}' in told, told
PYTHON
grep -q '"event": "request"' "$work/log"
echo "installed, built, backed up, restored, served"
