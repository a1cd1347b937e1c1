#!/usr/bin/env python3
"""The full build, all features on, against what people use today, against
`cp -r` of its own output, and against writing the same files plainly.

    benches/build.py [MEASURES] [ROUNDS]
"""

import sys
from pathlib import Path

import peers
import sites
from timing import Case, Run, interleave, say, size, table


COPY, PLAIN = "`cp -r`", "plain writing"
SAME, BARE, ZOLA = "Hugo + OpenCC, the same pages", "Hugo + OpenCC, bare pages", "Zola + OpenCC, bare pages"
CHECK = "`tongwen check`"


def pipelines(site: Path) -> list[Case]:
    """tongwen, and each peer with OpenCC, in memory. No more than one output
    takes memory."""
    out = site.with_name(f"{site.name}-out")
    ways = [("tongwen", lambda site, out: [sites.build(site, out)]), (SAME, peers.same_pages), (BARE, peers.bare)]
    if peers.has_zola(site):
        ways.append((ZOLA, peers.zola_bare))
    return [Case(name, way(site, out), lambda: sites.empty(out)) for name, way in ways]


def check(site: Path) -> Case:
    """Looks at everything that a build makes, and writes nothing."""
    return Case(CHECK, [[sites.tongwen(), "--root", site, "check"]])


def writing(site: Path, where: Path) -> list[Case]:
    """tongwen, `cp -r` of what it makes, and writing the same files plainly."""
    made, out = where / f"{site.name}-made", where / f"{site.name}-again"
    sites.run_once(sites.build(site, made))
    # The tool's own lists are no part of the site.
    sites.empty(made / ".tongwen")
    prepare = lambda: sites.empty(out)  # noqa: E731
    return [
        Case("tongwen", [sites.build(site, out)], prepare),
        Case(COPY, [["cp", "-r", made, out]], prepare),
        Case(PLAIN, [[sites.example("write-files"), made, out]], prepare, own_time),
    ]


def outcome(site: Path, case: Case) -> str:
    """How much a pipeline makes."""
    out = site.with_name(f"{site.name}-out")
    case.prepare()
    for command in case.commands:
        sites.run_once(command)
    files, length = size(out)
    sites.empty(out)
    return f"{files} files, {length / 1e6:.0f} MB"


def megabytes_made(made: Path) -> tuple[float, float]:
    """Of an output: all, and without `parallel.html` and `data/`."""
    sizes = {file: file.stat().st_size for file in made.rglob("*") if file.is_file()}
    apart = [length for file, length in sizes.items() if file.name == "parallel.html" or (made / "data") in file.parents]
    whole = sum(sizes.values())
    return whole / 1e6, (whole - sum(apart)) / 1e6


def clear(site: Path, where: Path):
    for name in ["made", "again"]:
        sites.empty(where / f"{site.name}-{name}")


def own_time(run: Run) -> Run:
    """`write-files` reads all files first, which is not writing, and tells
    what the writing took."""
    told = dict(word.split("=") for word in run.said.split())
    return Run(float(told["wall"]), float(told["cpu"]), run.peak)


def main(measures: int = 10_000, rounds: int = 5):
    site = sites.generate(measures)
    say(f"{sites.machine()}\n\n{measures} measures\n")
    cases = pipelines(site)
    say(table(interleave([*cases, check(site)], rounds), "tongwen"))
    for case in cases:
        say(f"\n{case.name}: {outcome(site, case)}")
    for title, where in [("In memory", sites.memory()), ("On disk", sites.disk())]:
        say(f"\n{title}:\n\n{table(interleave(writing(site, where), rounds), 'tongwen')}")
        clear(site, where)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
