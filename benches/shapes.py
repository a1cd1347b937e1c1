#!/usr/bin/env python3
"""Time of the full build as a site grows in one thing alone: the areas of one
document, explainer pages, entities, sealed versions.

    benches/shapes.py [SHAPE …]
"""

import re
import shutil
import sys
from pathlib import Path

import growth
import sites
from timing import say

# How much of each; the site around it stays the same.
SIZES = {
    "areas": [250, 500, 1_000],
    "pages": [400, 800, 1_600],
    "entities": [1_000, 2_000, 4_000],
    "versions": [10, 20, 40],
}
# What a generated document has.
DOCUMENT = 52


def areas(count: int) -> Path:
    """One document of so many areas, a measure in each."""
    site, document = bare_site("areas", count)
    for number in range(1, count + 1):
        (document / f"{number:05}-a{number}.toml").write_text(
            f'id = "a{number}"\nnumber = {number}\ntitle = "第{number}個領域"\nsummary = "涵蓋第{number}項。"\n'
            f'\n[[measures]]\nnumber = "{number}.1"\nlabel = "第{number}項"\n'
            f'text = "雙方在第{number}個領域加強人才交流，支持香港交易所與各地合作。"\n'
        )
    return site


def pages(count: int) -> Path:
    """A document, and so many explainer pages, each with a link to the next."""
    site = copied("pages", count)
    for number in range(1, count + 1):
        (site / f"content/pages/p{number}.md").write_text(
            f'+++\ntitle = "第{number}頁"\norder = {number + 10}\n+++\n\n'
            f"說明第{number}項，見[措施](measure:m00001/1.1)及[另頁](page:p{number % count + 1})。\n"
        )
    return site


def entities(count: int) -> Path:
    """A document that mentions so many entities, each once."""
    site, document = bare_site("entities", count)
    names = [f"第{number}號機構" for number in range(1, count + 1)]
    each = 20
    measures = [names[at : at + each] for at in range(0, count, each)]
    text = 'id = "all"\nnumber = 1\ntitle = "機構"\n'
    for number, named in enumerate(measures, 1):
        text += f'\n[[measures]]\nnumber = "1.{number}"\nlabel = "第{number}批"\ntext = "由{"、".join(named)}參與。"\n'
    (document / "01-all.toml").write_text(text)
    file = site / "content/entities.toml"
    own = (f'[[entities]]\nid = "e{at}"\nkind = "organisation"\nname = "{name}"\n' for at, name in enumerate(names, 1))
    file.write_text(file.read_text() + "\n" + "\n".join(own))
    return site


def versions(count: int) -> Path:
    """A document with so many sealed versions, each of another wording."""
    site = copied("versions", count)
    seal(count, site)
    return site


def seal(count: int, site: Path):
    """Gives a site so many sealed versions of the smallest one. Sealing is the
    longest part, so all sites take theirs from one chain."""
    chain = sites.memory() / "sealed"
    if not chain.exists():
        shutil.copytree(sites.generate(DOCUMENT), chain)
    area = next((chain / "content/m00001").glob("01-*.toml"))
    snapshots = chain / "snapshots"
    names = [f"v{number:03}" for number in range(1, count + 1)]
    for name in names:
        if not (snapshots / name).exists():
            label = f'label = "修訂{name}"'
            area.write_text(re.sub(r'^label = ".*"$', label, area.read_text(), count=1, flags=re.M))
            sites.run_once([sites.tongwen(), "--root", chain, "snapshot", "seal", name, "--date", "2024-01-01"])
        shutil.copytree(snapshots / name, site / "snapshots" / name)


def copied(name: str, count: int) -> Path:
    """A copy of the smallest generated site, to be added to."""
    site = sites.memory() / f"{name}-{count}"
    sites.remove(site)
    shutil.copytree(sites.generate(DOCUMENT), site)
    return site


def bare_site(name: str, count: int) -> tuple[Path, Path]:
    """The same with a document that has no areas and no source yet."""
    site = copied(name, count)
    document = site / "content/m00001"
    for file in document.glob("[0-9]*.toml"):
        file.unlink()
    head = document / "memorandum.toml"
    head.write_text(head.read_text().split("[source]")[0])
    for page in (site / "content/pages").iterdir():
        page.unlink()
    return site, document


SHAPES = {"areas": areas, "pages": pages, "entities": entities, "versions": versions}


def measure(name: str, sizes: list[int], rounds: int) -> dict[int, list]:
    """The runs of each size of a shape."""
    grown = {size: SHAPES[name](size) for size in sizes}
    found = growth.build_each(grown, rounds)
    for site in grown.values():
        sites.remove(site)
    return found


def main(*names: str):
    say(f"{sites.machine()}")
    for name in names or SHAPES:
        say(f"\n{growth.report(measure(name, SIZES[name], growth.ROUNDS), name)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
