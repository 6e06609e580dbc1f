"""The last picture of every beat of every explainer, as somebody has looked at it; its layout.

After a change that is meant: ``pytest tests/scenes --update-goldens``, and look at the sheets.
"""

import pytest

from scenes.catalogue import SLUGS
from scenes.theme import THEMES, ThemeName
from tests.golden import Goldens
from tests.scenes.takes import last_pictures, notes_problems, plan_of


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_beat_ends_as_in_its_golden_frame_and_reads_well(
    slug: str, theme: ThemeName, goldens: Goldens
):
    plan, found = plan_of(slug), dict[str, list[str]]()
    pictures = last_pictures(plan, THEMES[theme], after_beat=notes_problems(found))
    goldens.hold(f"{slug}-{theme}", pictures)
    assert found == {beat.name: [] for beat in plan.beats}


def test_every_sheet_belongs_to_an_explainer(goldens: Goldens):
    known = {f"{slug}-{theme}.webp" for slug in SLUGS for theme in THEMES}
    forgotten = [path for path in goldens.folder.glob("*") if path.name not in known]
    if goldens.update:
        for path in forgotten:
            path.unlink()
    else:
        assert not forgotten, "no explainer has these sheets: pytest --update-goldens deletes them"
