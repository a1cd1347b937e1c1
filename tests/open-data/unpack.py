"""Writes the sites that stand in one text file each, as the tests read them.

Each file of a site follows a line `-- path --`; a digest `?` is that of the file
named on the line above it.
"""
import hashlib
import pathlib
import re
import sys

target = pathlib.Path(sys.argv[1])
for source in map(pathlib.Path, sys.argv[2:]):
    files = {}
    for line in source.read_text().splitlines(keepends=True):
        if found := re.fullmatch(r"-- (.+) --\n?", line):
            files[path := found[1]] = ""
        elif files:
            files[path] += line

    def digest(found):
        return found[1] + hashlib.sha256(files[found[2]].encode()).hexdigest()

    for path, text in files.items():
        text = re.sub(r'(file = "([^"]+)"\s*sha256 = ")\?', digest, text)
        place = target / source.stem / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
