#!/usr/bin/env python3
"""Conversion against the OpenCC library, through `opencc-rust`, both ways, of
short strings and of long text.

    benches/conversion.py
"""

import os
import shlex
import subprocess

import sites
from timing import say


def main():
    say(f"{sites.machine()}\n")
    settings = subprocess.run([sites.ROOT / "tests/opencc"], capture_output=True, text=True, check=True).stdout
    words = (word for word in shlex.split(settings) if word != "export")
    os.environ.update(word.split("=", 1) for word in words)
    say(sites.run_once([sites.example("conversion", "--features", "opencc")]).strip())


if __name__ == "__main__":
    main()
