#!/usr/bin/env python3
"""Holds what a send costs to counts that repeat, unlike times: user instructions (callgrind),
allocations and system calls (strace), at one connection over TLS 1.3.

Each is the difference of two runs with a different number of requests, so that starting up and
connecting cancel out. The limits are the aims of docs/performance.md (for instructions what was
reached, which is less) and a small margin.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from servers import Nginx, make_certificates

MOST_INSTRUCTIONS = 31000 * 1.02
# Where OpenSSL finds other instructions to work with, all counts shift together.
MOST_OF_TEXTBOOK = 0.52
MOST_ALLOCATIONS = 14.1
# The random bytes for 256 references take one now and then.
MOST_SYSTEM_CALLS = 5.05


class Bench:
    def __init__(self, program, url, folder):
        self.program = program
        self.url = url
        self.folder = folder

    def command(self, client, requests):
        return [self.program, client, "--url", self.url, "--ca-file", str(self.folder / "ca.pem"),
                "--connections", "1", "--requests", str(requests), "--warm-up", "150"]

    def run(self, command):
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        if finished.returncode != 0:
            sys.exit(f"{' '.join(command)} failed: {finished.stderr}")
        return finished

    def per_request(self, count, few, many):
        return (count(many) - count(few)) / (many - few)

    def instructions(self, client):
        def count(requests):
            finished = self.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                                 *self.command(client, requests)])
            return int(re.search(r"Collected : (\d+)", finished.stderr).group(1))

        return self.per_request(count, 200, 600)

    def allocations(self):
        return json.loads(self.run(self.command("sdk", 1000)).stdout)["allocations"]

    def system_calls(self):
        """Calls for each request, by name; nothing if this machine forbids tracing."""
        def counts(requests):
            table = self.folder / f"strace.{requests}"
            self.run(["strace", "-f", "-c", "-U", "calls,name", "-o", str(table),
                      *self.command("sdk", requests)])
            rows = (line.split() for line in table.read_text().splitlines())
            return {row[1]: int(row[0]) for row in rows if len(row) == 2 and row[0].isdigit()}

        if subprocess.run(["strace", "true"], capture_output=True, check=False).returncode != 0:
            return None
        few, many = counts(1000), counts(3000)
        return {name: (many[name] - few.get(name, 0)) / 2000 for name in many if name != "total"}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("program", help="otp_bench of the release preset")
    program = options.parse_args().program

    excesses = []

    def hold(name, value, limit):
        print(f"{name}: {value:.2f}, at most {limit:.2f}")
        if value > limit:
            excesses.append(name)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_certificates(folder)
        with Nginx(folder) as nginx:
            bench = Bench(program, nginx.tls, folder)
            instructions = bench.instructions("sdk")
            limit = MOST_INSTRUCTIONS
            if instructions > limit:
                limit = MOST_OF_TEXTBOOK * bench.instructions("textbook")
            hold("instructions", instructions, limit)
            hold("allocations", bench.allocations(), MOST_ALLOCATIONS)
            calls = bench.system_calls()
            if calls is None:
                print("system calls: not counted, as strace may not trace here")
            else:
                print({name: count for name, count in calls.items() if count > 0.001})
                hold("system calls", sum(calls.values()), MOST_SYSTEM_CALLS)
                hold("timerfd_settime", calls.get("timerfd_settime", 0), 0.01)
    if excesses:
        sys.exit("a send costs more than it may: " + ", ".join(excesses))


if __name__ == "__main__":
    main()
