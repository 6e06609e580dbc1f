"""What all tests share: the golden frames and the switch that updates them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import Goldens

TESTS = Path(__file__).parent


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
