"""Compares a CSV export with JSON lines, gzipped or not: the same columns, rows and digits."""

import csv
import gzip
import json
import sys

export, lines = sys.argv[1:]

with open(export, encoding="utf-8", newline="") as file:
    reader = csv.reader(file)
    columns = next(reader)
    wanted = [dict(zip(columns, row)) for row in reader]

with open(lines, "rb") as file:
    zipped = file.read(2) == b"\x1f\x8b"
with (gzip.open if zipped else open)(lines, "rt", encoding="utf-8", newline="\n") as file:
    found = [json.loads(line, parse_int=str, parse_float=str) for line in file]

if len(found) != len(wanted):
    sys.exit(f"{len(found)} objects, and {len(wanted)} rows")
for number, (one, other) in enumerate(zip(found, wanted), 1):
    # A null is an empty field of the export; nothing else tells it from an empty text here.
    texts = {name: "" if value is None else value for name, value in one.items()}
    if texts != other or list(one) != columns:
        sys.exit(f"row {number}: {one} and {other}")
print(f"equal, {len(found)} rows")
