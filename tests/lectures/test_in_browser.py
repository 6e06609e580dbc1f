"""Web pages and slides, opened from the disk in a real browser."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lectures.material import Material
from scenes.catalogue import plan_class
from tests.lectures.browser import chromium, screenshot, states, violations
from tests.lectures.conftest import SLUG, SMALL

if chromium() is None:
    pytest.skip(
        "no Chromium: web pages and slides were not opened in a browser (apt install chromium)",
        allow_module_level=True,
    )

STEPS = Material(plan_class(SLUG)(), SMALL).steps
CALM: dict[str, str] = {"reduced_motion": "reduce"}
PAGES = ["html", "html-one-file"]
DECKS = ["revealjs", "revealjs-one-file"]


def opened(page: Any, file: Path, sources: str = "") -> None:
    """The page, with the metadata of its first video; ``sources`` are left in it."""
    if sources:
        text = file.read_text("utf-8")
        other = {"mp4": "webm", "webm": "mp4"}[sources]
        file = file.with_name(f"only-{sources}.html")
        file.write_text(text.replace(f'type="video/{other}"', 'type="video/none"'), "utf-8")
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelector('video').readyState >= 2", timeout=20_000)


def plays(page: Any, number: int = 0) -> None:
    """Wait until a video has gone on for a while."""
    page.wait_for_function(
        f"document.querySelectorAll('video')[{number}].currentTime > 0.3", timeout=20_000
    )


@pytest.mark.parametrize("only", ["mp4", "webm"])
def test_both_clips_load_play_and_seek(only: str, made: dict[str, Path], page: Any) -> None:
    opened(page, made["html"], only)
    (state,) = states(page)
    assert state["source"].endswith(f".{only}")
    assert (state["error"], state["width"], state["paused"]) == (None, SMALL.width, True)
    assert state["duration"] == pytest.approx(STEPS[-1].end, abs=0.05)
    page.evaluate("document.querySelector('video').play()")
    plays(page)
    page.evaluate("document.querySelector('video').currentTime = 50")
    page.wait_for_function("!document.querySelector('video').seeking")
    assert states(page)[0]["time"] >= 50


@pytest.mark.parametrize("variant", PAGES)
def test_chapters_seek_and_captions_show(variant: str, made: dict[str, Path], page: Any) -> None:
    opened(page, made[variant])
    assert page.locator("video").get_attribute("poster")
    buttons = page.get_by_role("navigation", name="Chapters").get_by_role("button")
    assert buttons.count() == len(STEPS)
    for step in (STEPS[5], STEPS[2]):
        buttons.nth(step.number - 1).click()
        page.evaluate("document.querySelector('video').pause()")
        begin = " ".join(step.caption.split()[:3])
        page.wait_for_function(
            "text => document.querySelector('.said').innerText.startsWith(text)",
            arg=begin,
            timeout=10_000,
        )
        assert step.start - 0.05 <= states(page)[0]["time"] < step.end
        assert page.locator("[aria-current]").inner_text().endswith(step.title)


def test_captions_of_the_track_are_those_of_the_player_without_a_script(
    made: dict[str, Path], browser: Any
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(made["html"].as_uri())
        assert page.locator("track[kind=captions][default]").count() == 1
        assert not page.locator(".said").is_visible()


@pytest.mark.parametrize(
    ("context", "plays_itself"), [({}, True), (CALM, False)], indirect=["context"]
)
def test_a_page_plays_by_itself_only_where_motion_is_welcome(
    plays_itself: bool, made: dict[str, Path], page: Any
) -> None:
    opened(page, made["html-playing"])
    if plays_itself:
        plays(page)
    page.wait_for_timeout(300)
    assert states(page)[0]["paused"] is not plays_itself
    assert page.evaluate("document.querySelector('video').muted")
    assert page.evaluate("document.querySelector('video').loop")


@pytest.mark.parametrize("variant", [*PAGES, *DECKS])
def test_axe_finds_nothing(variant: str, made: dict[str, Path], page: Any) -> None:
    opened(page, made[variant])
    assert violations(page) == ""


def test_axe_finds_nothing_on_light_ground_or_a_narrow_page(
    made: dict[str, Path], page: Any
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, made["html"])
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def deck(page: Any, file: Path, *, playing: bool = True) -> None:
    if not playing:
        page.add_init_script("HTMLMediaElement.prototype.play = () => Promise.resolve()")
    opened(page, file)
    page.wait_for_function("Reveal.isReady()")


@pytest.mark.parametrize("variant", DECKS)
def test_a_slide_plays_by_itself_and_stops_at_its_end(
    variant: str, made: dict[str, Path], page: Any
) -> None:
    deck(page, made[variant])
    assert page.locator("video[autoplay]").count() == 0
    assert page.locator("video").count() == len(STEPS)
    for step in STEPS[:2]:
        plays(page, step.number - 1)
        page.evaluate(f"videos[{step.number - 1}].playbackRate = 8")
        page.wait_for_function(f"videos[{step.number - 1}].ended", timeout=20_000)
        assert page.evaluate("Reveal.getIndices().h") == step.number - 1
        later = states(page)[step.number :]
        assert all(each["time"] == 0 and each["paused"] for each in later)
        page.keyboard.press("ArrowRight")


def at_its_end(page: Any, number: int) -> None:
    """As if this slide had been played; with its last picture painted."""
    page.wait_for_function(f"videos[{number}].readyState >= 2")
    page.evaluate(f"stand(videos[{number}], true)")
    page.wait_for_function(f"!videos[{number}].seeking")
    page.wait_for_timeout(300)


def test_slides_go_both_ways_without_a_flash(made: dict[str, Path], page: Any) -> None:
    deck(page, made["revealjs"], playing=False)
    page.add_style_tag(content=".reveal .progress { display: none !important }")
    shown = []
    for number in range(4):
        at_its_end(page, number)
        before = screenshot(page)
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"Reveal.getIndices().h === {number + 1}")
        assert np.abs(before - screenshot(page)).max() <= 2  # of 255: scaling of one and the same
        shown.append(before)
    for number in (3, 2, 1, 0):
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(f"Reveal.getIndices().h === {number}")
        assert np.abs(shown[number] - screenshot(page)).max() <= 2
    assert np.abs(shown[0] - shown[3]).max() > 100
    box = page.locator("video").first.bounding_box()
    assert (box["width"], box["height"]) == (1280, 720)


def test_a_jump_far_back_shows_how_that_beat_ended(made: dict[str, Path], page: Any) -> None:
    deck(page, made["revealjs"])
    page.evaluate("Reveal.slide(11)")
    page.wait_for_function("videos[11].readyState >= 2")
    page.evaluate("Reveal.slide(1)")
    page.wait_for_function("videos[1].readyState >= 2 && !videos[1].seeking")
    page.wait_for_timeout(200)
    state = states(page)[1]
    assert state["paused"]
    assert state["time"] == pytest.approx(state["duration"], abs=1 / SMALL.fps)


@pytest.mark.parametrize("context", [CALM], indirect=True)
def test_slides_wait_where_less_motion_is_preferred(made: dict[str, Path], page: Any) -> None:
    deck(page, made["revealjs"])
    page.wait_for_timeout(400)
    assert all(each["paused"] and each["time"] == 0 for each in states(page))
    page.keyboard.press("p")
    plays(page)
    page.keyboard.press("p")
    assert states(page)[0]["paused"]


def test_keys_play_again_and_show_captions(made: dict[str, Path], page: Any) -> None:
    deck(page, made["revealjs"])
    plays(page)
    page.evaluate("videos[0].currentTime = 4")
    page.keyboard.press("r")
    page.wait_for_function("videos[0].currentTime < 2")
    page.keyboard.press("c")
    page.wait_for_function("videos[0].textTracks[0].activeCues?.length === 1")
    assert page.evaluate("videos[3].textTracks[0].mode") == "showing"


def test_notes_are_the_captions(made: dict[str, Path], page: Any) -> None:
    deck(page, made["revealjs"])
    notes = page.locator("aside.notes").all_text_contents()
    assert notes == [step.caption for step in STEPS]
