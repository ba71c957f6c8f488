#!/usr/bin/env bash
# Lets wapiti scan the running app. Fails on a finding that docs/security.md does not explain.
# Wapiti needs other versions of some of our libraries, so it gets an environment of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."

home=$(mktemp -d /tmp/raamwerk-scan-XXXXXX)
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap stop EXIT

python3 -m venv "$home/wapiti"
"$home/wapiti/bin/pip" install --quiet --disable-pip-version-check wapiti3==3.2.3

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
site="http://127.0.0.1:$port"
PORT=$port DATA_DIR="$home/data" DATABASE_URL= PAGES_PER_MINUTE=1000000 SAVES_PER_MINUTE=100000 DOWNLOADS_PER_MINUTE=100000 \
  .venv/bin/raamwerk serve &
server=$!
until curl --silent --fail --output /dev/null "$site/healthz"; do sleep 0.1; done

cookie=$(curl --silent --fail --dump-header - -H "Origin: $site" --data '' "$site/werkbladen/beginnen/" |
  sed -n 's/^set-cookie: \([^;]*\).*/\1/Ip')
curl --silent --fail --output /dev/null -H 'Content-Type: application/json' -H "Origin: $site" -H "Cookie: $cookie" \
  --data '{"framework": "lob", "role": "mentor"}' "$site/werkbladen/bewaren/"

modules=backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods
modules=$modules,permanentxss,redirect,sql,timesql,xss,upload
"$home/wapiti/bin/wapiti" -u "$site/" --scope folder --flush-session -m "$modules" \
  --max-scan-time "${SCAN_SECONDS:-240}" --max-attack-time 40 --no-bugreport \
  -H "Cookie: $cookie" -H "Origin: $site" -f json -o "$home/report.json" >"$home/log" 2>&1

curl --silent "$site/metrics" >"$home/numbers"
python3 - "$home/report.json" "$home/numbers" <<'PYTHON'
import json
import sys

# The scan is over HTTP; docs/security.md says what browsers get behind HTTPS.
EXPLAINED = {"Lack of anti CSRF token", "Secure flag is not set in the cookie"}
report = json.load(open(sys.argv[1], encoding="utf-8"))
found = [
    (name, each["method"], each["path"], each["info"])
    for kind in ("vulnerabilities", "anomalies")
    for name, findings in report[kind].items()
    for each in findings
]
unexplained = [each for each in found if not each[3].startswith(tuple(EXPLAINED))]
for each in unexplained:
    print(*each)
faults = [line for line in open(sys.argv[2], encoding="utf-8") if 'status="5xx"' in line]
print(*faults, sep="")
print(f"Scanned: {len(found)} findings, {len(unexplained)} of them unexplained, {len(faults)} kinds of 5xx.")
sys.exit(bool(unexplained or faults))
PYTHON
