"""What every run speaks to: a Domo that sends a generated DataSet, an STS, and an S3 that throws the bytes away
(or, with --keep, has them in a folder and gives them back).

They cost next to nothing themselves: the export goes out by sendfile (over https from memory), what is written is
read into one buffer. With --tls they speak https alone, with a certificate that is given.
Nothing is checked (no signature, no checksum): correctness is tested elsewhere.
"""
import argparse
import io
import json
import os
import re
import shutil
import socketserver
import ssl
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlparse

import data

TLS_PIECE = 256 * 1024
DATASET = "be9c0000-0000-4000-8000-000000000001"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    tls = None

    def finish_request(self, request, client_address):
        # In the connection's own thread, so that a slow handshake holds nobody up.
        if self.tls:
            request = self.tls.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)
        if self.tls:
            request.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Many small answers: none may wait for another.
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="application/json", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def drop_body(self):
        """Reads what comes, however it is framed, and gives how many bytes it was."""
        left = int(self.headers.get("Content-Length", 0))
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            total = 0
            while True:
                size = int(self.rfile.readline().split(b";")[0], 16)
                if size == 0:
                    while self.rfile.readline() not in (b"\r\n", b""):
                        pass
                    return total
                total += self.drop(size)
                self.rfile.readline()
        return self.drop(left)

    def drop(self, left):
        room = getattr(self.server, "room", None) or threading.local()
        self.server.room = room
        if not hasattr(room, "buffer"):
            room.buffer = bytearray(1024 * 1024)
        view, total = memoryview(room.buffer), left
        while left:
            count = self.rfile.readinto(view[: min(left, len(view))])
            if not count:
                raise ConnectionError("the client hung up")
            left -= count
        return total


class Domo(Handler):
    """Token, metadata, COUNT and export of one DataSet, whose size stands in its host name's port of /size."""

    def do_GET(self):
        path = urlparse(self.path).path
        if path == "/oauth/token":
            return self.answer(200, json.dumps({"access_token": "bench", "expires_in": 3599, "userId": 1}).encode())
        if path == f"/v1/datasets/{DATASET}/data":
            return self.export()
        if path == f"/v1/datasets/{DATASET}":
            return self.answer(200, json.dumps(self.server.metadata).encode())
        return self.answer(404, b"{}")

    do_HEAD = do_GET

    def do_POST(self):
        self.drop_body()
        if self.path.startswith("/oauth/token"):
            return self.do_GET()
        rows = self.server.metadata["rows"]
        self.answer(200, json.dumps({"datasource": DATASET, "columns": ["n"], "rows": [[rows]], "numRows": 1,
                                     "numColumns": 1, "fromcache": False}).encode())

    def export(self):
        server = self.server
        length = len(data.HEADER) + server.times * server.block_bytes
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(data.HEADER)
        self.wfile.flush()
        if server.tls:
            for _ in range(server.times):
                for offset in range(0, server.block_bytes, TLS_PIECE):
                    self.connection.sendall(server.block[offset: offset + TLS_PIECE])
            return
        for _ in range(server.times):
            offset = 0
            while offset < server.block_bytes:
                offset += os.sendfile(self.connection.fileno(), server.block_file.fileno(), offset,
                                      server.block_bytes - offset)


class Sts(Handler):
    def do_POST(self):
        self.drop_body()
        end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
        body = ("<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
                "<AccessKeyId>ASIABENCHBENCHBENCH1</AccessKeyId><SecretAccessKey>bench</SecretAccessKey>"
                f"<SessionToken>bench</SessionToken><Expiration>{end}</Expiration></Credentials><AssumedRoleUser>"
                "<Arn>arn:aws:sts::111122223333:assumed-role/bench/x</Arn><AssumedRoleId>A:x</AssumedRoleId>"
                "</AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>")
        self.answer(200, body.encode(), "text/xml")


def unframed(stream):
    """What is in the chunks of a body, be they HTTP's or those that AWS signs."""
    body = bytearray()
    while size := int(stream.readline().split(b";")[0], 16):
        body += stream.read(size)
        stream.readline()
    return body


