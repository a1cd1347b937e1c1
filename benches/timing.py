"""Runs commands and says what they cost: wall time, CPU time of the whole
process tree, peak memory. Knows nothing of what it runs.

Cases are interleaved: each round runs every case once, every other round
backwards, so that whatever else the machine does falls on all of them. Ratios
are taken within a round.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Callable


@dataclass
class Run:
    """What one command, or several after one another, cost."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of all processes
    peak: int  # bytes, of the largest process
    said: str = ""  # stdout and stderr

    def __add__(self, other):
        return Run(
            self.wall + other.wall,
            self.cpu + other.cpu,
            max(self.peak, other.peak),
            self.said + other.said,
        )


@dataclass
class Case:
    """Something to measure: commands, and what must be done before, untimed."""

    name: str
    commands: list[list]
    prepare: Callable[[], None] = lambda: None
    # Takes the run as measured; may correct it or refuse it.
    judge: Callable[[Run], Run] = lambda run: run


def run(command) -> Run:
    """Runs a command to its end.

    The peak is never less than this process's own size, which the system
    counts in before the command starts.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    if process.returncode != 0:
        sys.exit(f"error: `{' '.join(map(str, command))}` failed\n{text}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, text)


def interleave(cases: list[Case], rounds: int) -> dict[str, list[Run]]:
    """Runs every case in every round, after one round that does not count."""
    found = {case.name: [] for case in cases}
    for number in range(rounds + 1):
        for case in cases if number % 2 else reversed(cases):
            case.prepare()
            result = case.judge(sum((run(one) for one in case.commands), Run(0, 0, 0)))
            if number > 0:
                found[case.name].append(result)
            progress(f"round {number} of {rounds}: {case.name}: {result.wall:.3f} s")
    progress("")
    return found


def progress(text: str):
    """Says on a terminal how far the work is."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


@dataclass
class Spread:
    """Median, least and most of some figures."""

    values: list[float] = field(repr=False)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def times(self, factor: float) -> "Spread":
        return Spread([value * factor for value in self.values])

    def shown(self, form: str = "{:.2f}") -> str:
        least, most = min(self.values), max(self.values)
        return f"{form.format(self.median)} ({form.format(least)} … {form.format(most)})"


def wall(runs: list[Run]) -> Spread:
    return Spread([one.wall for one in runs])


def cpu(runs: list[Run]) -> Spread:
    return Spread([one.cpu for one in runs])


def peak(runs: list[Run]) -> Spread:
    return Spread([one.peak / 1e6 for one in runs])


def megabytes(runs: list[Run]) -> str:
    """Peak memory; of a program smaller than this one, that much is all that
    is known."""
    median = peak(runs).median
    return f"{median:.0f}" if median > 1.1 * floor() else f"≤ {floor():.0f}"


@cache
def floor() -> float:
    return run(["true"]).peak / 1e6


def ratio(over: list[Run], under: list[Run], of: Callable[[Run], float]) -> Spread:
    """How many times as much the first cost as the second, round by round."""
    return Spread([of(a) / max(of(b), 1e-9) for a, b in zip(over, under)])


def table(found: dict[str, list[Run]], base: str) -> str:
    """All cases, each against the first-named one, as a Markdown table."""
    rows = []
    for name, runs in found.items():
        rows.append([
            name,
            wall(runs).shown(),
            cpu(runs).shown(),
            megabytes(runs),
            ratio(runs, found[base], lambda one: one.wall).shown(),
            ratio(runs, found[base], lambda one: one.cpu).shown(),
        ])
    head = ["", "wall s", "CPU s", "peak MB", f"wall ÷ {base}", f"CPU ÷ {base}"]
    return markdown(head, rows)


def markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def say(text: str = ""):
    """Prints a line of the report."""
    progress("")
    print(text, flush=True)


def size(folder: Path) -> tuple[int, int]:
    """How many files stand below a folder, and their bytes."""
    files = [Path(at, name) for at, _, names in os.walk(folder) for name in names]
    return len(files), sum(file.stat().st_size for file in files)
