"""What one would write in Python first: csv, gzip and boto3, as a stream. Arguments: source, S3 endpoint, key."""
import csv
import gzip
import io
import sys
import urllib.request

import boto3

source, endpoint, key = sys.argv[1:]


class Compressed(io.RawIOBase):
    """The gzip of the DataSet with pipes for commas, made as it is read."""

    def __init__(self, rows):
        self.rows, self.text, self.packed = rows, io.StringIO(newline=""), io.BytesIO()
        self.writer, self.gzip = csv.writer(self.text, delimiter="|"), gzip.GzipFile(fileobj=self.packed, mode="wb", compresslevel=6)
        self.ready, self.over = b"", False

    def readable(self):
        return True

    def readinto(self, room):
        while not self.ready and not self.over:
            self.fill()
        taken, self.ready = self.ready[: len(room)], self.ready[len(room):]
        room[: len(taken)] = taken
        return len(taken)

    def fill(self):
        for _, row in zip(range(20_000), self.rows):
            self.writer.writerow(row)
        text = self.text.getvalue()
        self.text.seek(0)
        self.text.truncate()
        if text:
            self.gzip.write(text.encode())
        else:
            self.gzip.close()
            self.over = True
        self.ready = self.packed.getvalue()
        self.packed.seek(0)
        self.packed.truncate()


with urllib.request.urlopen(source) as response:
    lines = io.TextIOWrapper(response, encoding="utf-8", newline="")
    s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="bench", aws_secret_access_key="bench")
    s3.upload_fileobj(io.BufferedReader(Compressed(csv.reader(lines)), 1 << 20), "bench", key)
