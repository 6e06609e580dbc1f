"""Files that parameters name: a clip is made anew when one of them has changed."""

from pathlib import Path

import pytest
from PIL import Image

from commandline.filming import scene_of
from scenes.catalogue import plan_class


@pytest.mark.parametrize("slug", ["image-kernel"])
def test_a_picture_counts_by_what_is_in_it(slug: str, tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    plan = plan_class(slug)
    made = plan(plan.Parameters(image=str(file)))
    hashes = []
    for grey in (10, 10, 11):
        Image.new("L", (30, 30), grey).save(file)
        hashes.append(dict(scene_of(made, "dark").inputs)[str(file)])
    assert hashes[0] == hashes[1] != hashes[2]
    assert scene_of(plan(), "dark").inputs == {}
