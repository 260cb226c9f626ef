#!/bin/sh
# Exports the keys made since the run before, each time into a file of its own. The
# cursor moves on only when they are handed on: what fails on the way comes again.
state=${STATE:-state} out=${OUT:-out}
mkdir -p "$state" "$out" || exit 1
file="$out/keys-$(date -u +%Y%m%dT%H%M%SZ).csv"
rm -f "$state/next.cursor"
if [ -f "$state/keys.cursor" ]; then
	cp "$state/keys.cursor" "$state/next.cursor" || exit 1
fi

resell export csv keys --since-cursor "$state/next.cursor" --file "$file" --no-input --max-wait "${WAIT:-10m}"
code=$?
case $code in
0) ;;
6) # The server is away: nobody needs to be woken, the next run has these keys as well.
	exit 6 ;;
8) ${ALERT:-echo} "keys: the export was incomplete, and was not kept" >&2
	exit 8 ;;
*) ${ALERT:-echo} "keys: resell ended with exit code $code" >&2
	exit "$code" ;;
esac

if ! ${DELIVER:-ls} "$file"; then
	${ALERT:-echo} "keys: $file was not handed on" >&2
	exit 1
fi
mv "$state/next.cursor" "$state/keys.cursor"
