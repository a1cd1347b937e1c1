#!/usr/bin/env python3
"""Time, CPU time and memory of the full build as the site grows, with the
exponents fitted to them: 1 is linear.

    benches/growth.py [MEASURES …]
"""

import math
import sys
from pathlib import Path

import sites
from timing import Case, cpu, interleave, markdown, megabytes, peak, say, wall

SIZES = [1_000, 10_000, 50_000, 100_000]
ROUNDS = 3
# Bytes that a measure's share of the site takes in memory, with some to spare:
# a size for which there is no room is left out, and said.
ROOM = 120_000


def measure(sizes: list[int], rounds: int = ROUNDS) -> dict[int, list]:
    """The runs of each size that there is room for."""
    fitting = [size for size in sizes if size * ROOM < sites.free_memory()]
    for size in set(sizes) - set(fitting):
        say(f"left out for want of memory: {size} measures\n")
    return build_each({size: sites.generate(size) for size in fitting}, rounds)


def build_each(grown: dict[int, Path], rounds: int) -> dict[int, list]:
    """The runs of a full build of each site, by its size."""
    # All share one place, so that one output at a time takes memory.
    out = sites.memory() / "growing"
    cases = [Case(str(size), [sites.build(site, out)], lambda: sites.empty(out)) for size, site in grown.items()]
    found = interleave(cases, rounds)
    sites.empty(out)
    return {int(size): runs for size, runs in found.items()}


def exponent(figures: dict[int, float]) -> float:
    """The slope of the line through the figures' logarithms, by least squares."""
    points = [(math.log(size), math.log(figure)) for size, figure in figures.items()]
    x, y = (sum(column) / len(points) for column in zip(*points))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def exponents(found: dict[int, list]) -> dict[str, float]:
    figures = {"wall": wall, "CPU": cpu, "peak": peak}
    return {
        name: exponent({size: of(runs).median for size, runs in found.items()})
        for name, of in figures.items()
    }


def report(found: dict[int, list], what: str = "measures") -> str:
    rows = [
        [str(size), wall(runs).shown(), cpu(runs).shown(), megabytes(runs)]
        for size, runs in found.items()
    ]
    text = markdown([what, "wall s", "CPU s", "peak MB"], rows)
    if len(found) > 1:
        told = ", ".join(f"{name} {value:.3f}" for name, value in exponents(found).items())
        text += f"\n\nExponents: {told}"
    return text


def main(*sizes: int):
    say(f"{sites.machine()}\n")
    say(report(measure(list(sizes) or SIZES)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
