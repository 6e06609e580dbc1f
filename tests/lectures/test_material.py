"""What is said of an explainer: all of it from its beats."""

from itertools import pairwise

import pytest
import webvtt

from convmath import InputError
from lectures.material import Material
from rendering.quality import quality_named
from scenes.catalogue import SLUGS, plan_class

DRAFT = quality_named("draft")


def material(slug: str = "flip-and-shift", **more: object) -> Material:
    return Material(plan_class(slug)(), DRAFT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_steps_cover_the_clip_and_each_begins_where_the_one_before_ends(slug: str) -> None:
    made = material(slug)
    steps = made.steps
    covered = [frame for step in steps for frame in step.frames]
    assert covered == list(range(made.timeline.frames))
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert steps[0].clip == steps[0].frames
    for before, after in pairwise(steps):
        assert before.last_frame == before.clip[-1] == after.clip[0] == after.first_frame
        assert len(after.clip) == len(after.frames) + 1


@pytest.mark.parametrize("slug", SLUGS)
def test_webvtt_says_every_caption_in_time(slug: str) -> None:
    made = material(slug)
    cues = webvtt.from_string(made.captions_vtt).captions
    said = " ".join(" ".join(cue.text.split()) for cue in cues)
    assert said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == " ".join(
        " ".join(step.caption.split()) for step in made.steps
    )
    for before, after in pairwise(cues):
        assert before.start_in_seconds < before.end_in_seconds <= after.start_in_seconds
    chapters = webvtt.from_string(made.chapters_vtt).captions
    assert [each.start_in_seconds for each in chapters] == [int(step.start) for step in made.steps]
    assert len({each.text for each in chapters}) > 1


@pytest.mark.parametrize("slug", SLUGS)
def test_poster_and_transcript_tell_the_story(slug: str) -> None:
    made = material(slug)
    assert made.poster.number > len(made.steps) / 3
    assert made.poster.caption in made.alt
    for step in made.steps:
        assert f"{step.title}\n{step.caption}\n" in made.transcript
    assert made.question in made.transcript


def test_captions_of_a_step_begin_with_its_clip() -> None:
    made = material()
    step = made.steps[3]
    cues = webvtt.from_string(made.captions_of(step)).captions
    assert cues[0].start_in_seconds == 0
    assert " ".join(" ".join(cue.text.split()) for cue in cues) == step.caption


def test_captions_and_title_of_ones_own() -> None:
    made = material(captions={"flip": "Mirror it."}, title="Week 3")
    assert {step.name: step.caption for step in made.steps}["flip"] == "Mirror it."
    assert "Mirror it." in made.captions_vtt
    assert made.transcript.startswith("Week 3\n")
    assert made.steps[0].caption == material().steps[0].caption


def test_a_caption_for_no_beat_is_refused() -> None:
    with pytest.raises(InputError, match="no beat 'flp': did you mean 'flip'"):
        material(captions={"flp": "Mirror it."})


def test_captions_stand_in_the_picture_only_if_asked_for() -> None:
    assert material().strip is None
    burnt = material(burn_captions=True, captions={"flip": "Mirror it."})
    assert burnt.strip is not None
    assert ("Mirror it.",) in [cue.lines for cue in burnt.strip.cues]


def test_captions_that_cannot_be_read_in_their_time_are_known() -> None:
    (flip,) = (step for step in material().steps if step.name == "flip")
    assert flip.legible == int(16 * 10 * (flip.end - flip.start) + 0.5) // 10
    for length, hurried in ((flip.legible, []), (flip.legible + 1, ["flip"])):
        told = material(captions={"flip": "x" * length}).hurried
        assert [step.name for step in told] == hurried
    assert material().hurried == []
