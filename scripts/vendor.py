"""Fetch the pinned browser files of ``vendor.toml`` into the repository, or check them offline.

Usage: vendor.py            fetch, verify the package checksums, write the files
       vendor.py --check    compare the committed files with vendor.toml (no network)
       vendor.py --pin      fetch, and write the new checksums into vendor.toml
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = Path(__file__).with_name("vendor.toml")
_INLINE = re.compile(rb"""url\((["'])data:image/svg\+xml;charset=utf-8,(.*?)\1\)""")


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package: which of its files go where, and their checksums."""

    name: str
    version: str
    folder: str
    licence: str
    sha512: str
    files: Mapping[str, str]
    sha256: Mapping[str, str]
    inline_images: str = "keep"


def read_manifest(path: Path = MANIFEST) -> list[Package]:
    """The packages of ``vendor.toml``, in order."""
    return [Package(**entry) for entry in tomllib.loads(path.read_text())["package"]]


def problems(packages: Iterable[Package], root: Path = ROOT) -> list[str]:
    """What differs between the committed files and the manifest; empty when all is well."""
    found = []
    for package in packages:
        folder = root / package.folder
        on_disk = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
        found += [f"{package.folder}/{n}: not in the manifest" for n in on_disk - {*package.sha256}]
        found += [f"{package.folder}/{n}: missing" for n in {*package.sha256} - on_disk]
        for name in sorted(on_disk & {*package.sha256}):
            if _sha256((folder / name).read_bytes()) != package.sha256[name]:
                found.append(f"{package.folder}/{name}: changed")
    return sorted(found)


def split_images(css: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The style sheet with its data: images replaced by files, and those files by name."""
    images: dict[str, bytes] = {}

    def as_file(match: re.Match[bytes]) -> bytes:
        svg = unquote_to_bytes(match[2])
        name = f"images/{_sha256(svg)[:12]}.svg"
        images[name] = svg
        return f'url("{name}")'.encode()

    return _INLINE.sub(as_file, css), images


def fetch(package: Package) -> bytes:
    """The published archive, through npm's own client."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (archive,) = Path(folder).glob("*.tgz")
        return archive.read_bytes()


def unpack(package: Package, archive: bytes) -> dict[str, bytes]:
    """The wanted files of an archive, under the names that they have here."""
    wanted: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for source, target in package.files.items():
            member = tar.extractfile(f"package/{source}")
            if member is None:
                raise SystemExit(f"{package.name} {package.version} has no file {source}.")
            wanted[target] = member.read()
    if package.inline_images == "split":
        for name in [n for n in wanted if n.endswith(".css")]:
            wanted[name], images = split_images(wanted[name])
            wanted |= images
    return wanted


def write(package: Package, files: Mapping[str, bytes], root: Path = ROOT) -> None:
    """Replace the package's folder by ``files``."""
    folder = root / package.folder
    for old in [p for p in folder.rglob("*") if p.is_file()]:
        old.unlink()
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def pin(text: str, package: Package, archive: bytes, files: Mapping[str, bytes]) -> str:
    """The manifest's text with the checksums of one package renewed."""
    head, entry = text.split(f'name = "{package.name}"', 1)
    entry, mark, rest = entry.partition("[[package]]")
    entry = re.sub(r'sha512 = ".*"', f'sha512 = "{hashlib.sha512(archive).hexdigest()}"', entry)
    sums = "".join(f'"{n}" = "{_sha256(c)}"\n' for n, c in sorted(files.items()))
    entry = f"{entry.partition('[package.sha256]')[0]}[package.sha256]\n{sums}"
    return f'{head}name = "{package.name}"{entry}' + (f"\n{mark}{rest}" if mark else "")


def main(arguments: list[str] | None = None) -> int:
    """Run as a command; 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="compare with the manifest, offline")
    parser.add_argument("--pin", action="store_true", help="write new checksums")
    options = parser.parse_args(arguments)
    packages = read_manifest()
    if not options.check:
        for package in packages:
            _renew(package, pinning=options.pin)
        packages = read_manifest()
    found = problems(packages)
    print("\n".join(found) or f"{len(packages)} packages are as pinned.")
    return 1 if found else 0


def _renew(package: Package, *, pinning: bool) -> None:
    archive = fetch(package)
    if not pinning and hashlib.sha512(archive).hexdigest() != package.sha512:
        raise SystemExit(f"{package.name} {package.version} is not the package that was pinned.")
    files = unpack(package, archive)
    if pinning:
        MANIFEST.write_text(pin(MANIFEST.read_text(), package, archive, files))
    write(package, files)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
