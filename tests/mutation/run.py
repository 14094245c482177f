"""Mutate the room `standing/`, and list what nothing notices: python -m tests.mutation.run [MODULE ...]

Every survivor is either killed by a test or stands in `explained.txt`, a line `name | why nothing can notice it`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .killing import is_noticed
from .mutants import Mutant, mutants

ROOM = Path(__file__).parents[2] / "rules_engine" / "standing"
EXPLAINED = Path(__file__).with_name("explained.txt")
AT_ONCE = 2


def explained() -> dict[str, str]:
    """Give why each mutant that survives may; by its name."""
    lines = (line for line in EXPLAINED.read_text().splitlines() if line and not line.startswith("#"))
    return {name.strip(): why.strip() for name, _, why in (line.rpartition(" | ") for line in lines)}


def survives(mutant: Mutant) -> bool:
    """Tell whether nothing notices a mutant."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(mutant.source)
        file.flush()
        return not is_noticed(f"rules_engine.standing.{mutant.path.stem}", Path(file.name))


def main(names: Sequence[str]) -> int:
    """Try every mutant that is not explained, and list those that survive; 1 where any does."""
    paths = [ROOM / f"{name}.py" for name in names] or sorted(ROOM.glob("*.py"))
    known = explained()
    tried = [mutant for path in paths for mutant in mutants(path) if mutant.name not in known]
    alive = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for mutant, lives in zip(tried, pool.map(survives, tried), strict=True):
            if lives:
                alive += 1
                print(f"{mutant.path.name}:{mutant.line}: survives: {mutant.name}", flush=True)
    print(f"{len(tried)} mutants, {alive} survive; {len(known)} more are explained")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
