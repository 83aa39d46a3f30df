"""The browser files in the repository are the pinned ones, and fit the Content-Security-Policy."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def vendor():
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "scripts" / "vendor.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["vendor"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_committed_file_is_the_pinned_one(vendor):
    assert vendor.problems(vendor.read_manifest()) == []


def test_every_package_has_a_checksum_a_licence_and_its_text(vendor):
    for package in vendor.read_manifest():
        assert len(package.sha512) == 128, package.name
        assert package.licence, package.name
        assert any("LICENSE" in name for name in package.files.values()), package.name


def test_a_changed_a_missing_and_an_added_file_are_told(vendor, tmp_path):
    package = vendor.read_manifest()[-1]
    vendor.write(package, {"axe.min.js": b"changed", "extra.js": b""}, root=tmp_path)
    told = " ".join(vendor.problems([package], root=tmp_path))
    assert "axe.min.js: changed" in told
    assert "LICENSE.txt: missing" in told
    assert "extra.js: not in the manifest" in told


def test_inline_images_become_files(vendor):
    css = b'a{b:url("data:image/svg+xml;charset=utf-8,%3Csvg%2F%3E")}'
    out, images = vendor.split_images(css)
    assert list(images.values()) == [b"<svg/>"]
    assert out == b'a{b:url("%s")}' % next(iter(images)).encode()


def test_no_vendored_style_sheet_needs_data_images_and_no_script_a_source_map():
    static = ROOT / "samkoll" / "web" / "static"
    for sheet in static.rglob("*.css"):
        assert "url('data:" not in sheet.read_text().replace('"', "'"), sheet
    for script in static.rglob("*.js"):
        assert "sourceMappingURL" not in script.read_text(), script
