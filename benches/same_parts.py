"""Where squares and arcs stand in pictures, and which lines of a source document
stand beside which text.
"""

import hashlib
import math
from itertools import groupby
from pathlib import Path


class Places:
    """Where each measure's square stands in a picture."""

    def __init__(self, counts: list[int], heading: int, left: int, columns: int):
        self.middles, self.height = {}, 0
        for area, count in enumerate(counts, 1):
            self.height += heading
            for at in range(count):
                self.middles[(area, at + 1)] = (left + at % columns * 24 + 12, self.height + at // columns * 24 + 12)
            self.height += -(-count // columns) * 24

    def arcs(self, measures) -> str:
        lines = [line for line, _ in groupby(self.middles[one][1] for one in measures)]
        path = f"M240 {lines[0]}"
        for start, end in zip(lines, lines[1:]):
            far = end - start
            path += f"a{math.isqrt(44 * 44 * far // self.height)} {far // 2} 0 0 1 0 {far}"
        return path

    def dots(self, measures) -> str:
        return "".join("M{} {}h0".format(*self.middles[one]) for one in measures)


def source(file: Path, path: str, said: list[str]) -> dict:
    """A source document's lines beside the texts that stand on them."""
    text = file.read_text()
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    joins, rows = [], []
    for one in said:
        bare, own, taken = bared(one), [], ""
        while lines and len(taken) < len(bare):
            number, line = lines.pop(0)
            if taken:
                joins.append(f"{taken[-8:]}‖{line[:8]}")
            taken += bared(line)
            own.append({"number": number, "text": line})
        rows.append({"lines": own, "text": one})
    digest = hashlib.sha256(text.encode()).hexdigest()
    length = len(bared(text))
    return {"path": path, "file": file.name, "sha256": digest, "characters": length, "joins": joins, "rows": rows}


def bared(text: str) -> str:
    return "".join(text.split())
