"""``embed``: what a lecturer embeds, in a folder."""

from pathlib import Path

from tests.commandline.run import run_well, tree

SLUG = "discrete-flip-and-shift"
SMALL = ("--quality", "draft", "--fps", "4", "--h", "3,2,1", "--x", "1,1")


def test_a_web_page_in_a_folder_of_its_own(tmp_path: Path) -> None:
    done = run_well("embed", SLUG, "--to", "html", *SMALL, cwd=tmp_path)
    made = f"media/{SLUG}-html"
    assert f"{made}/{SLUG}.html  8 files" in done.stderr
    assert len(tree(tmp_path / made)) == 8
    assert list(tree(tmp_path)) == sorted(
        ["media", made, *(f"{made}/{name}" for name in tree(tmp_path / made))]
    )


def test_slides_in_one_file_where_they_are_wanted(tmp_path: Path) -> None:
    words = ("--to", "revealjs", "--one-file", "--burn-captions", "--theme", "light")
    run_well("embed", SLUG, *words, "-o", "week3", "--quiet", *SMALL, cwd=tmp_path)
    assert list(tree(tmp_path)) == ["week3", f"week3/{SLUG}-slides.html"]


def test_it_is_made_in_the_folder_one_is_in(tmp_path: Path) -> None:
    run_well("embed", SLUG, "--to", "pdf", "-o", ".", "--quiet", *SMALL, cwd=tmp_path)
    assert list(tree(tmp_path)) == [f"{SLUG}.pdf"]
