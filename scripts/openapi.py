"""Writes docs/reference/openapi.json, the committed description of the whole API; `--check` only compares."""

import argparse
import json
import sys
from pathlib import Path
from typing import cast

from tenor.app import create_app
from tenor.db import create_engine
from tenor.edge.documentation import completed
from tenor.idempotency import NOT_NEEDED
from tenor.settings import load
from tenor.world import World

GOLDEN = Path(__file__).parent.parent / "docs" / "reference" / "openapi.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not current")
    check = parser.parse_args().check
    now = rendered()
    if GOLDEN.exists() and GOLDEN.read_text() == now:
        print(f"{GOLDEN.name} is current.")
        return 0
    if check:
        print(f"{GOLDEN.name} differs from the routes: run `make openapi`.")
        return 1
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    GOLDEN.write_text(now)
    print(f"{GOLDEN.name} written.")
    return 0


def rendered() -> str:
    """The description needs routes only: no database is opened and the world outside is not looked at."""
    settings = load({name: f"{scheme}://unused" for name, scheme in _UNUSED.items()})
    app = create_app(create_engine(settings.database_url), cast("World", None), settings)
    description = completed(app.openapi_schema.to_schema(), NOT_NEEDED)
    return json.dumps(description, indent=1, ensure_ascii=False) + "\n"


_UNUSED = {"DATABASE_URL": "postgresql", "REDIS_URL": "redis", "RPC_URL": "http"}

if __name__ == "__main__":
    sys.exit(main())
