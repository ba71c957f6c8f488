#!/usr/bin/env bash
# Runs a command with DATABASE_URL naming a fresh PostgreSQL on loopback, and removes it afterwards.
set -euo pipefail

bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
home=$(mktemp -d /tmp/raamwerk-postgresql-XXXXXX)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$home"
  as_owner=(runuser -u postgres --)
fi
stop() {
  (cd / && "${as_owner[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$home"
}
trap stop EXIT

(
  cd /
  "${as_owner[@]}" "$bin/initdb" -D "$home/data" -U raamwerk --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  "${as_owner[@]}" "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" -o "-p $port -k $home -c listen_addresses=127.0.0.1" start >/dev/null
  "${as_owner[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U raamwerk raamwerk
)
echo "PostgreSQL listens on port $port, for: $*"
DATABASE_URL="postgres://raamwerk@127.0.0.1:$port/raamwerk" "$@"
