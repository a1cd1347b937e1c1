"""What a generated site says, as tongwen publishes it for everybody: documents,
measures, entities, and what refers to what. Knows no page.
"""

import csv
import json
import math
import re
import tomllib
from collections import defaultdict
from html import escape
from pathlib import Path

KINDS = {
    "organisation": "機構",
    "programme": "計劃及基金",
    "place": "地方及區域",
    "instrument": "文件及政策",
    "event": "活動",
    "topic": "主題",
}
SENTENCE = re.compile(r"[^。！？]+[。！？]*[”’』」）]*")
# As in src/library/link.rs: what measures share, and when it says something.
MOST_RELATED, MANY, COMMON = 4, 50, 4
# A measure: its document's id, its area's number and its own.
Key = tuple[str, int, int]


def rows(file: Path) -> list[dict]:
    with open(file, encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


class Content:
    """All memoranda, the latest first."""

    def __init__(self, site: Path, made: Path):
        self.site, self.data = site, made / "data"
        self.head = tomllib.loads((site / "content/site.toml").read_text())
        self.explainers = self.read_explainers()
        self.entities = self.read_entities()
        self.mentions = self.read_mentions()
        records = [row["id"] for row in rows(self.data / "memoranda.csv")]
        self.records = {one: self.record(one) for one in records}
        # In the order of the documents, so that numbers tell which comes first.
        self.measures = [
            (one, area["number"], number)
            for one in records
            for area in self.records[one]["areas"]
            for number in range(1, len(area["measures"]) + 1)
        ]
        self.order = {key: number for number, key in enumerate(self.measures)}
        self.names = {key: self.name(key) for key in self.measures}
        self.mentioning = defaultdict(list)
        for number, key in enumerate(self.measures):
            for entity in self.who(key):
                self.mentioning[entity].append(number)
        self.chosen, self.referrers = self.references()

    def record(self, one: str) -> dict:
        return json.loads((self.data / f"{one}.json").read_text())["memoranda"][0]

    def read_explainers(self) -> list[dict]:
        found = []
        for file in sorted((self.site / "content/pages").glob("*.md")):
            head = tomllib.loads(file.read_text().split("+++\n")[1])
            found.append({"id": file.stem, "title": head["title"], "order": head["order"]})
        return sorted(found, key=lambda page: page["order"])

    def read_entities(self) -> dict[str, dict]:
        own = tomllib.loads((self.site / "content/entities.toml").read_text())["entities"]
        links = {one["id"]: one.get("links", []) for one in own}
        found = {}
        for row in rows(self.data / "entities.csv"):
            aliases = json.loads(row["aliases_hant"] or "[]")
            found[row["id"]] = {
                "id": row["id"],
                "name": row["name_hant"],
                "kind": row["kind"],
                "kind_name": KINDS[row["kind"]],
                "count": int(row["measures"]),
                "aliases": aliases,
                "also": "\n".join(aliases),
                "description": row["description_hant"],
                "links": links[row["id"]],
            }
        return found

    def read_mentions(self) -> dict[str, list[tuple[int, int, str]]]:
        found = defaultdict(list)
        for row in rows(self.data / "mentions.csv"):
            if row["edition"] == "hant":
                found[row["measure"]].append((int(row["start"]), int(row["end"]), row["entity"]))
        return found

    def mentions_of(self, key: Key) -> list[tuple[int, int, str]]:
        return self.mentions.get("{}/{}.{}".format(*key), [])

    def who(self, key: Key) -> list[str]:
        """The entities that a measure mentions, each once."""
        return list(dict.fromkeys(entity for _, _, entity in self.mentions_of(key)))

    def said(self, key: Key) -> dict:
        return self.area(key)["measures"][key[2] - 1]

    def area(self, key: Key) -> dict:
        return self.records[key[0]]["areas"][key[1] - 1]

    def name(self, key: Key) -> dict:
        """A measure as others name it."""
        one, area, number = key
        return {
            "key": f"{area}.{number}",
            "label": self.said(key)["label"]["hant"],
            "memorandum": one,
            "short": self.records[one]["short_title"]["hant"],
            "path": f"{self.area(key)['id']}/{number}.html",
        }

    def references(self):
        """What editors relate, and what refers to each measure."""
        chosen, referrers = defaultdict(list), defaultdict(list)
        for one, record in self.records.items():
            for area in record["areas"]:
                number = area["number"]
                file = self.site / f"content/{one}/{number:02}-{area['id']}.toml"
                for ordinal, measure in enumerate(tomllib.loads(file.read_text())["measures"], 1):
                    for reference in measure.get("related", []):
                        *other, place = reference.split("/")
                        target = (other[0] if other else one, *map(int, place.split(".")))
                        chosen[(one, number, ordinal)].append(target)
                        referrers[target].append(self.names[(one, number, ordinal)])
        for page in self.explainers:
            text = (self.site / f"content/pages/{page['id']}.md").read_text()
            for one, area, number in re.findall(r"measure:(\w+)/(\d+)\.(\d+)", text):
                named = {"label": page["title"], "memorandum": "", "key": "", "short": "", "path": f"{page['id']}.html"}
                referrers[(one, int(area), int(number))].append(named)
        return chosen, referrers

    def weight(self, entity: str) -> float:
        count, total = len(self.mentioning[entity]), len(self.measures)
        if count < 2 or count > min(max(total // COMMON, 2), MANY):
            return 0.0
        return math.log(total / count)

    def related(self, key: Key) -> list[dict]:
        chosen, own = self.chosen.get(key, []), self.order[key]
        telling = [(entity, self.weight(entity)) for entity in self.who(key)]
        telling = [(entity, weight) for entity, weight in telling if weight > 0]
        scores = defaultdict(float)
        for entity, weight in telling:
            for other in self.mentioning[entity]:
                scores[other] += weight
        known = {own, *(self.order[one] for one in chosen)}
        found = sorted((-score, other) for other, score in scores.items() if other not in known)
        found = sorted(other for _, other in found[:MOST_RELATED])
        sharing = []
        for other in found:
            theirs = self.who(self.measures[other])
            shared = [entity for entity, _ in telling if entity in theirs]
            sharing.append({**self.names[self.measures[other]], "shared": shared})
        return [{**self.names[one], "shared": []} for one in chosen] + sharing

    def sentences(self, key: Key) -> list[tuple[int, int]]:
        return [found.span() for found in SENTENCE.finditer(self.said(key)["text"]["hant"])]

    def marked(self, key: Key) -> str:
        """A measure's text: its sentences with ids, each entity linked once."""
        text, known, parts = self.said(key)["text"]["hant"], set(), []
        mentions = self.mentions_of(key)
        for number, (start, end) in enumerate(self.sentences(key), 1):
            parts.append(f'<span id="m{key[1]}-{key[2]}-s{number}">')
            at = start
            for first, last, entity in mentions:
                if start <= first < end and entity not in known:
                    known.add(entity)
                    link = f'<a href="../entities/{entity}.html">{escape(text[first:last])}</a>'
                    parts += [escape(text[at:first]), link]
                    at = last
            parts += [escape(text[at:end]), "</span>"]
        return "".join(parts)
