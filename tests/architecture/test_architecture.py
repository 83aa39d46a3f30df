"""The shape of the code, as rules: doors, sizes, clocks, audit, documentation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "samkoll"
DOORS = {"models", "queries", "policies", "services", "facts", "registry", "forms"}
DOORS_OF = {
    "stats": {"metrics", "engine", "charts", "chance", "forecast", "records", "deriving"},
    "reports": {"chain"},
}
OPEN = {"core", "audit", "accounts", "web", "desk", "files", "documents"}
MAY_ENTER_ANYWHERE = {"project", "demo", "ops"}
EDGES = {"views", "jobs", "cli", "middleware", "conftest", "serving", "loader", "urls", "apps"}


def modules() -> list[Path]:
    return sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and "tests" not in path.parts
    )


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parsed() -> Iterator[tuple[Path, ast.Module]]:
    return ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in modules())


def is_door(parts: list[str]) -> bool:
    return parts[2] in DOORS | DOORS_OF.get(parts[1], set())


def test_other_packages_are_entered_by_their_doors() -> None:
    wrong = []
    for path, tree in parsed():
        own = path.relative_to(PACKAGE).parts[0]
        if own in MAY_ENTER_ANYWHERE:
            continue
        for imported in imports(tree):
            parts = imported.split(".")
            if parts[0] != "samkoll" or len(parts) < 3 or parts[1] in {own} | OPEN:
                continue
            if not is_door(parts):
                wrong.append(f"{name_of(path)} enters {imported}")
    assert wrong == []


def test_modules_stay_under_400_lines() -> None:
    assert [p for p in modules() if len(p.read_text(encoding="utf-8").splitlines()) >= 400] == []


def reads_the_clock(path: Path) -> bool:
    if path.relative_to(PACKAGE).parts[0] in MAY_ENTER_ANYWHERE:
        return False
    if path.stem in EDGES or path.parent.name in EDGES or path.stem.endswith("_cli"):
        return False
    text = path.read_text(encoding="utf-8")
    return bool(re.search(r"\b(timezone\.(now|localdate)\(\)|date\.today\(|datetime\.now\()", text))


def test_only_edges_read_the_clock() -> None:
    assert [name_of(path) for path in modules() if reads_the_clock(path)] == []


def called(function: ast.FunctionDef) -> set[str]:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {
        call.attr if isinstance(call, ast.Attribute) else call.id
        for call in calls
        if isinstance(call, ast.Attribute | ast.Name)
    }


def logging(functions: list[ast.FunctionDef]) -> set[str]:
    """Those that write the log, by themselves or by calling one of the others that does."""
    direct = (f for f in functions if re.search(r"audit\.record\(|services\.", ast.unparse(f)))
    known = {function.name for function in direct}
    while more := {f.name for f in functions if called(f) & known} - known:
        known |= more
    return known


def changes(function: ast.FunctionDef) -> bool:
    atomic = any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
    return atomic and not function.name.startswith("_")


def test_every_change_is_in_the_log() -> None:
    services = [
        (name_of(path), node)
        for path, tree in parsed()
        if "services" in (path.stem, path.parent.name)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    ]
    known = logging([function for _module, function in services])
    unlogged = [f"{m}.{f.name}" for m, f in services if changes(f) and f.name not in known]
    assert unlogged == []


def test_doors_are_documented() -> None:
    silent = []
    for path, tree in parsed():
        if path.stem not in DOORS:
            continue
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node) and "Choices" not in ast.unparse(node):
                silent.append(f"{name_of(path)}.{node.name}")
    assert silent == []


def test_models_do_not_override_save() -> None:
    for path in modules():
        if path.stem == "models":
            assert "def save(" not in path.read_text(encoding="utf-8"), name_of(path)


def test_every_source_anchor_exists() -> None:
    known = set(re.findall(r'<a id="([a-z0-9-]+)"', (ROOT / "docs" / "sources.md").read_text()))
    for path in modules():
        for anchor in re.findall(r"docs/sources\.md#([a-z0-9-]+)", path.read_text()):
            assert anchor in known, f"{name_of(path)} names docs/sources.md#{anchor}"


def test_every_setting_is_documented() -> None:
    settings = (PACKAGE / "project" / "settings.py").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "operators" / "settings.md").read_text(encoding="utf-8")
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    assert names
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_paths_in_the_contributing_guide_exist() -> None:
    guide = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:samkoll|docs|tests|bench|scripts)/[\w./-]+)`", guide)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_templates_stay_small() -> None:
    long = [p for p in PACKAGE.rglob("*.html") if len(p.read_text().splitlines()) > 120]
    assert long == []


def test_gettext_gets_no_f_strings() -> None:
    calls = [
        (path, node.func.id, node.args)
        for path, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    wrong = [
        name_of(path)
        for path, function, arguments in calls
        if function in {"_", "gettext", "ngettext"}
        and any(isinstance(argument, ast.JoinedStr) for argument in arguments)
    ]
    assert wrong == []
