"""The house rules that no linter knows; each tells good samples from bad before it judges the code."""

import ast
import importlib
import pkgutil
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from litestar import Litestar
from litestar.handlers import BaseRouteHandler

import tenor
from tenor import world as world_module
from tenor.app import create_app
from tenor.db import create_engine
from tenor.idempotency import NOT_NEEDED
from tenor.kernel.errors import TenorError
from tenor.settings import load
from tenor.world import World

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "backend" / "tenor"
SOURCES = sorted(PACKAGE.rglob("*.py"))
FILE_LINES, FUNCTION_LINES = 300, 60

Rule = Callable[[ast.Module], Iterator[str]]


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def complaints(rule: Rule, paths: list[Path]) -> list[str]:
    return [f"{room(path)}: {what}" for path in paths for what in rule(ast.parse(path.read_text()))]


# --- the rules


def no_commits(tree: ast.Module) -> Iterator[str]:
    """Nothing but db.py begins, commits or rolls back."""
    for node in ast.walk(tree):
        called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
        if called in {"commit", "rollback", "begin"}:
            yield f"line {node.lineno} calls .{called}()"


def no_floats(tree: ast.Module) -> Iterator[str]:
    """Money is integer units: no float, no Decimal, no true division."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"line {node.lineno} uses float"
        if isinstance(node, ast.ImportFrom | ast.Import) and "decimal" in ast.unparse(node).split():
            yield f"line {node.lineno} imports decimal"
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"line {node.lineno} has the float {node.value}"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            yield f"line {node.lineno} divides with /"


def no_clocks(tree: ast.Module) -> Iterator[str]:
    """Time comes from the ledger, or from world.clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            said = ast.unparse(node.func)
            if re.fullmatch(r"(datetime\.)?(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns)", said):
                yield f"line {node.lineno} calls {said}()"


def functions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(lines, name) of every function, a class's methods included, nested ones counted with their outer one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, node.name


def no_long_functions(tree: ast.Module) -> Iterator[str]:
    yield from (f"{name} has {lines} lines" for lines, name in functions(tree) if lines > 2 * FUNCTION_LINES)


def opens_with_a_sentence(tree: ast.Module) -> Iterator[str]:
    """A module says what it is and what it never does."""
    if tree.body and not ast.get_docstring(tree):
        yield "has no opening sentence"


SAMPLES: list[tuple[Rule, str, str]] = [
    (no_commits, "async with transaction(maker) as session: await session.flush()", "await session.commit()"),
    (no_commits, "beginning = commits", "async with maker.begin() as session: pass"),
    (no_commits, "x.commitment()", "session.rollback()"),
    (no_floats, "units = total // 3", "units = total / 3"),
    (no_floats, "units = int(text)", "units = float(text)"),
    (no_floats, "fee_bps = 150", "fee = 0.015"),
    (no_floats, "from tenor.kernel.money import to_decimal", "from decimal import Decimal"),
    (no_clocks, "now = world.clock.now()", "now = time.time()"),
    (no_clocks, "now = event.closed_at", "now = datetime.now(UTC)"),
    (no_clocks, "datetime(2026, 1, 1)", "datetime.date.today()"),
    (no_long_functions, "def f():\n    pass", "def f():\n" + "    x = 1\n" * 121),
    (opens_with_a_sentence, '"""Holds nothing."""\nx = 1', "x = 1"),
    (opens_with_a_sentence, "", "import os"),
]


@pytest.mark.parametrize(("rule", "good", "bad"), SAMPLES)
def test_rules_tell_good_from_bad(rule: Rule, good: str, bad: str) -> None:
    assert list(rule(ast.parse(_inside(good)))) == []
    assert list(rule(ast.parse(_inside(bad)))) != []


def _inside(source: str) -> str:
    return f"async def outer():\n    {source}" if source.startswith(("await", "async")) else source


# --- the code


def test_p075_only_db_commits() -> None:
    allowed = {"db.py", "migrations/upgrade.py"}
    assert complaints(no_commits, [path for path in SOURCES if room(path) not in allowed]) == []


def test_money_is_integers() -> None:
    money = re.compile(
        r"kernel/.*|ledger/.*|(invoices|investments|settlements)/(?!extract|evaluation|layout|numbers|commitment|duplicates|review_page).*"
    )
    assert complaints(no_floats, [path for path in SOURCES if money.fullmatch(room(path))]) == []


def test_p013_no_local_clock_decides() -> None:
    allowed = re.compile(r"wiring\.py|up/.*|edge/observing\.py")
    assert complaints(no_clocks, [path for path in SOURCES if not allowed.fullmatch(room(path))]) == []


