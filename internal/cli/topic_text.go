package cli

const formattingText = `On a terminal a result is a table for a person; in a pipe the same command prints tab-separated lines
without a header. Anything else is chosen:

  -o json        one JSON value: an object, or a list of objects
  -o ndjson      one object a line
  -o yaml        YAML
  -o csv, tsv    with a header
  -o markdown    a table for a document
  -o name        what names each row, one a line, for another command
  --json a,b     these fields as JSON; --json alone lists the fields that there are
  --columns a,b  these fields as the columns of a table, CSV and so on
  --jq EXPR      the JSON filtered with a jq expression; texts are printed bare
  --template T   the JSON formatted with a Go template

Fields of what is inside are written with a dot: company.name. In a template a list is ranged over, and
there are the functions json, join and money:

  $ resell license list --template '{{range .}}{{.coupon}} {{money .amount .currency}}{{"\n"}}{{end}}'
  $ resell license list --json coupon,ends_on --jq '.[] | select(.ends_on != null) | .coupon'
  $ resell company list -o csv --columns domain,name,email > companies.csv

Amounts in data are whole numbers of the currency's smallest unit: 1250 with EUR is 12.50. Times are
RFC 3339 in UTC, dates YYYY-MM-DD, and what there is none of is null. Tables are for people, and may look
different tomorrow; the fields and columns of the other forms stay.

Lists are printed whole, however many pages the API makes of them, unless --limit says how many rows. An
empty list is no failure. --accessible prints one fact a line and draws nothing. Colors never carry a
meaning alone; NO_COLOR switches them off. The setting output chooses a form for good.`

const scriptingText = `Standard output is data and nothing else; what is said to people goes to standard error. A command that
fails leaves standard output empty. Branch on the exit code (resell help exit-codes), and with JSON
output on the code of the error; never on texts.

Sign in with RESELL_HOST and RESELL_TOKEN (resell help environment). Nothing is asked where there is no
terminal, or with --no-input: what spends or destroys then needs --yes, and says so. --dry-run shows the
server's own computation, spends nothing and beats --yes.

A change is made once. Each is sent with an idempotency key that is written down first, so that a command
that was cut off can be run again and finds out what became of it. --idempotency-key names the change
yourself: it is made once on whichever machine. --max-wait bounds how long a busy server is tried.

  $ resell license add --company example.edu --product signage --term full:1 --quantity 2 --yes --idempotency-key po-4711
  $ resell license extend 7GK2M9QX --term full:1 --expected-end 2027-01-01 --yes
  $ resell license list --expiring-within 30d -o name | resell license extend --from - --term full:1 --yes
  $ resell export csv keys --file keys.csv

The last writes the file whole or not at all, with exit code 8.

A program finds out what there is from resell commands: every command with its flags, output fields and
exit codes, and whether it writes, spends or destroys.

  $ resell commands --json path,writes,spends,destroys --jq '.[] | select(.writes)'

resell api calls any path of the API. resell sandbox runs a script against a server of its own, which is
gone afterwards:

  $ resell sandbox -- sh nightly.sh`
