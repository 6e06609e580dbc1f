"""What flip-or-not says: the beats of its story, with the numbers of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenes.beat import Beat
from scenes.numerals import brief, number
from scenes.plans.lanes import Lane

if TYPE_CHECKING:
    from scenes.plans.flip_or_not import FlipOrNotPlan
from scenes.wording import listed

__all__ = ["answers", "questions", "story", "verdict"]

_SUBSCRIPTS = "₁₂₃₄"


def story(plan: FlipOrNotPlan) -> tuple[Beat, ...]:
    """All beats, in order."""
    first, second, third = plan.lanes
    return (
        *_preparation(plan),
        _slide(plan, "first", first),
        _predict(plan),
        _slide(plan, "second", second),
        _slide(plan, "third", third),
        _swap(plan),
        _symmetric(plan),
        _find(plan),
        *_matrix(plan),
    )


def questions(plan: FlipOrNotPlan) -> tuple[str, str]:
    """What is asked in the second and in the third lane, in a few words each."""
    return ("the same output?" if _differ_by_flip(plan) else "where does it lie?"), _WHERE


_WHERE = "where is it largest?"


def answers(plan: FlipOrNotPlan) -> tuple[str, str]:
    """What these `questions` are answered; empty where the picture alone answers."""
    _, second, third = plan.lanes
    same = _compared(plan) if _differ_by_flip(plan) else _largest_at(plan, second)
    return same, _largest_at(plan, third)


def _compared(plan: FlipOrNotPlan) -> str:
    return "the same" if plan.flip_changes_nothing else "not the same"


def _largest_at(plan: FlipOrNotPlan, lane: Lane) -> str:
    if lane.pairing.is_auto:
        return "at lag 0"
    is_largest = lane.has_peak and lane.superlative == "largest"
    return f"at {plan.outer} = {brief(lane.peak[0])}" if is_largest else ""


def verdict(plan: FlipOrNotPlan) -> tuple[str, str]:
    """What the largest score says of the pattern: in a few words, and in a sentence."""
    search = plan.search
    if all(search.is_copy(n) for n in search.found):
        return (
            "the pattern itself",
            f"There stands the pattern; the score is its energy. A louder piece could score "
            f"more; {_NORMALISED}, could not.",
        )
    if set(search.found) <= set(search.alike):
        return (
            "most like the pattern",
            f"No piece of the signal is more like the pattern: {_NORMALISED}, is largest there "
            f"as well.",
        )
    return (
        "only louder",
        f"That piece is only louder: the one most like the pattern is at "
        f"n = {_places(search.alike)}, where {_NORMALISED}, is largest.",
    )


_NORMALISED = "the normalised correlation, divided by both norms"


def _preparation(plan: FlipOrNotPlan) -> tuple[Beat, ...]:
    kind = "sequences" if plan.is_discrete else "signals"
    ways = [f"{lane.text} ({lane.operation})" for lane in plan.lanes]
    return (
        Beat(
            "signals",
            f"Two {kind}, three ways to meet",
            f"Two {kind}, f and g, meet in three ways: {listed(ways)}.",
            6.0,
        ),
        Beat(
            "flip",
            "Flip it, or not",
            f"The one named first moves, by {plan.outer}. A convolution flips it first; a "
            f"correlation moves it as it is, and calls {plan.outer} the lag.",
            8.0,
        ),
    )


def _slide(plan: FlipOrNotPlan, name: str, lane: Lane) -> Beat:
    mover, fixed = lane.names
    way = "flipped" if lane.pairing.flips else "not flipped"
    over = "a copy of itself" if lane.pairing.is_auto else fixed
    sums = "sum of the products" if plan.is_discrete else "area of the product"
    caption = f"{mover}, {way}, moves over {over}; the {sums} is {lane.text}"
    if name == "second" and _differ_by_flip(plan):
        caption += f": {_compared(plan)} as {plan.lanes[0].text}"
    caption += "."
    heading = f"{lane.operation.capitalize()} of f and g"
    if lane.pairing.is_auto:
        heading = f"{lane.operation.capitalize()} of {mover}"
        energy = f"{'Σ' if plan.is_discrete else '∫'} {mover}²"
        caption += f" It is largest at lag 0, where {mover} meets itself: its energy "
        caption += f"{energy} = {plan.value(lane)}."
    elif lane.has_peak:
        caption += f" It is {lane.superlative} at {plan.outer} = {brief(lane.peak[0])}: "
        caption += f"{plan.value(lane)}."
    return Beat(name, heading, caption, 0.5 + plan.slide_seconds(lane) + 4.2)


def _differ_by_flip(plan: FlipOrNotPlan) -> bool:
    """Whether the first two lanes are a convolution and a correlation of f and g."""
    first, second, _ = plan.lanes
    same = {*first.names} == {*second.names}
    return same and first.pairing.flips != second.pairing.flips


def _predict(plan: FlipOrNotPlan) -> Beat:
    first, second, third = plan.lanes
    question = f"Where does {second.text} lie?"
    if _differ_by_flip(plan):
        question = f"Is {second.text} the same as {first.text}?"
    return Beat(
        "predict",
        "Predict",
        f"Two lanes are left. Predict: {question} And where is {third.text} largest?",
        5.0,
    )


def _swap(plan: FlipOrNotPlan) -> Beat:
    parts = []
    for lane, other in zip(plan.lanes, plan.swapped, strict=True):
        if lane.pairing.is_auto:
            parts.append(f"{lane.text} is its own mirror image.")
        elif lane.pairing.flips:
            parts.append(f"{other.text} is the same as {lane.text}: convolution commutes.")
        else:
            parts.append(f"{other.text} is {lane.text}, mirrored about lag 0.")
    return Beat("swap", "Swap the names", "Swap f and g. " + " ".join(parts), 9.0)


def _symmetric(plan: FlipOrNotPlan) -> Beat:
    one, other = plan.even_lanes
    mover, fixed = plan.across.mover, plan.across.fixed
    return Beat(
        "symmetric",
        "Symmetric: the flip does nothing",
        f"Let something symmetric, s, move in place of {mover}. Now the flip does nothing: "
        f"{one.text} = {other.text}. Were only {fixed} symmetric, they would be mirror images.",
        9.0,
    )


def _find(plan: FlipOrNotPlan) -> Beat:
    caption = "A short pattern moves over a long signal. The cross-correlation is largest at "
    caption += f"n = {_places(plan.search.found)}: {plan.top_text}. {verdict(plan)[1]}"
    return Beat("find", "Find a pattern", caption, 3.0 + plan.search_seconds + 3.0)


def _matrix(plan: FlipOrNotPlan) -> tuple[Beat, ...]:
    m, n = plan.moments.shape
    (i, j), count = plan.entry, len(plan.moments)
    likely = "equally likely outcomes" if plan.is_even else "outcomes"
    value = brief(float(plan.moments.output[i, j]))
    entry = f"X{_SUBSCRIPTS[i]} times Y{_SUBSCRIPTS[j]}"
    return (
        Beat(
            "vectors",
            "Two random vectors",
            f"Two random vectors with {count} {likely}: X has {m} components, Y has {n}. In each "
            f"outcome, multiply every component of X by every one of Y.",
            7.0,
        ),
        Beat(
            "matrix",
            "The cross-correlation matrix",
            f"The mean of X times Y transposed is a matrix of {m} by {n}. Row {i + 1}, column "
            f"{j + 1} is the mean of {entry}: {value}.",
            11.0,
        ),
    )


def _places(places: list[int]) -> str:
    """``3``, ``3 and 7``, or the first three and how many more."""
    names = [number(n, 0) for n in places[:3]]
    if len(places) > 3:
        names.append(f"{len(places) - 3} more")
    return listed(names)