class S3(Handler):
    """Takes objects, whole and in parts, and remembers their lengths alone."""

    def do_GET(self):
        files = self.server.kept.get(urlparse(self.path).path)
        if files:
            return self.give(files)
        body = (b"<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                b"<Name>bench</Name><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>"
                b"</ListBucketResult>")
        self.answer(200, body, "application/xml")

    def do_HEAD(self):
        path = urlparse(self.path).path
        length = self.server.objects.get(path)
        if length is None and path.count("/") > 1:
            return self.answer(404)
        self.send_response(200)
        self.send_header("Content-Length", str(length or 0))
        self.send_header("ETag", "\"bench-1\"")
        self.send_header("Last-Modified", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime()))
        self.end_headers()

    def do_DELETE(self):
        self.answer(204)

    def give(self, files):
        self.send_response(200)
        self.send_header("Content-Length", str(sum(os.path.getsize(file) for file in files)))
        self.end_headers()
        for file in files:
            with open(file, "rb") as part:
                shutil.copyfileobj(part, self.wfile, TLS_PIECE)

    def keep_body(self):
        """Writes what comes into a file of its own, without what frames it, and gives its name."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = unframed(self.rfile)
            while self.rfile.readline() not in (b"\r\n", b""):
                pass
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "x-amz-decoded-content-length" in self.headers:
            body = unframed(io.BytesIO(body))
            if len(body) != int(self.headers["x-amz-decoded-content-length"]):
                raise ConnectionError("this is not what was announced")
        with tempfile.NamedTemporaryFile(dir=self.server.folder, delete=False) as file:
            file.write(body)
        return file.name, len(body)

    def begun(self):
        self.server.first = self.server.first or time.monotonic()

    def do_PUT(self):
        self.begun()
        url = urlparse(self.path)
        file = None
        if self.server.folder:
            file, count = self.keep_body()
        else:
            count = self.drop_body()
            count = int(self.headers.get("x-amz-decoded-content-length", count))
        upload = parse_qs(url.query).get("uploadId")
        with self.server.lock:
            if upload:
                number = int(parse_qs(url.query)["partNumber"][0])
                self.server.parts.setdefault(upload[0], {})[number] = count, file
            else:
                self.store(url.path, [(count, file)])
            self.server.latest = time.monotonic()
        self.answer(200, headers=[("ETag", "\"bench-1\"")])

    def store(self, path, parts):
        self.server.objects[path] = sum(count for count, _ in parts)
        if self.server.folder:
            self.server.kept[path] = [file for _, file in parts]

    def do_POST(self):
        url = urlparse(self.path)
        self.drop_body()
        query = parse_qs(url.query, keep_blank_values=True)
        name = "<Bucket>bench</Bucket><Key>x</Key>"
        if "uploads" in query:
            self.begun()
            with self.server.lock:
                self.server.uploads += 1
                number = self.server.uploads
            return self.answer(200, f"<InitiateMultipartUploadResult>{name}<UploadId>u{number}</UploadId>"
                                    "</InitiateMultipartUploadResult>".encode(), "application/xml")
        with self.server.lock:
            parts = self.server.parts.pop(query["uploadId"][0], {})
            self.store(url.path, [parts[number] for number in sorted(parts)])
            self.server.latest = time.monotonic()
        self.answer(200, f"<CompleteMultipartUploadResult>{name}<ETag>\"bench-1\"</ETag>"
                         "</CompleteMultipartUploadResult>".encode(), "application/xml")


class Control(Handler):
    """GET /size/BYTES sets the DataSet's size, /forget empties the bucket, /written tells its bytes, /objects how many
    they are and /span the seconds from the first upload's beginning to the last one's end."""

    def do_GET(self):
        size = re.fullmatch(r"/size/(\d+)", self.path)
        if size:
            told = self.server.resize(int(size.group(1)))
        elif self.path == "/forget":
            self.server.s3.objects.clear()
            for files in self.server.s3.kept.values():
                for file in files:
                    os.remove(file)
            self.server.s3.kept.clear()
            self.server.s3.first = self.server.s3.latest = 0
            told = 0
        elif self.path == "/objects":
            told = len(self.server.s3.objects)
        elif self.path == "/span":
            told = self.server.s3.latest - self.server.s3.first
        else:
            told = sum(self.server.s3.objects.values())
        self.answer(200, json.dumps(told).encode())


def serve(handler, port=0):
    server = Server(("127.0.0.1", port), handler)
    if handler is Control:
        server.tls = None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ports", default="0,0,0,0", help="of Domo, STS, S3 and control; 0 for any")
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"), help="https for Domo, STS and S3")
    parser.add_argument("--keep", metavar="FOLDER", help="where the objects go that are to be read again")
    arguments = parser.parse_args()
    ports = [int(port) for port in arguments.ports.split(",")]
    if arguments.tls:
        Server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        Server.tls.load_cert_chain(*arguments.tls)
    one, rows_of_one = data.block()
    domo, sts, s3, control = (serve(*pair) for pair in zip((Domo, Sts, S3, Control), ports))
    s3.objects, s3.parts, s3.uploads, s3.lock = {}, {}, 0, threading.Lock()
    s3.first = s3.latest = 0
    s3.folder, s3.kept = arguments.keep, {}
    control.s3 = s3

    def resize(size):
        domo.times, body, rows = data.whole(size, one, rows_of_one)
        domo.block_file = tempfile.TemporaryFile()
        domo.block_file.write(body)
        domo.block_file.flush()
        domo.block, domo.block_bytes = memoryview(body), len(body)
        domo.metadata = {"id": DATASET, "name": "Bench", "rows": rows * domo.times, "columns": 8,
                         "dataCurrentAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z",
                         "pdpEnabled": False, "owner": {"id": 1, "name": "bench"},
                         "schema": {"columns": [{"name": name, "type": "STRING"} for name in
                                                data.HEADER.decode().strip().split(",")]}}
        return {"bytes": len(data.HEADER) + domo.times * len(body), "rows": rows * domo.times}

    control.resize = resize
    resize(1_000_000)
    print(json.dumps({name: server.server_address[1] for name, server in
                      (("domo", domo), ("sts", sts), ("s3", s3), ("control", control))}), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
