#!/usr/bin/env python3
"""Measures everything that the project promises of its speed, and prints each
goal with its figure.

    benches/goals.py                  an hour, on a quiet machine
    benches/goals.py --largest 10000  grows no larger
    benches/goals.py --rounds 3       fewer runs of each
    benches/goals.py --quick          a few minutes: shows that it works, no more
"""

import argparse
from dataclasses import dataclass, field

import build
import changes
import growth
import preview
import shapes
import sites
import start
from timing import Run, Spread, interleave, markdown, peak, ratio, say, table, wall


@dataclass
class Plan:
    """How much is measured."""

    measures: int
    sizes: list[int]
    memory: int  # the size whose memory is looked at
    rounds: int
    shapes: dict[str, list[int]] = field(default_factory=lambda: shapes.SIZES)
    versions: int = changes.VERSIONS


FULL = Plan(measures=10_000, sizes=growth.SIZES, memory=50_000, rounds=5)
QUICK = Plan(
    measures=300,
    sizes=[52, 300, 1_000],
    memory=1_000,
    rounds=1,
    shapes={"areas": [20, 40], "pages": [20, 40], "entities": [100, 200], "versions": [1, 2]},
    versions=2,
)


@dataclass
class Goal:
    what: str
    limit: float
    figure: Spread | None
    at_least: bool = False
    form: str = "{:.2f}"
    # Why there is no figure.
    without: str = ""

    def row(self) -> list[str]:
        sign = "≥" if self.at_least else "≤"
        goal = f"{sign} {self.limit:g}"
        if self.figure is None:
            return [self.what, goal, f"not measured: {self.without}", "—"]
        median = self.figure.median
        met = median >= self.limit if self.at_least else median <= self.limit
        return [self.what, goal, self.figure.shown(self.form), "met" if met else "**missed**"]


def against_peers(plan: Plan) -> list[Goal]:
    site = sites.generate(plan.measures)
    found = interleave([*build.pipelines(site), build.check(site)], plan.rounds)
    say(f"## Full build and `check`, in memory\n\n{table(found, 'tongwen')}\n")
    sites.empty(site.with_name(f"{site.name}-out"))
    goals = []
    ours = found["tongwen"]
    for name, times, cpu_times in [(build.SAME, 12, 9), (build.BARE, 8, 6), (build.ZOLA, 8, 5)]:
        theirs = found.get(name)
        for what, of, limit in [("wall", wall_of, times), ("CPU", cpu_of, cpu_times)]:
            figure = ratio(theirs, ours, of) if theirs else None
            without = "no `zola` that builds its tree is on the `PATH`"
            goals.append(Goal(f"{name} ÷ tongwen, {what} time", limit, figure, at_least=True, without=without))
    goals.append(Goal("`check` ÷ full build", 2, ratio(found[build.CHECK], ours, wall_of)))
    return goals


def against_writing(plan: Plan) -> list[Goal]:
    site = sites.generate(plan.measures)
    goals = []
    for title, where, peers in [
        ("in memory", sites.memory(), [(build.COPY, 1.0), (build.PLAIN, 3)]),
        ("on disk", sites.disk(), [(build.PLAIN, 1.2)]),
    ]:
        found = interleave(build.writing(site, where), plan.rounds)
        say(f"## Writing, {title}\n\n{table(found, 'tongwen')}\n")
        for peer, limit in peers:
            figure = ratio(found["tongwen"], found[peer], wall_of)
            goals.append(Goal(f"tongwen ÷ {peer}, {title}", limit, figure))
        if where == sites.memory():
            goals += output(build.megabytes_made(where / f"{site.name}-made"))
        build.clear(site, where)
    return goals


def output(made: tuple[float, float]) -> list[Goal]:
    whole, without = (Spread([figure]) for figure in made)
    return [
        Goal("output without `parallel.html` and `data/`, MB", 260, without, form="{:.0f}"),
        Goal("output with them, MB", 400, whole, form="{:.0f}"),
    ]


def wall_of(run: Run) -> float:
    return run.wall


def cpu_of(run: Run) -> float:
    return run.cpu


def after_changes(plan: Plan) -> list[Goal]:
    found, written = changes.measure(plan.measures, plan.rounds)
    beside = changes.beside(plan.measures, plan.rounds, plan.versions)
    say(f"## After a change\n\n{changes.report(found | beside, written)}\n")
    files = Spread([float(written[changes.NOTHING])])
    nothing = found[changes.NOTHING]
    alone, with_versions = beside.values()
    versions = f"nothing changed, {plan.versions} sealed versions of 52 measures beside ÷ none beside"
    return [
        Goal("one measure changed ÷ nothing changed", 3, ratio(found[changes.MEASURE], nothing, wall_of)),
        Goal("one entity's name changed ÷ nothing changed", 5, ratio(found[changes.ENTITY], nothing, wall_of)),
        Goal(versions, 1.5, ratio(with_versions, alone, wall_of)),
        Goal("nothing changed, s", 0.1, wall(nothing), form="{:.3f}"),
        Goal("nothing changed, files written", 0, files, form="{:.0f}"),
    ]


def editing(plan: Plan) -> list[Goal]:
    told = preview.known_to_bytes(sites.generate(plan.measures))
    say(f"## Preview\n\nFrom a change being known to the page's bytes: {told}\n")
    return [Goal("edit → served, without the watcher's wait, ms", 8, preview.milliseconds(told), form="{:.1f}")]


def small(plan: Plan) -> list[Goal]:
    found = interleave(start.cases(), plan.rounds * 6)
    say(f"## The default site\n\n{start.report(found)}\n")
    return [Goal("52 measures whole, ms", 60, wall(found[start.WHOLE]).times(1000), form="{:.1f}")]


def growing(plan: Plan) -> list[Goal]:
    rounds = min(plan.rounds, growth.ROUNDS)
    found = growth.measure(plan.sizes, rounds)
    say(f"## Growth\n\n{growth.report(found)}\n")
    large = found.get(plan.memory)
    without = "too large for this run or machine"
    figure = large and peak(large)
    goals = [Goal(f"peak at {plan.memory} measures, MB", 300, figure, form="{:.0f}", without=without)]
    goals += [exponent("measures", found, name) for name in ("wall", "CPU")]
    for name, sizes in plan.shapes.items():
        found = shapes.measure(name, sizes, rounds)
        say(f"{growth.report(found, name)}\n")
        goals.append(exponent(name, found, "wall"))
    return goals


def exponent(what: str, found: dict[int, list], name: str) -> Goal:
    figure = Spread([growth.exponents(found)[name]]) if len(found) > 1 else None
    sizes = f"{min(found)} … {max(found)}" if found else "none"
    title = f"exponent of growth in {what} ({sizes}), {name} time"
    return Goal(title, 1.05, figure, form="{:.3f}", without="fewer than two sizes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--largest", type=int, default=max(FULL.sizes), metavar="MEASURES")
    parser.add_argument("--rounds", type=int, metavar="N")
    options = parser.parse_args()
    plan = QUICK if options.quick else FULL
    plan.rounds = options.rounds or plan.rounds
    plan.sizes = [size for size in plan.sizes if size <= options.largest]
    say(f"{sites.machine()}\n\n{plan.measures} measures but where another number stands.\n")
    parts = [against_peers, against_writing, after_changes, editing, small, growing]
    goals = [goal for part in parts for goal in part(plan)]
    head = ["goal", "limit", "measured: median (min … max)", ""]
    say(f"## Goals\n\n{markdown(head, [goal.row() for goal in goals])}")


if __name__ == "__main__":
    main()
