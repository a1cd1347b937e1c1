"""Where the benchmarks work, the programs they measure, and generated sites.

Settings: BENCH_DIR names a folder in memory (default below /dev/shm),
BENCH_DISK one on disk (default target/benches). What they put there is removed
at the end. BENCH_BINARIES names a folder of finished binaries, laid out as
target/debug is, to try the scripts without the long build of a release.
"""

import atexit
import os
import re
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def own(folder: Path) -> Path:
    """A folder of this process alone, gone when it ends, also when it is told to."""
    folder = folder / f"tongwen-benches-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    return folder


@cache
def memory() -> Path:
    default = "/dev/shm" if Path("/dev/shm").is_dir() else TARGET / "benches"
    return own(Path(os.environ.get("BENCH_DIR", default)))


@cache
def disk() -> Path:
    return own(Path(os.environ.get("BENCH_DISK", TARGET / "benches")))


@cache
def release(*what: str) -> Path:
    """Builds programs as they are given away, unless finished ones are named;
    returns the folder of the binary."""
    if finished := os.environ.get("BENCH_BINARIES"):
        return Path(finished).resolve()
    command = ["cargo", "build", "--profile", "dist", "--locked", "--quiet", *what]
    if subprocess.run(command, cwd=ROOT, env={**os.environ, "CARGO_TARGET_DIR": str(TARGET)}).returncode:
        sys.exit(f"error: `{' '.join(command)}` failed")
    return TARGET / "dist"


def tongwen() -> Path:
    return release("--bin", "tongwen") / "tongwen"


def example(name: str, *settings: str) -> Path:
    return release("--example", name, *settings) / "examples" / name


def generate(measures: int) -> Path:
    """A generated site of so many measures; the same folder if asked again."""
    folder = memory() / f"site-{measures}"
    if not folder.exists():
        subprocess.run([example("generate"), folder, str(measures)], check=True)
    return folder


def build(site: Path, out: Path) -> list:
    return [tongwen(), "--root", site, "build", "--out", out]


def remove(folder: Path):
    shutil.rmtree(folder, ignore_errors=True)


def empty(folder: Path):
    """Removes a folder and lets the disk come to rest."""
    remove(folder)
    os.sync()


def free_memory() -> float:
    """Bytes, if the system tells."""
    file = Path("/proc/meminfo")
    found = re.search(r"MemAvailable:\s+(\d+) kB", file.read_text()) if file.exists() else None
    return int(found.group(1)) * 1024 if found else float("inf")


def machine() -> str:
    """What the figures were taken on."""
    model = "unknown processor"
    memory_size = 0
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
        memory_size = int(Path("/proc/meminfo").read_text().split()[1]) * 1024
    version = subprocess.run(
        ["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True
    ).stdout.strip()
    load = os.getloadavg()[0]
    return (
        f"{model}, {CORES} cores, {memory_size / 1e9:.0f} GB; load at the start {load:.1f}; "
        f"tongwen {version or 'of unknown version'}"
        + (f"; binaries of {finished}" if (finished := os.environ.get("BENCH_BINARIES")) else "")
    )


def run_once(command: list) -> str:
    """What a command says, whose cost is of no interest."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"error: `{' '.join(map(str, command))}` failed\n{done.stdout}{done.stderr}")
    return done.stdout
