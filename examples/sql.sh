#!/usr/bin/env bash
# Answers a query of an API without a database: `examples/sql.sh`. The API is served by the same command, which is
# built unless REST_SOURCE is the path of one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command=${REST_SOURCE:-}
if [ -z "$command" ]; then
    cargo build --quiet --package cargo-rest-source
    command=${CARGO_TARGET_DIR:-target}/debug/cargo-rest-source
fi
# The address is in the first line that it prints.
exec 3< <(exec "$command" demo --port 0 --fault-every 0)
trap 'kill $!' EXIT
read -r _ _ _ _ _ url _ <&3
export ACCESS_TOKEN=demo-access-token
"$command" sql examples/payments.yaml --base-url "$url" \
    "select currency, count(*) as payments, sum(amount) as amount from payments group by currency order by currency"
