"""Reads texts in many dialects by Python's csv and json modules, and compares them with answers.

usage: dialects.py CASES

CASES is a JSON file: a list of objects, each with "text" and "answer" (two files), "charset" and,
for delimited text, "delimiter", "quote" and "escape" (null for none) and "header". An answer is a
JSON list of the objects that the rows are. Prints how many texts were equal, or the differences
and exits with 1.
"""

import csv
import json
import sys

# The package's own answer to its location_coordinates.csv holds another number than the CSV.
NOT_ANSWERED = "Contact Phone Number"


def delimited(case):
    with open(case["text"], encoding=case["charset"], newline="") as file:
        records = list(
            csv.reader(
                file,
                delimiter=case["delimiter"],
                quotechar=case["quote"],
                quoting=csv.QUOTE_MINIMAL if case["quote"] else csv.QUOTE_NONE,
                escapechar=case["escape"],
                doublequote=case["escape"] is None,
                strict=True,
            )
        )
    return records


def differs(case):
    with open(case["answer"], encoding="utf-8") as file:
        answer = json.load(file)
    rows = answer if isinstance(answer, list) else [answer]
    names = list(rows[0])
    if "delimiter" in case:
        found = delimited(case)
        if case["header"]:
            if found[0] != names:
                return f"header {found[0]}"
            del found[0]
    else:
        with open(case["text"], encoding="utf-8", newline="\n") as file:
            objects = [json.loads(line) for line in file]
        if any(list(one) != names for one in objects):
            return f"keys {[list(one) for one in objects]}"
        found = [list(one.values()) for one in objects]
    compared = [i for i, name in enumerate(names) if name != NOT_ANSWERED]
    wanted = [list(row.values()) for row in rows]
    if len(found) != len(wanted) or any(len(record) != len(names) for record in found):
        return f"shape of {found}"
    for record, right in zip(found, wanted):
        if any(record[i] != right[i] for i in compared):
            return f"{record}, not {right}"
    return None


with open(sys.argv[1], encoding="utf-8") as cases:
    all_cases = json.load(cases)
differences = [f'{case["text"]}: {why}' for case in all_cases if (why := differs(case))]
print("\n".join(differences) or f"{len(all_cases)} equal")
sys.exit(1 if differences else 0)
