#!/usr/bin/env python3
"""Compares what a request costs: the SDK, the floor below it, a textbook Beast client, libcurl multi
and wrk; and the SDK's vendors with each other.

One nginx worker on core 1 answers with a fixed body over TLS 1.3; the clients run on core 0, in turn,
several rounds in one run, because the machine's speed drifts. Prints medians and ratios as tables,
and the same as JSON: kept connections, the vendors, a connection for each request, memory of idle
connections.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from servers import Nginx, make_certificates

WRK_SCRIPT = """
wrk.method = "POST"
wrk.path = "/v1/otps/sms/send"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Basic cHJvamVjdC10ZXN0LTAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMDpiZW5jaC1zZWNyZXQ="
wrk.body = '{"phone_number":"+12025550162","expiration_minutes":5}'
"""

# TCP answers each of the first 16 segments of a connection with one that only acknowledges; a kept
# connection is past that.
WARM_UP_REQUESTS = 20

# Each client by its name in the tables, with its arguments of otp_bench. The first of a table is what
# the others are compared with.
COLD_CLIENTS = {"sdk": ["sdk"], "textbook": ["textbook"], "curl": ["curl"]}
OWN_CLIENTS = {
    "sdk": ["sdk"],
    "sdk, thread_pool": ["sdk", "--thread-pool"],
    "floor": ["floor"],
    "textbook": ["textbook"],
    "curl": ["curl"],
}
KEPT_CLIENTS = {**OWN_CLIENTS, "wrk": None}
VENDORS = {vendor: ["sdk", "--vendor", vendor]
           for vendor in ("stytch", "eko", "10npay", "loyaltydog", "spherepay")}

IDLE_CONNECTIONS = 1000

# The most that the SDK's CPU time is to be of another's, at this many kept connections.
AIMS_CONNECTIONS = 64
AIMS = {"floor": 1.5, "wrk": 1.05, "textbook": 0.75, "curl": 0.40}


def on_core_0():
    os.sched_setaffinity(0, {0})


class Bench:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.script = folder / "send.lua"
        self.script.write_text(WRK_SCRIPT)

    def run(self, client, url, connections, requests, *more):
        """`client` is the arguments of otp_bench that name one."""
        finished = subprocess.run(
            [self.program, *client, "--url", url, "--ca-file", str(self.folder / "ca.pem"),
             "--connections", str(connections), "--requests", str(requests),
             "--warm-up", str(max(200, WARM_UP_REQUESTS * connections)), *more],
            preexec_fn=on_core_0, check=True, capture_output=True, text=True)
        measured = json.loads(finished.stdout)
        if measured["failed"]:
            sys.exit(f"bench: {' '.join(client)} failed {measured['failed']} requests")
        return measured

    def run_wrk(self, url, connections, seconds=2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        finished = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
             "-s", str(self.script), url],
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

        rate = re.search(r"Requests/sec:\s+([\d.]+)", finished.stdout).group(1)
        return {"cpu_us": cpu * 1e6 / requests, "requests_per_second": float(rate),
                "p50_us": latency(50), "p99_us": latency(99),
                "peak_memory_kib": None, "allocations": None}


def summarize(rounds):
    """Medians of each client, and the first one's CPU time as a ratio to the client's."""
    summary = {}
    first = next(iter(rounds.values()))
    for client, measured in rounds.items():
        keys = ("cpu_us", "requests_per_second", "p50_us", "p99_us", "peak_memory_kib",
                "allocations")
        values = {key: [one[key] for one in measured] for key in keys}
        summary[client] = {key: None if None in all_ else statistics.median(all_)
                           for key, all_ in values.items()}
        # The median of the ratios within each round, in which the machine was the same.
        summary[client]["ratio"] = statistics.median(
            own["cpu_us"] / other["cpu_us"] for own, other in zip(first, measured))
    return summary


def in_turn(rounds, clients, measure):
    measured = {name: [] for name in clients}
    for _ in range(rounds):
        for name, client in clients.items():
            measured[name].append(measure(client))
    return summarize(measured)


def kept(bench, url, chosen):
    def measure(connections, client):
        if client is None:
            return bench.run_wrk(url, connections)
        return bench.run(client, url, connections, chosen.requests)

    return {connections: in_turn(chosen.rounds, KEPT_CLIENTS,
                                 lambda client: measure(connections, client))
            for connections in map(int, chosen.connections.split(","))}


def vendors(bench, url, chosen):
    return {AIMS_CONNECTIONS: in_turn(
        chosen.rounds, VENDORS,
        lambda client: bench.run(client, url, AIMS_CONNECTIONS, chosen.requests))}


def cold(bench, nginx, chosen):
    requests = max(200, chosen.requests // 20)
    urls = {"TCP": nginx.plain, "full handshake": nginx.unresumed, "resumption": nginx.tls}
    return {kind: in_turn(chosen.rounds, COLD_CLIENTS,
                          lambda client: bench.run(client, url, 1, requests, "--cold"))
            for kind, url in urls.items()}


def idle(bench, url):
    """KiB of heap for each connection that is open when all requests are done."""
    def heap(client, connections):
        return bench.run(client, url, connections, 4 * IDLE_CONNECTIONS)["heap_kib"]

    return {name: (heap(client, IDLE_CONNECTIONS) - heap(client, 1)) / (IDLE_CONNECTIONS - 1)
            for name, client in OWN_CLIENTS.items()}


def print_table(title, first, results):
    def number(value, digits=0):
        return "-" if value is None else f"{value:.{digits}f}"

    print(f"\n| {title} | client | CPU us | requests/s | p50 us | p99 us | peak KiB | allocations "
          f"| {first} / this |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, clients in results.items():
        for client, row in clients.items():
            print(f"| {name} | {client} | {number(row['cpu_us'], 1)} "
                  f"| {number(row['requests_per_second'])} | {number(row['p50_us'])} "
                  f"| {number(row['p99_us'])} | {number(row['peak_memory_kib'])} "
                  f"| {number(row['allocations'], 1)} | {row['ratio']:.2f} |")


def print_aims(clients):
    print(f"\n| CPU time at {AIMS_CONNECTIONS} connections | aim | here |\n|---|---|---|")
    for client, aim in AIMS.items():
        print(f"| sdk / {client} | {aim:.2f} | {clients[client]['ratio']:.2f} |")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--program", required=True, help="path of otp_bench")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--requests", type=int, default=20000)
    options.add_argument("--connections", default="1,64,1000")
    options.add_argument("--parts", default="kept,vendors,cold,idle_kib")
    options.add_argument("--json", type=Path, help="write the results here, too")
    chosen = options.parse_args()

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_certificates(folder)
        bench = Bench(chosen.program, folder)
        with Nginx(folder) as nginx:
            parts = {"kept": lambda: kept(bench, nginx.tls, chosen),
                     "vendors": lambda: vendors(bench, nginx.tls, chosen),
                     "cold": lambda: cold(bench, nginx, chosen),
                     "idle_kib": lambda: idle(bench, nginx.tls)}
            results = {part: measure() for part, measure in parts.items()
                       if part in chosen.parts.split(",")}
    if "kept" in results:
        print_table("kept connections", "sdk", results["kept"])
        if AIMS_CONNECTIONS in results["kept"]:
            print_aims(results["kept"][AIMS_CONNECTIONS])
    if "vendors" in results:
        print_table("kept connections", "stytch", results["vendors"])
    if "cold" in results:
        print_table("new connection each", "sdk", results["cold"])
    if "idle_kib" in results:
        print("\n| client | KiB of heap for each idle connection |\n|---|---|")
        for client, kib in results["idle_kib"].items():
            print(f"| {client} | {kib:.1f} |")
    print("\n" + json.dumps(results))
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
