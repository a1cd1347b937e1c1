"""The content of a generated site as data for the Hugo tree that makes our pages.

What no general generator works out is given ready: texts with their entities
linked, related measures with the reason, the geometry of pictures, lines of the
source beside the text. None of it is read from tongwen's pages. Knows generated
sites only: their parts, kinds and languages.
"""

import json
import re
import shutil
import tomllib
from collections import Counter, defaultdict
from html import escape
from itertools import groupby
from pathlib import Path

from same_content import KINDS, Content, Key
from same_parts import Places, source

HERE = Path(__file__).resolve().parent / "peers/hugo-same"
LATEST = 12
# The limits of our pages: see the constants of the same names in src/.
DESCRIPTION, MOST_TOGETHER, MOST_ARCS, MOST_NAMED = 80, 12, 40, 12
MOST_WITH_CONTEXT, MOST_LISTED, MOST_PICTURES = 200, 1000, 3
TABLES, ACROSS = 120_000, 100_000
MOST_ON_HOME, ON_A_PAGE = 120, 100


def tree(site: Path, made: Path, folder: Path) -> Path:
    """The tree for Hugo, of a site's content and of its built output."""
    shutil.copytree(HERE, folder)
    content = Pages(site, made)
    write = lambda name, value: put(folder / "data" / f"{name}.json", value)  # noqa: E731
    write("site", content.about())
    write("entities", content.entities)
    write("kinds", content.kinds())
    write("matrix", content.matrix())
    for one in content.records:
        write(f"memoranda/{one}", content.memorandum(one))
    write("pages", {one: content.entity_page(one) for one in content.entities})
    for page in sorted((site / "content/pages").glob("*.md")):
        (folder / "content" / page.name).write_text(content.explainer(page))
    return folder


