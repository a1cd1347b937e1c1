#!/usr/bin/env python3
"""What is there before any work: starting the binary, and the whole default
site of 52 measures.

    benches/start.py [ROUNDS]
"""

import sys

import sites
from timing import Case, cpu, interleave, markdown, megabytes, say, wall

WHOLE = "the whole default site"


def cases() -> list[Case]:
    out, kept = sites.memory() / "default", sites.memory() / "default-kept"
    sites.run_once(sites.build(sites.ROOT, kept))
    return [
        Case("`--version`", [[sites.tongwen(), "--version"]]),
        Case(WHOLE, [sites.build(sites.ROOT, out)], lambda: sites.remove(out)),
        Case("the same, nothing changed", [sites.build(sites.ROOT, kept)]),
    ]


def report(found) -> str:
    rows = [
        [
            name,
            wall(runs).times(1000).shown("{:.1f}"),
            cpu(runs).times(1000).shown("{:.1f}"),
            megabytes(runs),
        ]
        for name, runs in found.items()
    ]
    return markdown(["", "wall ms", "CPU ms", "peak MB"], rows)


def main(rounds: int = 30):
    say(f"{sites.machine()}\n")
    say(report(interleave(cases(), rounds)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
