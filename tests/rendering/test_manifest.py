"""What a manifest says of the programs that made its clip."""

from importlib.metadata import PackageNotFoundError, version

import pytest

from rendering import manifest


def test_the_versions_are_those_that_are_installed() -> None:
    found = manifest.versions()
    assert (found["faltung"], found["numpy"]) == (version("faltung"), version("numpy"))


def test_source_that_was_never_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(manifest, "version", unknown)
    assert manifest.own_version() == "not installed"
