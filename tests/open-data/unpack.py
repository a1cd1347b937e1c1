"""Writes the sites that stand in one text file each, as the tests read them.

Each file of a site follows a line `-- path --`; a digest `?` is that of the file
named on the line above it. In a site named after `--hostile`, a name between two `@`
is followed by what marks something in the formats that a site is written in, as in
`tests/support/hostile.rs`.
"""
import hashlib
import pathlib
import re
import string
import sys

HOSTILE = "<&\"'_{}%\\#"


def escaped(text, marks):
    return re.sub(f"[{re.escape(marks)}]", r"\\\g<0>", text)


def filled(path, text):
    def put(text, hostile):
        return re.sub("@(.*?)@", lambda found: f"Q{found[1]}{hostile}", text)

    toml = escaped(HOSTILE, "\"\\")
    if path.startswith("seeds/"):
        return put(text, HOSTILE)
    if path.endswith(".md"):
        _, front, body = text.split("+++", 2)
        return f"+++{put(front, toml)}+++{put(body, escaped(HOSTILE, string.punctuation))}"
    return put(text, toml)


target = pathlib.Path(sys.argv[1])
is_hostile = False
for name in sys.argv[2:]:
    if name == "--hostile":
        is_hostile = True
        continue
    source = pathlib.Path(name)
    files = {}
    for line in source.read_text().splitlines(keepends=True):
        if found := re.fullmatch(r"-- (.+) --\n?", line):
            files[path := found[1]] = ""
        elif files:
            files[path] += line
    if is_hostile:
        files = {path: filled(path, text) for path, text in files.items()}

    def digest(found):
        return found[1] + hashlib.sha256(files[found[2]].encode()).hexdigest()

    for path, text in files.items():
        text = text.replace('"SHA"', '"?"')
        text = re.sub(r'(file = "([^"]+)"\s*sha256 = ")\?', digest, text)
        place = target / source.stem / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
