"""What all tests share: the golden frames and the switch that updates them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.golden import Goldens

TESTS = Path(__file__).parent

# No test is timed, for a busy machine is no error; and the same examples are tried every time.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write the golden frames of the explainers instead of holding pictures against them",
    )


@pytest.fixture(scope="session")
def goldens(request: pytest.FixtureRequest) -> Goldens:
    update = request.config.getoption("--update-goldens")
    return Goldens(TESTS / "scenes" / "goldens", TESTS / "failures", update)
