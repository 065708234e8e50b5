#!/usr/bin/env bash
# Pipes a log of any size (default 2G) into `pullmedic diagnose` and prints its time and its largest resident set:
#
#   crates/pullmedic-bench/stream.sh [SIZE]
#
# MAX_KB (default: none) limits the command's address space, so that a machine survives a command that keeps everything.
set -euo pipefail
cd "$(dirname "$0")/../.."
size=${1:-2G}
[ -x /usr/bin/time ] || { echo "stream.sh: /usr/bin/time is needed (apt-get install time)" >&2; exit 2; }
cargo build --quiet --release --package pullmedic-cli --package pullmedic-bench --bins
bin=${CARGO_TARGET_DIR:-target}/release
report=$(mktemp)
trap 'rm -f "$report"' EXIT

run() {
  [ -z "${MAX_KB:-}" ] || ulimit -v "$MAX_KB"
  /usr/bin/time -v -o "$report" "$bin/pullmedic" diagnose >/dev/null
}
status=0
"$bin/pullmedic-log" mixed --size "$size" | run || status=$?
[ "$status" -le 1 ] || echo "stream.sh: pullmedic diagnose ended with $status" >&2
printf '%s of log:' "$size"
awk -F': ' '/Maximum resident/ { printf " %d KiB at most,", $2 } /User time/ { printf " user %s s,", $2 }
  /System time/ { printf " system %s s\n", $2 }' "$report"
[ "$status" -le 1 ]
