#!/usr/bin/env bash
# How long the whole process takes on a 4 KiB paste and on a code, beside `true`:
#
#   crates/pullmedic-bench/start.sh [CODE]
set -euo pipefail
cd "$(dirname "$0")/../.."
code=${1:-CRG0014E}
for tool in hyperfine jq; do
  command -v "$tool" >/dev/null || { echo "start.sh: $tool is needed (apt-get install $tool)" >&2; exit 2; }
done
cargo build --quiet --release --package pullmedic-cli --package pullmedic-bench --bins
bin=${CARGO_TARGET_DIR:-target}/release
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
  "$bin/pullmedic-log" mixed --size 3K | head -c 3500
  printf '\nError response from daemon: Get "https://contoso.azurecr.io/v2/": unauthorized: authentication required\n'
} | head -c 4096 >"$folder/paste.txt"
hyperfine --shell=none --warmup 50 --runs "${RUNS:-500}" --ignore-failure --style none --export-json "$folder/times.json" \
  true "$bin/pullmedic diagnose $folder/paste.txt" "$bin/pullmedic explain $code" >/dev/null 2>&1
jq -r '.results[0] as $true | .results[] |
  "\(.command | split("/") | last): median \(.median * 1e6 | round) µs = \(.median / $true.median * 100 | round / 100) × true, CPU \((.user + .system) * 1e6 | round) µs = \((.user + .system) / ($true.user + $true.system) * 100 | round / 100) ×"' \
  "$folder/times.json"
