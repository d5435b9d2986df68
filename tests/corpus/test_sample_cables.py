from __future__ import annotations

from pathlib import Path

from corpus.sample_cables import samples_folder


def test_the_folder_is_the_one_of_the_package(root: Path) -> None:
    with samples_folder() as folder:
        assert folder.samefile(root / "corpus" / "samples")
        assert (folder / "README.md").is_file()
