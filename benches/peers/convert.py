"""Makes the other script of a built site with OpenCC, as a script of a few
lines would: loaded once, over each page's HTML.

    convert.py PACKAGES FROM TO [same]

With `same`, what names or leads to the other edition is then turned round, by
replacing text.
"""

import os
import sys

packages, source, target, *same = sys.argv[1:]
sys.path.insert(0, packages)
import opencc  # noqa: E402

# What stands in the pages of one edition for what stands in those of the other.
TURNED = [("/hant/", "/hans/"), ("zh-Hant-HK", "zh-Hans-CN"), ("zh_HK", "zh_CN")]
# What differs beside, as it reads after conversion.
WORDED = [
    ('hreflang="x-default" href="https://example.org/hans/', 'hreflang="x-default" href="https://example.org/hant/'),
    ('aria-current="true">繁体</a>', 'aria-current="true">\0</a>'),
    ('">简体</a>', '">繁體</a>'),
    ("\0", "简体"),
    ('aria-label="简体 ', 'aria-label="繁體 '),
    ('<p class="notice source">本页文字已与来源文件逐字核对。', '<p class="notice converted">本页由软件自繁体文本转换，并非签署的简体版。'),
    ('<p class="notice source">本页为原文。', '<p class="notice converted">本页由软件自繁体文本转换。'),
    ("另有转换版<span", "阅读原文<span"),
    ("（简体）</span>", "（繁體）</span>"),
    ("，繁体版），", "，简体版），"),
    (">文字已与来源文件逐字核对<", ">来源及核对<"),
]


def turned(text: str) -> str:
    for one, other in TURNED:
        text = text.replace(one, "\0").replace(other, one).replace("\0", other)
    for one, other in WORDED:
        text = text.replace(one, other)
    return text


def only_marked(text: str) -> str:
    return text.replace('lang="zh-Hant-HK"', 'lang="zh-Hans-CN"', 1)


finish = turned if same else only_marked
converter = opencc.OpenCC("hk2s")
for folder, _, names in os.walk(source):
    to = os.path.join(target, os.path.relpath(folder, source))
    os.makedirs(to, exist_ok=True)
    for name in names:
        if name.endswith(".html"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = converter.convert(file.read())
            with open(os.path.join(to, name), "w", encoding="utf-8") as file:
                file.write(finish(text))
