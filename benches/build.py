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


def pipelines(site: Path) -> list[Case]:
    """tongwen, and each peer with OpenCC, in memory."""
    out = site.with_name(f"{site.name}-out")
    cases = [Case("tongwen", [sites.build(site, out)], lambda: sites.empty(out))]
    generators = [("Hugo", peers.hugo_tree, peers.hugo)]
    if peers.has_zola(site):
        generators.append(("Zola", peers.zola_tree, peers.zola))
    for name, tree, command in generators:
        folder = site.with_name(f"{site.name}-{name}-out")
        hant, hans = folder / "hant", folder / "hans"
        commands = [command(tree(site), hant), peers.opencc(hant, hans)]
        cases.append(Case(f"{name} + OpenCC", commands, lambda folder=folder: sites.empty(folder)))
    return cases


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
    found = interleave(pipelines(site), rounds)
    say(table(found, "tongwen"))
    for name in ["out", "Hugo-out", "Zola-out"]:
        folder = site.with_name(f"{site.name}-{name}")
        if folder.exists():
            files, length = size(folder)
            say(f"\n{name}: {files} files, {length / 1e6:.0f} MB")
            sites.empty(folder)
    for title, where in [("In memory", sites.memory()), ("On disk", sites.disk())]:
        say(f"\n{title}:\n\n{table(interleave(writing(site, where), rounds), 'tongwen')}")
        clear(site, where)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