def put(file: Path, value):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def numeral(number: int) -> str:
    """A small number as Chinese writes it."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if number >= 100:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (
        digits[ones] if ones or not tens else ""
    )


def day(iso: str) -> dict:
    year, month, date = map(int, iso.split("-"))
    return {"iso": iso, "text": f"{year}年{month}月{date}日"}


class Pages(Content):
    """What the pages of each kind show."""

    def explainer(self, file: Path) -> str:
        """A page in Markdown, its references made links."""
        _, head, body = file.read_text().split("+++\n", 2)
        title = tomllib.loads(head)["title"]
        measure = lambda found: f"({self.address((found[1], int(found[2]), int(found[3])))})"  # noqa: E731
        body = re.sub(r"\(measure:(\w+)/(\d+)\.(\d+)\)", measure, body)
        body = re.sub(r"\(entity:([\w-]+)\)", r"(entities/\1.html)", body)
        body = re.sub(r"\((?:area|page):([\w/-]+)\)", r"(\1.html)", body)
        fields = {"title": f"{title} — {self.head['title']}", "heading": title}
        fields |= {"layout": "explainer", "file": f"{file.stem}.html"}
        return json.dumps(fields, ensure_ascii=False) + "\n" + body

    def address(self, key: Key) -> str:
        return f"{key[0]}/{self.names[key]['path']}"

    def memorandum(self, one: str) -> dict:
        record = self.records[one]
        areas = [self.area_page(record, area) for area in record["areas"]]
        count = sum(len(area["measures"]) for area in areas)
        parts = {part["kind"]: part for part in record["parts"]}
        return {
            "id": one,
            "title": record["title"]["hant"],
            "short": record["short_title"]["hant"],
            "signed": day(record["dates"]["signed"]),
            "as_at": day(record["dates"]["as_at"]),
            "parties": [party["hant"] for party in record["parties"]],
            "count": count,
            "count_text": numeral(count),
            "description": cut(parts["preamble"]["text"][0]["hant"]),
            "preamble": [text["hant"] for text in parts["preamble"]["text"]],
            "signatories": [
                {"party": signatory["party"]["hant"], "post": signatory["post"]["hant"]}
                for signatory in parts["signatures"]["signatories"]
            ],
            "annex": parts["annex"]["title"]["hant"],
            "areas": areas,
            "picture": self.picture(one, areas, count),
            "source": source(self.data / f"sources/{one}.hant.txt", f"seeds/{one}.txt", self.document(record)),
        }

    def area_page(self, record: dict, area: dict) -> dict:
        one, number = record["id"], area["number"]
        keys = [(one, number, ordinal) for ordinal in range(1, len(area["measures"]) + 1)]
        who = dict.fromkeys(entity for key in keys for entity in self.who(key))
        return {
            "id": area["id"],
            "number": number,
            "numeral": area["mark"]["numeral"],
            "title": area["title"]["hant"],
            "heading": heading(area),
            "summary": area["summary"]["hant"],
            "count_text": numeral(len(keys)),
            "who": list(who),
            "measures": [self.measure(key) for key in keys],
        }

    def measure(self, key: Key) -> dict:
        text = self.said(key)["text"]["hant"]
        return {
            "number": key[2],
            "position": self.order[key] - self.order[(key[0], 1, 1)] + 1,
            "key": f"{key[1]}.{key[2]}",
            "anchor": f"m{key[1]}-{key[2]}",
            "label": self.said(key)["label"]["hant"],
            "description": cut(text),
            "html": self.marked(key),
            "sentences": len(self.sentences(key)),
            "who": self.who(key),
            "related": self.related(key),
            "referrers": self.referrers.get(key, []),
        }

    def document(self, record: dict) -> list[str]:
        """What the document says, in its order."""
        said = []
        for part in record["parts"]:
            match part["kind"]:
                case "title":
                    said.append(record["title"]["hant"])
                case "preamble":
                    said += [text["hant"] for text in part["text"]]
                case "signatures":
                    said += [line["hant"] for one in part["signatories"] for line in (one["party"], one["post"])]
                case "annex":
                    said.append(part["title"]["hant"])
        for area in record["areas"]:
            said.append(heading(area))
            said += [one["mark"]["printed"]["hant"] + one["text"]["hant"] for one in area["measures"]]
        return said

    def reaches(self, one: str) -> list[tuple[str, list, int]]:
        """The entities of a document, those in most areas first."""
        found = defaultdict(list)
        for area in self.records[one]["areas"]:
            for ordinal in range(1, len(area["measures"]) + 1):
                for entity in self.who((one, area["number"], ordinal)):
                    found[entity].append((area["number"], ordinal))
        kinds = list(KINDS)
        order = sorted(
            found, key=lambda entity: (kinds.index(self.entities[entity]["kind"]), self.entities[entity]["name"])
        )
        reaches = [(entity, found[entity], len({area for area, _ in found[entity]})) for entity in order]
        return sorted(reaches, key=lambda reach: (-reach[2], -len(reach[1])))

    def counts(self, one: str) -> list[int]:
        return [len(area["measures"]) for area in self.records[one]["areas"]]

    def picture(self, one: str, areas: list[dict], count: int) -> dict:
        reaches = self.reaches(one)
        shared = [reach for reach in reaches if reach[2] > 1]
        places = Places(self.counts(one), heading=26, left=0, columns=10)
        is_shared = {place for _, measures, _ in shared for place in measures}
        for area in areas:
            for measure in area["measures"]:
                measure["shared"] = (area["number"], measure["number"]) in is_shared
        kinds = {self.entities[entity]["kind"] for entity, _, _ in reaches}
        drawn = shared[:MOST_ARCS]
        groups = [
            {
                "kind": KINDS[kind],
                "entities": [
                    {"id": entity, "measures": listed(measures)}
                    for entity, measures, _ in drawn
                    if self.entities[entity]["kind"] == kind
                ],
            }
            for kind in KINDS
        ]
        alone = kinds - {self.entities[entity]["kind"] for entity, _, _ in shared}
        return {
            "height": places.height,
            "height_em": f"{places.height / 16:g}em",
            "arcs": [
                {"id": entity, "path": places.arcs(measures), "dots": places.dots(measures)}
                for entity, measures, _ in drawn
            ],
            "groups": [group for group in groups if group["entities"]],
            "drawn": len(drawn) if len(shared) > len(drawn) else 0,
            "unshared": "、".join(KINDS[kind] for kind in KINDS if kind in alone),
            "says": self.says(areas, count, shared, len(reaches)),
        }

    def says(self, areas: list[dict], count: int, shared: list, mentioned: int) -> str:
        said = [f"一格一項措施，共{numeral(count)}項。"]
        most = max(len(area["measures"]) for area in areas)
        largest = [f"“{area['title']}”" for area in areas if len(area["measures"]) == most]
        if len(largest) <= 3 and len(largest) < len(areas):
            each = "有" if len(largest) == 1 else "各有"
            said.append(f"{'、'.join(largest)}最多，{each}{numeral(most)}項。")
        if shared:
            said.append(
                f"弧線連起提及同一條目的合作領域，深色方格提及這些條目：全部 {mentioned} 個條目中有 {len(shared)} 個。"
            )
            widest = [f"“{self.entities[one]['name']}”" for one, _, reach in shared if reach == shared[0][2]]
            if len(widest) <= 3:
                said.append(f"{'、'.join(widest)}見於最多領域：{shared[0][2]} 個。")
        return "".join(said)

    def about(self) -> dict:
        latest = [{"id": one, "short": self.records[one]["short_title"]["hant"]} for one in list(self.records)[:LATEST]]
        all_ = list(self.records)
        on_home = all_ if len(all_) <= MOST_ON_HOME else all_[:LATEST]
        lists = [] if on_home is all_ else [all_[at : at + ON_A_PAGE] for at in range(0, len(all_), ON_A_PAGE)]
        kinds = json.dumps(list(KINDS.items()), ensure_ascii=False, separators=(",", ":"))
        return {
            **self.head,
            "latest": latest,
            "on_home": on_home,
            "lists": lists,
            "count": len(all_),
            "pages": self.explainers,
            "kinds": kinds,
        }

    def kinds(self) -> list[dict]:
        of_kind = lambda kind: [one for one, entity in self.entities.items() if entity["kind"] == kind]  # noqa: E731
        return [{"id": kind, "name": name, "entities": of_kind(kind)} for kind, name in KINDS.items() if of_kind(kind)]

    def by_document(self, entity: str) -> list[tuple[str, list]]:
        keys = [self.measures[number] for number in self.mentioning[entity]]
        return [(one, list(own)) for one, own in groupby(keys, key=lambda key: key[0])]

    def matrix(self) -> dict:
        pages, bytes_ = [], 0
        for one in self.records:
            reaches = self.reaches(one)
            mentions = sum(len(measures) for _, measures, _ in reaches)
            if not mentions:
                continue
            columns = len(self.records[one]["areas"])
            own = 400 + 170 * columns + len(reaches) * (220 + 10 * columns) + 80 * mentions
            bytes_ += own
            if pages and bytes_ <= TABLES:
                pages[-1].append(one)
            else:
                bytes_ = own
                pages.append([one])
        page_of = {one: number for number, page in enumerate(pages, 1) for one in page}
        return {
            "across": self.across(page_of),
            "named": [named(len(pages), at) for at in range(len(pages) + 1)],
            "pages": [[self.table(one) for one in page] for page in pages],
        }

    def table(self, one: str) -> dict:
        columns = range(1, len(self.records[one]["areas"]) + 1)
        groups = []
        for several in (True, False):
            found = [
                {
                    "id": entity,
                    "cells": [[ordinal for number, ordinal in measures if number == area] for area in columns],
                }
                for entity, measures, areas in self.reaches(one)
                if (areas > 1) == several
            ]
            if found:
                groups.append({"several": several, "rows": found})
        return {"id": one, "groups": groups}

    def across(self, page_of: dict) -> dict:
        latest = list(self.records)[:LATEST]
        documents = {entity: self.by_document(entity) for entity in self.entities}
        order = [entity for entity in self.entities if documents[entity]]
        order.sort(key=lambda entity: (-len(documents[entity]), -len(self.mentioning[entity])))
        found, bytes_ = [], 0
        for entity in order:
            counts = {one: len(own) for one, own in documents[entity]}
            cells = [{"count": counts[one], "page": page_of[one], "id": one} if one in counts else {} for one in latest]
            bytes_ += 250 + 90 * sum(map(bool, cells)) + 10 * len(cells)
            if bytes_ > ACROSS:
                break
            found.append({"id": entity, "cells": cells, "documents": len(counts)})
        groups = [
            {"several": several, "rows": [row for row in found if (row["documents"] > 1) == several]}
            for several in (True, False)
        ]
        return {
            "documents": latest,
            "others": len(self.records) > LATEST,
            "cut": len(found) < len(order),
            "groups": [group for group in groups if group["rows"]],
        }

    def entity_page(self, entity: str) -> dict:
        found = self.by_document(entity)
        total = len(self.mentioning[entity])
        listed = total <= MOST_LISTED or len(self.records) == 1
        documents = [self.mentioning_document(one, keys, entity, listed) for one, keys in found]
        counts = Counter(other for number in self.mentioning[entity] for other in self.who(self.measures[number]))
        together = Counter({one: counts[one] for one in self.entities if counts[one] and one != entity})
        return {
            "documents": documents,
            "together": [{"id": one, "count": count} for one, count in together.most_common(MOST_TOGETHER)],
            "pictures": [self.entity_picture(one, keys) for one, keys in found[:MOST_PICTURES]],
        }

    def mentioning_document(self, one: str, keys: list[Key], entity: str, listed: bool) -> dict:
        record = self.records[one]
        with_context = len(self.mentioning[entity]) <= MOST_WITH_CONTEXT
        areas = [list(own) for _, own in groupby(keys, key=lambda key: key[1])] if listed else []
        named = lambda key: {**self.names[key], "contexts": self.contexts(key, entity) if with_context else []}  # noqa: E731
        return {
            "id": one,
            "short": record["short_title"]["hant"],
            "date": day(record["dates"]["signed"]),
            "count": len(keys),
            "first": self.names[keys[0]]["path"],
            "areas": [
                {
                    "id": self.area(own[0])["id"],
                    "heading": heading(self.area(own[0])),
                    "measures": list(map(named, own)),
                }
                for own in areas
            ],
        }

    def contexts(self, key, entity: str) -> list[dict]:
        """The sentences that mention an entity, its name marked."""
        text, found = self.said(key)["text"]["hant"], []
        for number, (start, end) in enumerate(self.sentences(key), 1):
            parts, at = [], start
            for first, last, one in self.mentions_of(key):
                if one == entity and start <= first < end:
                    parts += [escape(text[at:first]), f"<mark>{escape(text[first:last])}</mark>"]
                    at = last
            if parts:
                anchor = f"m{key[1]}-{key[2]}-s{number}"
                found.append({"id": anchor, "html": "".join([*parts, escape(text[at:end])])})
        return found

    def entity_picture(self, one: str, keys: list) -> dict:
        numerals = [area["mark"]["numeral"] for area in self.records[one]["areas"]]
        left = max(map(len, numerals)) * 14 + 4
        columns = (240 - left) // 24
        left = 240 - columns * 24
        places = Places(self.counts(one), heading=0, left=left, columns=columns)
        rest = []
        for area, count in enumerate(self.counts(one), 1):
            for first in range(1, count + 1, columns):
                x, y = places.middles[(area, first)]
                rest.append(f"M{x - 9} {y}h{min(columns, count + 1 - first) * 24 - 6}")
        measures = [(area, number) for _, area, number in keys]
        squares = [
            {**self.names[key], "x": places.middles[key[1:]][0] - 9, "y": places.middles[key[1:]][1] - 9}
            for key in keys
        ]
        return {
            "short": self.records[one]["short_title"]["hant"],
            "height": places.height,
            "height_em": f"{places.height / 16:g}em",
            "left": left - 8,
            "numerals": [{"text": text, "y": places.middles[(area, 1)][1]} for area, text in enumerate(numerals, 1)],
            "rest": "".join(rest),
            "arcs": places.arcs(measures),
            "squares": squares,
            "says": listed(measures),
        }


def heading(area: dict) -> str:
    """An area's number and title, as printed."""
    return area["mark"]["printed"]["hant"] + area["title"]["hant"]


def named(count: int, current: int) -> list[int]:
    """The numbers of the pages that a page of a list names."""
    if count <= 30:
        return list(range(1, count + 1))
    step = -(-(-(-count // 12)) // 5) * 5
    at_hand = max(current, 1)
    beside = range(max(at_hand - 3, 1), min(at_hand + 3, count) + 1)
    return sorted({1, count, *range(step, count + 1, step), *beside})


def cut(text: str) -> str:
    return text if len(text) <= DESCRIPTION else text[:DESCRIPTION] + "…"


def listed(measures: list[tuple[int, int]]) -> str:
    names = "、".join(f"{area}.{number}" for area, number in measures[:MOST_NAMED])
    return f"{names} 等 {len(measures)} 項" if len(measures) > MOST_NAMED else names
