"""Uploads are unreadable on disk, and any change to them is noticed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.imports.vault import CHUNK, Vault, VaultDamaged

KEY = b"v" * 32


@settings(max_examples=20, deadline=None)
@given(
    st.binary(max_size=50),
    st.sampled_from([0, 1, CHUNK - 1, CHUNK, 2 * CHUNK + 7]),
    st.integers(1, 3),
)
def test_what_is_stored_is_read_back(tmp_path_factory, piece, size, parts):
    vault = Vault(tmp_path_factory.mktemp("vault"), KEY)
    content = (piece * (size // max(1, len(piece)) + 1))[:size]
    step = max(1, len(content) // parts)
    stored = vault.store(content[at : at + step] for at in range(0, len(content), step))
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    with vault.open(stored.name) as stream:
        assert stream.read() == content


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Vault, str, Path]:
    vault = Vault(tmp_path / "v", KEY)
    name = vault.store([b"19800101-9876;" * 200_000]).name
    return vault, name, tmp_path / "v" / name


def test_nothing_can_be_read_from_the_disk(stored):
    _, _, path = stored
    assert b"19800101" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "damage",
    [lambda raw: raw[:-1], lambda raw: raw[: 12 + CHUNK + 16], lambda raw: raw[:4],
     lambda raw: raw[:50] + bytes([raw[50] ^ 1]) + raw[51:], lambda raw: b"",
     lambda raw: raw[:12] + raw[28 + CHUNK : 44 + 2 * CHUNK] + raw[12 : 28 + CHUNK]],
)  # fmt: skip
def test_every_change_is_noticed(stored, damage):
    vault, name, path = stored
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(VaultDamaged), vault.open(name) as stream:
        stream.read()


def test_a_file_under_another_name_or_key_cannot_be_read(stored):
    vault, name, path = stored
    path.with_name("0" * 32).write_bytes(path.read_bytes())
    for other, which in ((vault, "0" * 32), (Vault(path.parent, b"x" * 32), name)):
        with pytest.raises(VaultDamaged), other.open(which) as stream:
            stream.read()


def test_a_deleted_file_is_gone_and_deleting_again_is_no_fault(stored):
    vault, name, _ = stored
    vault.delete(name)
    vault.delete(name)
    vault.delete("")
    assert vault.names() == []
    with pytest.raises(VaultDamaged, match="finns inte kvar"):
        vault.open(name)


def test_nothing_is_left_when_storing_fails(tmp_path):
    def blocks():
        yield b"x"
        raise OSError("avbrott")

    vault = Vault(tmp_path, KEY)
    with pytest.raises(OSError, match="avbrott"):
        vault.store(blocks())
    assert vault.names() == []


def test_a_sealed_row_is_bound_to_its_batch(tmp_path):
    vault = Vault(tmp_path, KEY)
    sealed = vault.seal(b"19800101-9876", "7:2")
    assert vault.unseal(sealed, "7:2") == b"19800101-9876"
    with pytest.raises(VaultDamaged):
        vault.unseal(sealed, "7:3")
