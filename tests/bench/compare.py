#!/usr/bin/env python3
"""Compares what a request costs: the SDK, a textbook Beast client, libcurl multi and wrk.

One nginx worker on core 1 answers with a fixed body over TLS 1.3; the clients run on core 0, in turn,
several rounds in one run, because the machine's speed drifts. Prints a table of medians and ratios,
and the same as JSON.
"""

import argparse
import json
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ANSWER = json.dumps({
    "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
    "user_id": "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",
    "phone_id": "phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0",
    "status_code": 200,
}, separators=(",", ":"))

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
  server {{
    listen 127.0.0.1:{port} ssl backlog=4096;
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server.key;
    ssl_protocols TLSv1.3;
    default_type application/json;
    location / {{ return 200 '{answer}'; }}
  }}
}}
"""

WRK_SCRIPT = """
wrk.method = "POST"
wrk.path = "/v1/otps/sms/send"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Basic cHJvamVjdC10ZXN0LTAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMDpiZW5jaC1zZWNyZXQ="
wrk.body = '{"phone_number":"+12025550162","expiration_minutes":5}'
"""

CLIENTS = ("sdk", "textbook", "curl", "wrk")


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


def start_nginx(folder, port):
    (folder / "nginx.conf").write_text(
        NGINX.format(folder=folder, port=port, answer=ANSWER))
    server = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-p", str(folder),
                               "-c", str(folder / "nginx.conf")])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        if server.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit("bench: nginx did not start: " + (folder / "error.log").read_text())


def on_core_0():
    os.sched_setaffinity(0, {0})


def run_bench(program, client, url, ca_file, connections, requests):
    finished = subprocess.run(
        [program, client, "--url", url, "--ca-file", ca_file, "--connections", str(connections),
         "--requests", str(requests), "--warm-up", str(max(200, 2 * connections))],
        preexec_fn=on_core_0, check=True, capture_output=True, text=True)
    measured = json.loads(finished.stdout)
    if measured["failed"]:
        sys.exit(f"bench: {client} failed {measured['failed']} requests")
    return measured


def run_wrk(url, script, connections, seconds):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), url],
        preexec_fn=on_core_0, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    requests = int(re.search(r"(\d+) requests in", finished.stdout).group(1))
    if "Non-2xx" in finished.stdout:
        sys.exit("bench: wrk was refused")
    scale = {"us": 1, "ms": 1e3, "s": 1e6}

    def latency(percent):
        value, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", finished.stdout).groups()
        return float(value) * scale[unit]

    return {"cpu_us": cpu * 1e6 / requests,
            "requests_per_second": float(re.search(r"Requests/sec:\s+([\d.]+)",
                                                   finished.stdout).group(1)),
            "p50_us": latency(50), "p99_us": latency(99),
            "peak_memory_kib": after.ru_maxrss, "allocations": None, "failed": 0}


def median_of(rounds, key):
    values = [measured[key] for measured in rounds if measured[key] is not None]
    return statistics.median(values) if values else None


def print_table(results):
    print(f"{'connections':>11} {'client':<9} {'CPU us':>8} {'req/s':>8} {'p50 us':>8} {'p99 us':>8} "
          f"{'KiB':>7} {'allocs':>7}  SDK/this")
    for connections, clients in results.items():
        for client, result in clients.items():
            allocations = result["allocations"]
            print(f"{connections:>11} {client:<9} {result['cpu_us']:>8.1f} "
                  f"{result['requests_per_second']:>8.0f} {result['p50_us']:>8.0f} "
                  f"{result['p99_us']:>8.0f} {result['peak_memory_kib']:>7.0f} "
                  f"{'-' if allocations is None else format(allocations, '.1f'):>7}  "
                  f"{result['sdk_ratio']:.2f}")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--program", required=True, help="path of otp_bench")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--requests", type=int, default=20000)
    options.add_argument("--connections", default="1,64,1000")
    options.add_argument("--json", type=Path, help="write the results here, too")
    chosen = options.parse_args()

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        make_certificates(folder)
        port = free_port()
        server = start_nginx(folder, port)
        try:
            results = compare(chosen, folder, f"https://localhost:{port}")
        finally:
            server.terminate()
            server.wait()
    print_table(results)
    print(json.dumps(results))
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=2) + "\n")


def compare(chosen, folder, url):
    script = folder / "send.lua"
    script.write_text(WRK_SCRIPT)
    results = {}
    for connections in (int(text) for text in chosen.connections.split(",")):
        rounds = {client: [] for client in CLIENTS}
        for _ in range(chosen.rounds):
            for client in CLIENTS:
                if client == "wrk":
                    measured = run_wrk(url, script, connections, 2)
                else:
                    measured = run_bench(chosen.program, client, url, folder / "ca.pem",
                                         connections, chosen.requests)
                rounds[client].append(measured)
        summary = {}
        for client in CLIENTS:
            summary[client] = {key: median_of(rounds[client], key) for key in rounds[client][0]}
            # The median of the ratios within each round, in which the machine was the same.
            summary[client]["sdk_ratio"] = statistics.median(
                own["cpu_us"] / other["cpu_us"]
                for own, other in zip(rounds["sdk"], rounds[client]))
        results[connections] = summary
    return results


if __name__ == "__main__":
    main()
