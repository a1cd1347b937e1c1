#!/usr/bin/env python3
"""From saving a file to the page with the change, in the preview.

    benches/preview.py [MEASURES …]

First inside the program: from the change being known to the page's bytes. Then
with everything about it: from the file in place to the answer of `tongwen
serve`, which is asked for the page again and again.
"""

import http.client
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import sites
from timing import Spread, markdown, say

SIZES = [52, 1_000, 10_000]
EDITS = 20
PATIENCE = 60  # seconds


def served(site: Path) -> tuple[Spread, float]:
    """Milliseconds from each save to the answer that shows it; peak megabytes."""
    area = next((site / "content/m00001").glob("01-*.toml"))
    page = f"/hant/m00001/{area.stem.split('-', 1)[1]}/1.html"
    original = area.read_text()
    command = [sites.tongwen(), "--root", site, "serve", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        port = listening(process)
        times = []
        for number in range(EDITS):
            label = f'label = "第{number}次修訂"'
            new = area.with_name(".new")
            new.write_text(re.sub(r'^label = ".*"$', label, original, count=1, flags=re.M))
            start = time.perf_counter()
            os.replace(new, area)
            wait_for(port, page, f"第{number}次修訂".encode(), start)
            times.append((time.perf_counter() - start) * 1000)
        status = Path(f"/proc/{process.pid}/status").read_text()
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1000
    finally:
        process.terminate()
        process.wait()
        area.write_text(original)
    return Spread(times), peak


def known_to_bytes(site: Path) -> str:
    """From a change being known inside the program to the page's bytes, as said
    by `examples/serve-edit`: median (least … most)."""
    return sites.run_once([sites.example("serve-edit"), site]).splitlines()[-1].split(" | ")[1]


def milliseconds(told: str) -> Spread:
    """What was said, as figures."""
    median, least, most = map(float, re.findall(r"([\d.]+) ms", told))
    return Spread([least, median, most])


def listening(process) -> int:
    for line in process.stderr:
        if found := re.search(r"preview at http://[^:]+:(\d+)/", line):
            return int(found.group(1))
    sys.exit("error: `tongwen serve` ended without listening")


def wait_for(port: int, page: str, mark: bytes, start: float):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while time.perf_counter() - start < PATIENCE:
        connection.request("GET", page)
        if mark in connection.getresponse().read():
            return
        # Asking without pause would take a core from what is measured.
        time.sleep(0.002)
    sys.exit(f"error: the change did not come within {PATIENCE} s")


def main(*sizes: int):
    say(f"{sites.machine()}\n")
    rows = []
    for size in sizes or SIZES:
        site = sites.generate(size)
        inside = known_to_bytes(site)
        whole, peak = served(site)
        rows.append([str(size), inside, whole.shown("{:.0f}"), f"{peak:.0f}"])
    head = ["measures", "known → bytes", "saved → served, ms", "peak MB"]
    say(markdown(head, rows))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
