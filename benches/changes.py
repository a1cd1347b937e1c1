#!/usr/bin/env python3
"""A build over a finished one: nothing changed; one measure, one entity, a
template, the stylesheet changed. And nothing changed where sealed versions stand
beside.

    benches/changes.py [MEASURES] [ROUNDS]
"""

import hashlib
import re
import shutil
import sys
import tomllib
from pathlib import Path

import shapes
import sites
from timing import Case, Run, cpu, interleave, markdown, megabytes, say, wall

NOTHING, MEASURE, ENTITY = "nothing", "one measure's text", "one entity's name"
ALONE, BESIDE = "nothing, no version sealed", "nothing, {count} sealed versions beside"
VERSIONS = 20
WRITTEN = re.compile(r"(\d+) files written, (\d+) unchanged")


def cases(site: Path, written: dict[str, str]) -> list[Case]:
    """Each makes its change before its build. All work on one output, which
    the build before always left finished."""
    out = site.with_name(f"{site.name}-changing")
    theme = site / "themes/default"
    for file in ["templates/base.html", "static/style.css"]:
        (theme / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sites.ROOT / "themes/default" / file, theme / file)
    sites.run_once(sites.build(site, out))
    changes = {
        NOTHING: lambda: None,
        MEASURE: lambda: change_measure(site),
        ENTITY: lambda: toggle(site / "content/entities.toml", *entity_names(site)),
        "the frame of all pages": lambda: toggle(
            theme / "templates/base.html", '<body class="', '<body data-changed class="'
        ),
        "the stylesheet": lambda: toggle(theme / "static/style.css", "body {", "body{"),
    }

    def counted(name):
        def judge(run: Run) -> Run:
            written[name] = WRITTEN.search(run.said).group(1)
            return run

        return judge

    command = sites.build(site, out)
    return [Case(name, [command], change, counted(name)) for name, change in changes.items()]


def toggle(file: Path, one: str, other: str):
    """Puts one text for the other, whichever stands there."""
    text = file.read_text()
    before, after = (other, one) if other in text else (one, other)
    if before not in text:
        sys.exit(f"error: `{file}` holds neither `{one}` nor `{other}`")
    file.write_text(text.replace(before, after))


def entity_names(site: Path) -> tuple[str, str]:
    """The name of an organisation that the first memoranda mention."""
    entities = tomllib.loads((site / "content/entities.toml").read_text())["entities"]
    [name] = [one["name"] for one in entities if one["id"] == "organisation-2"]
    short = name.removesuffix("集團").removesuffix("控股")
    return f'"{short}集團"', f'"{short}控股集團"'


def change_measure(site: Path):
    """Changes a text with its source document, whose hash is then another."""
    folder, seed = site / "content/m00001", site / "seeds/m00001.txt"
    area = next(folder.glob("01-*.toml"))
    text = tomllib.loads(area.read_text())["measures"][0]["text"]
    mark = "經修訂，"
    new = text.removeprefix(mark) if text.startswith(mark) else mark + text
    before = digest(seed)
    for file in [area, seed]:
        file.write_text(file.read_text().replace(text, new, 1))
    head = folder / "memorandum.toml"
    head.write_text(head.read_text().replace(before, digest(seed)))


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def measure(measures: int, rounds: int):
    """The runs of each change, and how many files each wrote."""
    site, written = sites.generate(measures), {}
    found = interleave(cases(site, written), rounds)
    sites.empty(site.with_name(f"{site.name}-changing"))
    return found, written


def beside(measures: int, rounds: int, count: int = VERSIONS) -> dict[str, list[Run]]:
    """A build with nothing changed, of a site and of one with sealed versions of
    52 measures beside."""
    site = sites.generate(measures)
    other = site.with_name(f"{site.name}-versions")
    shutil.copytree(site / "content", other / "content")
    shutil.copytree(site / "seeds", other / "seeds")
    shapes.seal(count, other)
    sealing = [(ALONE, site), (BESIDE.format(count=count), other)]
    outs = [one.with_name(f"{one.name}-beside") for _, one in sealing]
    commands = [sites.build(one, out) for (_, one), out in zip(sealing, outs)]
    for command in commands:
        sites.run_once(command)
    found = interleave([Case(name, [command]) for (name, _), command in zip(sealing, commands)], rounds)
    for folder in [*outs, other]:
        sites.empty(folder)
    return found


def report(found, written) -> str:
    rows = [
        [name, wall(runs).shown("{:.3f}"), cpu(runs).shown("{:.3f}"), megabytes(runs), written.get(name, "0")]
        for name, runs in found.items()
    ]
    return markdown(["changed", "wall s", "CPU s", "peak MB", "files written"], rows)


def main(measures: int = 10_000, rounds: int = 5):
    say(f"{sites.machine()}\n\n{measures} measures, in memory\n")
    found, written = measure(measures, rounds)
    say(report(found | beside(measures, rounds), written))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
