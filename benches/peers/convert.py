"""Makes the other script of a built site with OpenCC, as a script of a few
lines would: loaded once, over each page's HTML.

    convert.py PACKAGES FROM TO
"""

import os
import sys

packages, source, target = sys.argv[1:]
sys.path.insert(0, packages)
import opencc  # noqa: E402

converter = opencc.OpenCC("hk2s")
for folder, _, names in os.walk(source):
    to = os.path.join(target, os.path.relpath(folder, source))
    os.makedirs(to, exist_ok=True)
    for name in names:
        if name.endswith(".html"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = converter.convert(file.read())
            with open(os.path.join(to, name), "w", encoding="utf-8") as file:
                file.write(text.replace('lang="zh-Hant-HK"', 'lang="zh-Hans-CN"', 1))
