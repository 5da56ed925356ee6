"""What the benchmarks talk to: throw-away certificates, and an nginx that answers as the vendors'
documents say, in fixed bytes."""

import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

# What is answered to whom: the documented successes of each vendor's send, and of the two that grant
# access tokens.
RECORDINGS = (
    "stytch/send_sms_ok",
    "eko/send_ok_generated_reference",
    "10npay/send_204",
    "10npay/token_ok",
    "loyaltydog/send_sms_ok",
    "loyaltydog/token_ok",
    "spherepay/send_phone_ok",
)
RECORDINGS_FOLDER = Path(__file__).resolve().parents[2] / "mocks/recordings"


def location(recording):
    """The recording's answer as a line of nginx's configuration."""
    exchange = json.loads((RECORDINGS_FOLDER / f"{recording}.json").read_text())
    response = exchange["response"]
    answer = str(response["status"])
    if "body" in response:
        answer += f" '{json.dumps(response['body']['json'], separators=(',', ':'))}'"
    return f"location = {exchange['request']['target']} {{ return {answer}; }}"


# One worker on core 1. The second server resumes no session, the third has no TLS.
NGINX = """
worker_processes 1;
worker_cpu_affinity 10;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  keepalive_requests 100000000;
  keepalive_timeout 300;
  ssl_certificate {folder}/server.pem;
  ssl_certificate_key {folder}/server.key;
  ssl_protocols TLSv1.3;
  default_type application/json;
  server {{
    listen 127.0.0.1:{tls} ssl backlog=4096;
    {locations}
  }}
  server {{
    listen 127.0.0.1:{unresumed} ssl backlog=4096;
    ssl_session_tickets off;
    ssl_session_cache off;
    {locations}
  }}
  server {{
    listen 127.0.0.1:{plain} backlog=4096;
    {locations}
  }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_certificates(folder):
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=Bench CA",
            "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", "-new", *curve, "-subj", "/CN=localhost",
            "-keyout", "server.key", "-out", "server.csr")
    (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem")


class Nginx:
    """Runs while its `with` block does; `tls`, `unresumed` and `plain` are its URLs."""

    def __init__(self, folder):
        self.folder = folder
        folder.chmod(0o755)
        ports = {name: free_port() for name in ("tls", "unresumed", "plain")}
        self.tls = f"https://localhost:{ports['tls']}"
        self.unresumed = f"https://localhost:{ports['unresumed']}"
        self.plain = f"http://localhost:{ports['plain']}"
        locations = "\n    ".join(map(location, RECORDINGS))
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, locations=locations, **ports))
        self.port = ports["tls"]

    def __enter__(self):
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen(
            [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")])
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.__exit__()
        sys.exit("nginx did not start: " + (self.folder / "error.log").read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
