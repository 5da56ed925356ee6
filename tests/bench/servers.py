"""What the benchmarks talk to: throw-away certificates, and an nginx that answers a fixed body."""

import json
import shutil
import socket
import subprocess
import sys
import time

ANSWER = json.dumps({
    "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
    "user_id": "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",
    "phone_id": "phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0",
    "status_code": 200,
}, separators=(",", ":"))

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
    location / {{ return 200 '{answer}'; }}
  }}
  server {{
    listen 127.0.0.1:{unresumed} ssl backlog=4096;
    ssl_session_tickets off;
    ssl_session_cache off;
    location / {{ return 200 '{answer}'; }}
  }}
  server {{
    listen 127.0.0.1:{plain} backlog=4096;
    location / {{ return 200 '{answer}'; }}
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
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, answer=ANSWER, **ports))
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
