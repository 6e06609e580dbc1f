"""The words of two drops of a ball, and of two dice."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BALL", "DICE", "DropWords"]


@dataclass(frozen=True)
class DropWords:
    """What is said of either; ``{c}`` stands for the total."""

    first: str
    second: str
    get: str
    question: str
    independent: str
    drops_heading: str
    drops: str
    ask: str
    whole_heading: str
    before_heading: str
    before: str


BALL = DropWords(
    first="first drop",
    second="second drop",
    get="get to",
    question="How far does it get in both drops together?",
    independent="The drops do not affect each other (they are independent)",
    drops_heading="A ball is dropped twice",
    drops=(
        "A ball is dropped and rolls a places, with probability f(a). From there it is dropped "
        "again and gets b places further, with probability g(b)."
    ),
    ask="How likely is it that the ball gets to {c} in all?",
    whole_heading="How far the ball gets: f * g",
    before_heading="It lies at {c}. Where was it before?",
    before="The ball lies at {c}. Where had the first drop left it?",
)

DICE = DropWords(
    first="first die",
    second="second die",
    get="throw",
    question="What can be said of the sum of both?",
    independent="The dice do not affect each other (they are independent)",
    drops_heading="Two dice are thrown",
    drops=(
        "The first die shows a, with probability f(a); the second one shows b, with probability "
        "g(b). What can be said of the sum c = a + b?"
    ),
    ask="How likely is the sum {c}?",
    whole_heading="The sum of two dice: f * g",
    before_heading="The sum is {c}. What did the first die show?",
    before="The sum is {c}. What had the first die shown?",
)
