#!/usr/bin/env bash
# Looks up every locked dependency among known leaks, with pip-audit. Fails on a leak.
# Says so where the package registry that is reached here gives no word about leaks.
set -euo pipefail
cd "$(dirname "$0")/../.."

home=$(mktemp -d /tmp/raamwerk-audit-XXXXXX)
trap 'rm -rf "$home"' EXIT

.uv/bin/uv export --quiet --locked --all-extras --no-emit-project -o "$home/locked.txt"
python3 -m venv "$home/audit"
"$home/audit/bin/pip" install --quiet --disable-pip-version-check pip-audit==2.10.1

"$home/audit/bin/pip-audit" --requirement "$home/locked.txt" --require-hashes --disable-pip \
  --progress-spinner off --format json --output "$home/report.json" 2>"$home/log" || true
[ -s "$home/report.json" ] || { cat "$home/log"; exit 1; }

python3 - "$home/report.json" <<'PYTHON'
import json
import sys

found = json.load(open(sys.argv[1], encoding="utf-8"))["dependencies"]
looked_up = [each for each in found if "skip_reason" not in each]
leaks = [(each["name"], each["version"], leak["id"], *leak["fix_versions"])
         for each in looked_up for leak in each["vulns"]]
for each in leaks:
    print(*each)
print(f"Looked up {len(looked_up)} of {len(found)} locked dependencies: {len(leaks)} known leaks.")
if len(looked_up) < len(found):
    print("The registry that is reached here says nothing about the others: look elsewhere too.")
sys.exit(bool(leaks))
PYTHON
