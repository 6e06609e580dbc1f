import pytest

from rendering.quality import Quality, quality_named


def test_presets() -> None:
    assert quality_named("draft") == Quality("draft", 640, 360, 15)
    assert quality_named("low") == Quality("low", 960, 540, 30)
    assert quality_named("medium") == Quality("medium", 1280, 720, 30)
    assert quality_named("high") == Quality("high", 1920, 1080, 60)
    assert quality_named("4k", fps=24) == Quality("4k", 3840, 2160, 24)


def test_what_cannot_be_encoded_is_refused() -> None:
    with pytest.raises(ValueError, match="draft, low, medium, high, 4k"):
        quality_named("ultra")
    with pytest.raises(ValueError, match="even"):
        Quality("odd", 641, 360, 15)
    with pytest.raises(ValueError, match="frames a second"):
        quality_named("low", fps=0)
