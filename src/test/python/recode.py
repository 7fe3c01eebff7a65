"""Recodes a DataSet's export independently of the program, and compares an object with it.

usage: recode.py EXPORT OBJECT DELIMITER COMPRESSION [GNUPGHOME]

EXPORT is the CSV as Domo gave it, OBJECT the bytes that landed. Prints "equal" and how many rows
were compared, or says where the first difference is and exits with 1. Both are written anew by
Python's csv module, so that only what a reader sees counts: `"a"` and `a` are the same field.
Encryption and compression are undone by the programs that a user has: gpg, which finds the private
key in GNUPGHOME, then gunzip, unzip, zstd, bunzip2.
"""

import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile

export, landed, delimiter, compression, *keyring = sys.argv[1:]
csv.field_size_limit(sys.maxsize)

READERS = {
    "none": ["cat"],
    "gzip": ["gunzip", "-c"],
    "zip": ["unzip", "-p"],
    "zstd": ["zstd", "-dcq"],
    "bzip2": ["bunzip2", "-c"],
}


def output(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def unpacked(path):
    with tempfile.TemporaryDirectory() as folder:
        packed = os.path.join(folder, "packed.gz" if compression == "gzip" else "packed")
        if keyring:
            gpg = ["gpg", "--homedir", keyring[0], "--batch", "--quiet"]
            output(*gpg, "--output", packed, "--decrypt", path)
        else:
            shutil.copy(path, packed)
        return output(*READERS[compression], packed)


def rewritten(data, written_with):
    text = io.StringIO(data.decode("utf-8"), newline="")
    rows = list(csv.reader(text, delimiter=written_with, strict=True))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8"), len(rows)


with open(export, "rb") as file:
    wanted, rows = rewritten(file.read(), ",")
found, _ = rewritten(unpacked(landed), delimiter)
if wanted != found:
    at = next((i for i, (a, b) in enumerate(zip(wanted, found)) if a != b), min(len(wanted), len(found)))
    print(f"differ at byte {at}: wanted {wanted[at - 40:at + 40]!r}, found {found[at - 40:at + 40]!r}")
    sys.exit(1)
print(f"equal, {rows} rows")
