#!/usr/bin/env python3
"""Measures everything that the project promises of its speed, and prints each
goal with its figure.

    benches/goals.py                  half an hour, on a quiet machine
    benches/goals.py --largest 10000  grows no larger
    benches/goals.py --rounds 3       fewer runs of each
    benches/goals.py --quick          a minute: shows that it works, no more
"""

import argparse
from dataclasses import dataclass

import build
import changes
import growth
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


FULL = Plan(measures=10_000, sizes=growth.SIZES, memory=50_000, rounds=5)
QUICK = Plan(measures=300, sizes=[52, 300, 1_000], memory=1_000, rounds=1)


@dataclass
class Goal:
    what: str
    limit: float
    figure: Spread | None
    at_least: bool = False
    form: str = "{:.2f}"

    def row(self) -> list[str]:
        sign = "≥" if self.at_least else "≤"
        goal = f"{sign} {self.limit:g}"
        if self.figure is None:
            return [self.what, goal, "not measured", "—"]
        median = self.figure.median
        met = median >= self.limit if self.at_least else median <= self.limit
        return [self.what, goal, self.figure.shown(self.form), "met" if met else "**missed**"]


def against_peers(plan: Plan) -> list[Goal]:
    site = sites.generate(plan.measures)
    found = interleave(build.pipelines(site), plan.rounds)
    say(f"## Full build, in memory\n\n{table(found, 'tongwen')}\n")
    for folder in sites.memory().glob("*-out"):
        sites.empty(folder)
    goals = []
    for name, times, cpu_times in [(build.SAME, 12, 9), (build.BARE, 8, 6), (build.ZOLA, 8, 5)]:
        theirs, ours = found.get(name), found["tongwen"]
        figures = [theirs and ratio(theirs, ours, lambda run, of=of: getattr(run, of)) for of in ("wall", "cpu")]
        goals.append(Goal(f"{name} ÷ tongwen, wall time", times, figures[0], at_least=True))
        goals.append(Goal(f"{name} ÷ tongwen, CPU time", cpu_times, figures[1], at_least=True))
    return goals


def against_writing(plan: Plan) -> list[Goal]:
    site = sites.generate(plan.measures)
    goals = []
    for title, where, peer, limit in [
        ("in memory", sites.memory(), build.COPY, 1.0),
        ("on disk", sites.disk(), build.PLAIN, 1.2),
    ]:
        found = interleave(build.writing(site, where), plan.rounds)
        say(f"## Writing, {title}\n\n{table(found, 'tongwen')}\n")
        figure = ratio(found["tongwen"], found[peer], wall_of)
        goals.append(Goal(f"tongwen ÷ {peer}, {title}", limit, figure))
        build.clear(site, where)
    return goals


def wall_of(run: Run) -> float:
    return run.wall


def after_changes(plan: Plan) -> list[Goal]:
    found, written = changes.measure(plan.measures, plan.rounds)
    say(f"## After a change\n\n{changes.report(found, written)}\n")
    files = Spread([float(written[changes.NOTHING])])
    return [
        Goal("nothing changed, s", 0.1, wall(found[changes.NOTHING]), form="{:.3f}"),
        Goal("nothing changed, files written", 0, files, form="{:.0f}"),
    ]


def small(plan: Plan) -> list[Goal]:
    found = interleave(start.cases(), plan.rounds * 6)
    say(f"## The default site\n\n{start.report(found)}\n")
    return [Goal("52 measures whole, ms", 60, wall(found[start.WHOLE]).times(1000), form="{:.1f}")]


def growing(plan: Plan) -> list[Goal]:
    found = growth.measure(plan.sizes, min(plan.rounds, growth.ROUNDS))
    say(f"## Growth\n\n{growth.report(found)}\n")
    exponents = growth.exponents(found) if len(found) > 1 else {}
    large = found.get(plan.memory)
    goals = [Goal(f"peak at {plan.memory} measures, MB", 400, large and peak(large), form="{:.0f}")]
    for name in ["wall", "CPU"]:
        figure = Spread([exponents[name]]) if exponents else None
        goals.append(Goal(f"exponent of growth, {name} time", 1.05, figure, form="{:.3f}"))
    return goals


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
    parts = [against_peers, against_writing, after_changes, small, growing]
    goals = [goal for part in parts for goal in part(plan)]
    head = ["goal", "limit", "measured: median (min … max)", ""]
    say(f"## Goals\n\n{markdown(head, [goal.row() for goal in goals])}")


if __name__ == "__main__":
    main()
