"""The four package names are common words: nobody else may own them, and no test may stand in for them."""

from __future__ import annotations

from importlib.metadata import packages_distributions

from tests.conventions.source import LAYERS, ROOT, modules, place


def test_each_of_the_four_packages_has_one_owner() -> None:
    owners = packages_distributions()
    assert {name: set(owners.get(name, ())) for name in LAYERS} == {name: {"anjuan"} for name in LAYERS}, (
        "another package brought one of these names, or Anjuan is not installed: make clean setup"
    )


def test_no_test_folder_is_named_like_a_layer_or_is_a_package() -> None:
    folders = [path for path in (ROOT / "tests").rglob("*") if path.is_dir() and path.name != "__pycache__"]
    assert [path for path in folders if path.name in LAYERS] == []
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_folder_with_code_is_a_package() -> None:
    """Where `__init__.py` is missing, import contracts see nothing of the folder and an editable install no data files."""
    missing = {place(path.parent) for path in modules(*LAYERS) if not path.with_name("__init__.py").exists()}
    assert missing == set()
