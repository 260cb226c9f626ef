#!/bin/sh
# The main job of resell, from the first look to the invoices, against a sandbox:
#
#	resell sandbox -- docs/demo.sh
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# run shows a command and then what it answers.
run() {
	printf '\n\033[1m$ %s\033[0m\n' "$*"
	"$@"
}

# of FIELD COMMAND…: one field of what a command answers.
of() {
	field=$1
	shift
	"$@" --json "$field" --jq ".$field"
}

say() { printf '\n# %s\n' "$*"; }

say 'Who am I, and what can I buy?'
run resell auth status --active -o table
run resell product list -o table --columns sku,name,kind,metric,terms

say 'Two hundred real schools; a second time, nothing is doubled.'
run resell company import --file docs/samples/schools.csv -o table
run resell company import --file docs/samples/schools.csv -o table
run resell company list --search 'ecole' -o table --limit 5

domains=$(resell company list --json domain --jq '.[].domain' | sort | head -n 3)
school=$(printf '%s\n' "$domains" | sed -n 1p)
second=$(printf '%s\n' "$domains" | sed -n 2p)
third=$(printf '%s\n' "$domains" | sed -n 3p)

say 'Look first, then buy from the balance.'
run resell license add --company "$school" --product mdm-device --term calendar:2 --quantity 30 \
	--invoice-reference PO-2026-118 --dry-run -o table
run resell license add --company "$school" --product mdm-device --term calendar:2 --quantity 30 \
	--invoice-reference PO-2026-118 --yes -o table
calendar=$(resell license list --company "$school" -o name)

say 'A trial, a full year, and a perpetual license bound to a serial number.'
run resell license add --company "$second" --product office-suite --term trial:30d --quantity 5 --yes -o table
run resell license add --company "$second" --product office-suite --term full:1 --quantity 5 --yes -o table
full=$(resell license list --company "$second" --billing unbilled -o name)
run resell license add --company "$third" --product mdm-device --term perpetual --serial SN-2026-0001 --yes -o table
perpetual=$(resell license list --company "$third" -o name)

say 'Extend, pause, resume.'
run resell license extend "$full" --term full:1 --yes -o table --columns id,state,starts_on,ends_on,amount,currency
run resell license pause "$calendar" -o table --columns id,state,ends_on,allowed_actions
run resell license resume "$calendar" -o table --columns id,state,ends_on,allowed_actions

say 'Ten thousand activation keys, made at once and exported whole.'
run resell license add --company "$school" --product signage --term yearly:1 --quantity 10000 --yes -o table \
	--columns id,product.sku,quantity,ends_on,amount,currency
screens=$(resell license list --company "$school" --product signage -o name)
run resell key generate --license "$screens" --count 10000 --name 'Screen {n:5}' -o table --jq '.[:3][] | .code + "  " + .name'
run resell export csv keys --file "$work/keys.csv"
run head -n 3 "$work/keys.csv"
run wc -l "$work/keys.csv"

say 'Invoice three companies: amounts first, then numbers, and one mail each.'
run resell invoice send --license "$calendar" --license "$full" --license "$perpetual" --dry-run -o table \
	--columns company.name,email,amount,currency
run resell invoice send --license "$calendar" --license "$full" --license "$perpetual" --yes --wait -o table
say 'The messages that went out, and the last of them whole:'
run ls "$RESELL_SANDBOX_MAIL"
for mail in "$RESELL_SANDBOX_MAIL"/*.eml; do
	grep -E '^(Subject|To):' "$mail"
done
run cat "$mail"

say 'The ledger adds up.'
run resell balance view -o table
run resell balance history -o table --limit 6