def test_files_and_functions_are_short(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [path for path in SOURCES if "versions/" not in room(path)]
    files = sorted(((len(path.read_text().splitlines()), room(path)) for path in paths), reverse=True)
    longest = sorted(
        ((lines, f"{room(path)} {name}") for path in paths for lines, name in functions(ast.parse(path.read_text()))),
        reverse=True,
    )
    with capsys.disabled():
        print("\nlongest files:", ", ".join(f"{name} {lines}" for lines, name in files[:5]))
        print("longest functions:", ", ".join(f"{name} {lines}" for lines, name in longest[:5]))
    assert [name for lines, name in files if lines > 2 * FILE_LINES] == []
    assert complaints(no_long_functions, paths) == []


def test_modules_open_with_a_sentence_and_packages_are_empty() -> None:
    assert complaints(opens_with_a_sentence, [path for path in SOURCES if path.name != "__init__.py"]) == []
    assert [room(path) for path in SOURCES if path.name == "__init__.py" and path.read_text().strip()] == []


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "base", "core", "manager", "service", "services", "misc"}
    assert [room(path) for path in SOURCES if drawers & {part.removesuffix(".py") for part in path.parts[-2:]}] == []


# --- what the program says of itself


@pytest.fixture(scope="module")
def app() -> Litestar:
    """Routes only: nothing is connected."""
    settings = load({"DATABASE_URL": "postgresql://unused", "REDIS_URL": "redis://unused", "RPC_URL": "http://unused"})
    return create_app(create_engine(settings.database_url), cast("World", None), settings)


def modules() -> list[Any]:
    names = [found.name for found in pkgutil.walk_packages(tenor.__path__, "tenor.") if "migrations" not in found.name]
    return [importlib.import_module(name) for name in names]


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def test_every_refusal_has_a_status_and_a_code_of_its_own() -> None:
    modules()
    ours = {kind for kind in subclasses(TenorError) if kind.__module__.startswith("tenor.")}
    assert {kind.__name__: kind.status for kind in ours if not 400 <= kind.status < 600} == {}
    codes: dict[str, set[type[Any]]] = {}
    for kind in ours:
        codes.setdefault(kind.code, set()).add(kind)
    assert {code: kinds for code, kinds in codes.items() if len(kinds) > 1} == {}


def test_p096_every_route_is_mounted(app: Litestar) -> None:
    mounted = {handler.fn.__qualname__ + handler.fn.__module__ for route in app.routes for handler in _handlers(route)}
    written = {
        value.fn.__qualname__ + value.fn.__module__
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, BaseRouteHandler) and value.fn.__module__ == module.__name__
    }
    assert written - mounted == set()


def _handlers(route: Any) -> list[Any]:
    return list(getattr(route, "route_handlers", None) or [route.route_handler])


def test_p096_every_job_is_registered() -> None:
    """A job takes a row's id; what takes none is looked for by the sweeps of the worker itself."""
    worker = (PACKAGE / "worker.py").read_text()
    for path in PACKAGE.glob("*/jobs.py"):
        public = [
            node.name
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_") and len(node.args.args) > 2
        ]
        assert [name for name in public if not re.search(rf"jobs\.{name}\b", worker)] == [], room(path)


def test_p096_every_protocol_of_the_world_is_implemented() -> None:
    """By a class of ours with the same public methods; a Protocol exists only because a second one does."""
    protocols = [kind for kind in vars(world_module).values() if getattr(kind, "_is_protocol", False)]
    protocols = [kind for kind in protocols if kind.__module__ == world_module.__name__]
    assert protocols
    classes = [
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and value not in protocols
    ]
    for protocol in protocols:
        methods = {name for name in vars(protocol) if not name.startswith("_") and callable(getattr(protocol, name))}
        assert [kind for kind in classes if methods <= set(dir(kind))], protocol.__name__


def test_routes_without_a_key_exist(app: Litestar) -> None:
    posts = {route.path for route in app.routes for handler in _handlers(route) if "POST" in handler.http_methods}
    assert posts >= NOT_NEEDED


# --- the repository

_WORDS = [
    *("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"),
    *("/wo" + "rk/", "/ro" + "ot/", "tenor-" + "target", "/tmp" + "/brief"),
    *("farm-" + "studio", "Chat" + "GPT", "Clau" + "de", "Anth" + "ropic", "Open" + "AI", "co" + "pilot"),
    *("py" + "pi.org", "python" + "hosted", "registry." + "npmjs", "proxy.go" + "lang", "deb." + "debian"),
    *("static.cra" + "tes.io", "index.cra" + "tes.io"),
]
_FORBIDDEN = re.compile("|".join(rf"(?<![A-Za-z]){re.escape(word)}" for word in _WORDS))
_LOCKS = {"uv.lock", "Cargo.lock", "package-lock.json"}


@pytest.mark.parametrize("good", ["networks", "the worker", "a root key", "OpenAPI", "work/1"])
def test_words_that_are_fine(good: str) -> None:
    assert not _FORBIDDEN.search(good)


@pytest.mark.parametrize("bad", [f"# {word} later" for word in _WORDS])
def test_words_that_are_not(bad: str) -> None:
    assert _FORBIDDEN.search(bad)


def test_no_forbidden_words() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True).stdout
    found = []
    for name in filter(None, listed.decode().split("\0")):
        path = REPOSITORY / name
        if path.name in _LOCKS or not path.is_file():
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match[0]}" for match in _FORBIDDEN.finditer(text)]
    assert found == []
