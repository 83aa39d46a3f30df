"""The shape of the code, as rules: doors, sizes, clocks, audit, documentation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "samkoll"
DOORS = {"models", "queries", "policies", "services", "facts", "registry"}
OPEN = {"core", "audit", "accounts", "web", "desk"}
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


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_other_packages_are_entered_by_their_doors(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    if own in MAY_ENTER_ANYWHERE:
        return
    for imported in imports(ast.parse(path.read_text(encoding="utf-8"))):
        parts = imported.split(".")
        if parts[0] != "samkoll" or len(parts) < 3 or parts[1] in {own} | OPEN:
            continue
        allowed = parts[2] in DOORS or (
            parts[1] == "stats" and parts[2] in {"metrics", "engine", "charts"}
        )
        assert allowed, f"{name_of(path)} enters {imported}: not a door"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_modules_stay_under_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_edges_read_the_clock(path: Path) -> None:
    if path.stem in EDGES or path.relative_to(PACKAGE).parts[0] in MAY_ENTER_ANYWHERE:
        return
    if path.parent.name in {"views", "cli", "jobs"}:
        return
    text = path.read_text(encoding="utf-8")
    found = re.search(
        r"\b(timezone\.now\(|timezone\.localdate\(|date\.today\(|datetime\.now\()", text
    )
    assert found is None, f"{name_of(path)} reads the clock: take today or now as an argument"


def services() -> list[Path]:
    return [p for p in modules() if p.stem == "services" or p.parent.name == "services"]


@pytest.mark.parametrize("path", services(), ids=name_of)
def test_every_change_is_in_the_log(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list):
            calls = ast.unparse(node)
            assert "audit.record(" in calls or "services." in calls or "_recorded(" in calls, (
                f"{name_of(path)}.{node.name} changes data without audit.record"
            )


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_doors_are_documented(path: Path) -> None:
    if path.stem not in DOORS | {"registry"}:
        return
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        choices = isinstance(node, ast.ClassDef) and "Choices" in ast.unparse(node)
        if public and not choices:
            assert ast.get_docstring(node), f"{name_of(path)}.{node.name} has no docstring"


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
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if is_call and node.func.id in {"_", "gettext", "ngettext"}:
                assert not any(isinstance(arg, ast.JoinedStr) for arg in node.args), name_of(path)
