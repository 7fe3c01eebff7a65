"""What most notebooks do: pandas and boto3, all in memory. Arguments: source, S3 endpoint, key."""
import io
import sys

import boto3
import pandas

source, endpoint, key = sys.argv[1:]
text = pandas.read_csv(source, dtype=str, keep_default_na=False)
packed = io.BytesIO()
text.to_csv(packed, sep="|", index=False, compression={"method": "gzip", "compresslevel": 6})
packed.seek(0)
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="bench", aws_secret_access_key="bench")
s3.upload_fileobj(packed, "bench", key)
