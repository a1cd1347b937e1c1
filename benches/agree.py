#!/usr/bin/env python3
"""Whether Hugo's tree of the same pages makes ours: by kind of page, how many
there are, their bytes, visible characters and links, and the pages that differ
most. Times nothing; ends with 1 if they differ by more than is allowed.

    benches/agree.py [MEASURES]
"""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, fields
from html import unescape
from pathlib import Path

import peers
import sites
from timing import markdown, say

# How far bytes, and visible characters and links, may differ in sum.
BYTES, SHOWN = 0.10, 0.05
# Only one of the two makes these, which docs/benchmarks.md says.
OURS_ALONE = re.compile(r"/(parallel|data|versions/index)\.html$")
KINDS = [
    ("measure", re.compile(r"^[^/]+/m\d+/[\w-]+/\d+\.html$")),
    ("document", re.compile(r"^[^/]+/m\d+/index\.html$")),
    ("full text", re.compile(r"^[^/]+/m\d+/full\.html$")),
    ("source", re.compile(r"^[^/]+/m\d+/source\.html$")),
    ("area", re.compile(r"^[^/]+/m\d+/[\w-]+\.html$")),
    ("index of entities", re.compile(r"^[^/]+/entities/index\.html$")),
    ("entity", re.compile(r"^[^/]+/entities/[\w-]+\.html$")),
    ("table", re.compile(r"^[^/]+/matrix(/\d+)?\.html$")),
    ("other page", re.compile(r"\.html$")),
]
UNSEEN = re.compile(r"<(script|head)\b.*?</\1>|<[^>]*>", re.S)
LINK = re.compile(r"<a [^>]*href=")


@dataclass
class Shown:
    files: int = 0
    bytes: int = 0
    characters: int = 0
    links: int = 0

    def add(self, other: "Shown"):
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def shown(file: Path) -> Shown:
    data = file.read_bytes()
    text = data.decode()
    visible = "".join(unescape(UNSEEN.sub("", text)).split())
    return Shown(1, len(data), len(visible), len(LINK.findall(text)))


def pages(folder: Path) -> dict[str, Shown]:
    """The pages of both editions."""
    files = [file for edition in ("hant", "hans") for file in (folder / edition).rglob("*.html")]
    found = {file.relative_to(folder).as_posix(): shown(file) for file in files}
    return {path: one for path, one in found.items() if not OURS_ALONE.search(path)}


def kind(path: str) -> str:
    return next(name for name, pattern in KINDS if pattern.search(path))


def share(theirs: int, ours: int) -> float:
    return theirs / max(ours, 1)


def compare(ours: dict[str, Shown], theirs: dict[str, Shown]) -> bool:
    """Prints the table; whether both agree."""
    sums = defaultdict(lambda: (Shown(), Shown()))
    for side, found in enumerate([ours, theirs]):
        for path, one in found.items():
            for name in (kind(path), "all"):
                sums[name][side].add(one)
    rows, agree = [], set(ours) == set(theirs)
    for name in [name for name, _ in KINDS if name in sums] + ["all"]:
        own, other = sums[name]
        ratios = [share(getattr(other, one), getattr(own, one)) for one in ("bytes", "characters", "links")]
        allowed = [BYTES, SHOWN, SHOWN]
        agree &= name == "other page" or all(abs(ratio - 1) <= most for ratio, most in zip(ratios, allowed))
        rows.append(
            [
                name,
                f"{own.files}",
                f"{other.files}",
                f"{own.bytes / max(own.files, 1):.0f}",
                *map("{:.3f}".format, ratios),
            ]
        )
    say(markdown(["kind", "ours", "theirs", "our bytes a page", "bytes", "characters", "links"], rows))
    for path in sorted(set(ours) ^ set(theirs))[:10]:
        say(f"only {'ours' if path in ours else 'theirs'}: {path}")
    far = lambda path: abs(share(theirs[path].characters, ours[path].characters) - 1)  # noqa: E731
    say("\nFurthest apart, by visible characters:\n")
    for path in sorted(set(ours) & set(theirs), key=far, reverse=True)[:5]:
        say(
            f"- {path}: {ours[path].characters} and {theirs[path].characters}; links {ours[path].links} and {theirs[path].links}"
        )
    return agree


def main(measures: int = 300):
    site = sites.generate(measures)
    made, out = site.with_name(f"{site.name}-made"), site.with_name(f"{site.name}-agree")
    sites.run_once(sites.build(site, made))
    for command in peers.same_pages(site, out):
        sites.run_once(command)
    sys.exit(0 if compare(pages(made), pages(out)) else 1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
