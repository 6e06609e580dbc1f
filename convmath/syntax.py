"""From what a person types to a tree: the grammar of signals, never evaluated as Python.

A precedence-climbing parser. From loosest to tightest:

    sum       a + b, a - b
    product   a * b, a / b, and the implied a b (before a name or a parenthesis), left to right
    sign      -a, +a
    power     a ^ b, a ** b, right to left; a², a³

so that ``-t^2`` is −(t²). After ``/`` or ``^`` an implied factor must stand apart: ``1/2 t`` is
(1/2) t, but ``1/2t`` and ``e^-2t`` could be read in two ways and are refused.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, NoReturn, TypeAlias

from convmath.errors import InputError

__all__ = [
    "CONSTANTS",
    "FUNCTIONS",
    "LARGEST",
    "Binary",
    "Call",
    "Cases",
    "Comparison",
    "Constant",
    "Negative",
    "Node",
    "Number",
    "Relation",
    "Syntax",
    "Variable",
    "children",
    "start_of",
]

LONGEST = 500  # characters
MOST_NODES = 200
DEEPEST = 50
LARGEST = 1e12  # of any number typed or computed

CONSTANTS = ("pi", "e")
FUNCTIONS = (
    *("u", "rect", "tri", "ramp", "gauss", "sinc", "delta"),
    *("sin", "cos", "tan", "exp", "log", "sqrt", "abs", "sign", "min", "max"),
)
ALIASES = {"t": ("t", "tau", "τ"), "n": ("n", "k")}
SYNONYMS = {
    **dict.fromkeys(("heaviside", "step", "theta", "θ", "H"), "u"),
    "box": "rect",
    "tent": "tri",
    "ln": "log",
    "sgn": "sign",
}
EQUIVALENTS = {
    **dict.fromkeys("−–", "-"),
    **dict.fromkeys("·⋅×∗", "*"),
    "÷": "/",
    "**": "^",
    "≤": "<=",
    "≥": ">=",
    "π": "pi",
    "δ": "delta",
}
TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*|[πδτθ])"
    r"|(?P<sign>\*\*|<=|>=|==|[-+*/^()\[\],:<>=@−–·⋅×∗÷≤≥²³])"
)

Relation: TypeAlias = Literal["<", "<=", ">", ">="]
RELATIONS = ("<", "<=", ">", ">=")
CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number, typed or computed."""

    value: float
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """``pi`` or ``e``."""

    name: str
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """The variable of the signal."""

    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Negative:
    """``-inner``."""

    inner: Node
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Binary:
    """``left sign right``; ``at`` is the column of the sign, or of ``right`` where implied."""

    sign: Literal["+", "-", "*", "/", "^"]
    left: Node
    right: Node
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function of one or more arguments."""

    name: str
    arguments: tuple[Node, ...]
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """``sides[0] relations[0] sides[1] …``, such as ``0 <= t < 2``."""

    sides: tuple[Node, ...]
    relations: tuple[Relation, ...]
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """``piecewise(…)``: the first branch whose condition holds; zero where none does."""

    branches: tuple[tuple[Comparison, Node], ...]
    otherwise: Node | None
    at: int


Node: TypeAlias = Number | Constant | Variable | Negative | Binary | Call | Cases


def children(node: Node) -> Iterator[Node]:
    """The parts a node is made of, conditions included."""
    match node:
        case Negative():
            yield node.inner
        case Binary():
            yield node.left
            yield node.right
        case Call():
            yield from node.arguments
        case Cases():
            for condition, value in node.branches:
                yield from condition.sides
                yield value
            if node.otherwise is not None:
                yield node.otherwise


def start_of(node: Node) -> int:
    """The column where a node begins."""
    while isinstance(node, Binary):
        node = node.left
    return node.at


class Token(NamedTuple):
    """One word of the text; ``apart`` if white space stands before it."""

    kind: str  # number, name, sign or end
    text: str
    at: int
    apart: bool


class Syntax:
    """One text and how far it has been read.

    Parameters
    ----------
    text
        What was typed.
    variable
        The name of the variable; ``t`` may also be written ``tau`` or ``τ``, and ``n`` as ``k``.

    Raises
    ------
    InputError
        Already here, if the text is too long or holds a character without a meaning.

    Examples
    --------
    >>> tree = Syntax("2 exp(-t/2)").expression()
    >>> tree.sign, tree.left.value, tree.right.name
    ('*', 2.0, 'exp')
    """

    def __init__(self, text: str, variable: str = "t") -> None:
        self.text = text
        self.variable = variable
        self.spelled: str | None = None
        self.nodes = 0
        self.depth = 0
        self.next = 0
        self.raised = -1  # where an exponent without parentheses ended
        if len(text) > LONGEST:
            self.text = text[: LONGEST + 40]
            self.fail(
                f"this is too long: {len(text)} characters",
                LONGEST,
                f"at most {LONGEST} characters, or a .csv or .npy file",
            )
        self.tokens = list(self._tokens())

    def fail(self, problem: str, at: int, accepted: str | None = None) -> NoReturn:
        """Refuse the text because of what stands at column ``at``."""
        raise InputError(problem, typed=self.text, position=at, accepted=accepted)

    @property
    def accepted(self) -> str:
        """What an expression is made of."""
        v = self.variable
        return (
            f"numbers, pi, e, {v}, + - * / ^ ( ), {' '.join(FUNCTIONS)}, "
            f"and piecewise(0<={v}<2: 1, 2<={v}<4: 1/2, otherwise 0)"
        )

    @property
    def is_list(self) -> bool:
        """Whether the text is a list of numbers: it begins with [, or has a comma or @ outside."""
        depth = 0
        for token in self.tokens:
            depth += (token.text in CLOSING) - (token.text in CLOSING.values())
            if token.text == "@" or (token.text == "," and depth == 0):
                return True
        return self.tokens[0].text == "["

    def expression(self) -> Node:
        """The whole text as one expression."""
        if self.token.kind == "end":
            self.fail("an expression is missing", 0, self.accepted)
        tree = self._sum()
        if self.token.kind != "end":
            self._unexpected()
        return tree

    def listed(self) -> tuple[list[Node], Node | None]:
        """The whole text as a list of expressions and its start index: ``[3, 2, 1] @ -1``."""
        accepted = "numbers such as 3, 2, 1 or [3, 2, 1], with a first index as in 3, 2, 1 @ -1"
        bracketed = self._take("[")
        entries = [self._entry(accepted)]
        while self._take(","):
            entries.append(self._entry(accepted))
        if bracketed and not self._take("]"):
            self.fail("']' is missing", self.token.at, accepted)
        start = self._entry(accepted) if self._take("@") else None
        if self.token.kind != "end":
            self._unexpected()
        return entries, start

    # Reading words

    def _tokens(self) -> Iterator[Token]:
        at, apart = 0, False
        while at < len(self.text):
            if self.text[at].isspace():
                at, apart = at + 1, True
                continue
            found = TOKEN.match(self.text, at)
            if found is None:
                odd = self.text[at]
                shown = f"'{odd}'" if odd.isprintable() else f"character U+{ord(odd):04X}"
                hint = f": did you mean 'abs({self.variable})'?" if odd == "|" else ""
                self.fail(f"{shown} has no meaning here{hint}", at, self.accepted)
            yield Token(
                found.lastgroup or "", EQUIVALENTS.get(found.group(), found.group()), at, apart
            )
            at, apart = found.end(), False
        yield Token("end", "", at, apart)

    @property
    def token(self) -> Token:
        """The word that comes next."""
        return self.tokens[self.next]

    def _take(self, *texts: str) -> Token | None:
        """The next word if it is one of ``texts``."""
        token = self.token
        if token.kind != "sign" or token.text not in texts:
            return None
        self.next += 1
        return token

    def _made(self, node: Node) -> Node:
        """The node, counted."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.fail(
                "this expression has too many parts", node.at, f"at most {MOST_NODES} of them"
            )
        return node

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail("this is nested too deeply", self.token.at, f"at most {DEEPEST} levels")

    # From loose to tight

    def _entry(self, accepted: str) -> Node:
        """One entry of a list."""
        self.nodes = 0
        if self.token.text in (",", "]", "@", ""):
            self.fail("a number is missing here", self.token.at, accepted)
        return self._sum()

    def _sum(self) -> Node:
        self._deeper()
        left = self._product()
        while sign := self._take("+", "-"):
            left = self._made(Binary(sign.text, left, self._product(), sign.at))  # type: ignore[arg-type]
        self.depth -= 1
        return left

    def _product(self) -> Node:
        left = self._signed()
        divided = False
        while True:
            if sign := self._take("*", "/"):
                left = self._made(Binary(sign.text, left, self._signed(), sign.at))  # type: ignore[arg-type]
                divided = sign.text == "/"
            elif self._implied():
                self._unambiguous(divided)
                at = self.token.at
                left = self._made(Binary("*", left, self._power(), at))
                divided = False
            else:
                return left

    def _implied(self) -> bool:
        """Whether a factor follows without a sign."""
        if self.token.kind == "number":
            self._no_operator(self.tokens[self.next - 1], self.token)
        return self.token.kind == "name" or self.token.text == "("

    def _no_operator(self, before: Token, token: Token) -> NoReturn:
        pair = f"{before.text}, {token.text} in a list, {before.text}*{token.text} in a product"
        several = before.kind == "number" and token.apart
        problem = f"an operator is missing before '{token.text}'"
        self.fail(problem, token.at, pair if several else None)

    def _unambiguous(self, divided: bool) -> None:
        """Refuse ``1/2t`` and ``e^2t``: is the t below the bar, in the exponent, or beside it?"""
        raised = self.raised == self.next
        if self.token.apart or not (divided or raised):
            return
        where = "in the exponent" if raised else "below the bar"
        self.fail(
            f"this can be read in two ways: is '{self.token.text}' {where} or beside it?",
            self.token.at,
            "parentheses or a space, as in 1/(2t) or 1/2 t, e^(-2t) or e^-2 t",
        )

    def _signed(self) -> Node:
        sign = self._take("-", "+")
        if sign is None:
            return self._power()
        self._deeper()
        inner = self._signed()
        self.depth -= 1
        return self._made(Negative(inner, sign.at)) if sign.text == "-" else inner

    def _power(self) -> Node:
        base = self._primary()
        while mark := self._take("²", "³"):
            exponent = self._made(Number(2.0 if mark.text == "²" else 3.0, mark.at))
            base = self._made(Binary("^", base, exponent, mark.at))
        sign = self._take("^")
        if sign is None:
            return base
        self._deeper()
        exponent = self._signed()
        self.depth -= 1
        if self.tokens[self.next - 1].text != ")":
            self.raised = self.next
        return self._made(Binary("^", base, exponent, sign.at))

    def _primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.next += 1
            return self._number(token)
        if token.kind == "name":
            self.next += 1
            return self._named(token)
        if not self._take("("):
            self._unexpected()
        inner = self._sum()
        self._closed("(", token)
        return inner

    def _number(self, token: Token) -> Node:
        value = float(token.text)
        if value > LARGEST:
            self.fail("this number is too large", token.at, f"numbers up to {LARGEST:g}")
        return self._made(Number(value, token.at))

    def _named(self, token: Token) -> Node:
        name = token.text
        if name == self.variable or name in ALIASES.get(self.variable, ()):
            self.spelled = self.spelled or name
            if name != self.spelled:
                self.fail(
                    f"two variables, '{self.spelled}' and '{name}': a signal has one", token.at
                )
            return self._made(Variable(token.at))
        if name in CONSTANTS:
            return self._made(Constant(name, token.at))
        if name == "piecewise":
            return self._cases(token)
        if name not in FUNCTIONS:
            self._unknown(token)
        return self._call(token)

    def _unknown(self, token: Token) -> NoReturn:
        name, lower = token.text, token.text.lower()
        known = (*FUNCTIONS, *CONSTANTS, "piecewise")
        near = [SYNONYMS.get(name) or SYNONYMS.get(lower) or (lower if lower in known else "")]
        near = list(filter(None, near)) or difflib.get_close_matches(lower[:20], known, 1, 0.6)
        hint = f": did you mean '{near[0]}'?" if near else ""
        if name in ("i", "j"):
            hint = ": signals are real"
        elif not near and (len(name) == 1 or name == "tau"):
            hint = f": the variable here is '{self.variable}'"
        self.fail(f"unknown name '{name}'{hint}", token.at, self.accepted)

    def _call(self, token: Token) -> Node:
        name, opening = token.text, self._take("(", "[")
        if opening is None:
            self.fail(
                f"'{name}' needs an argument in parentheses", token.at, f"{name}({self.variable})"
            )
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        self._closed(opening.text, opening)
        several = name in ("min", "max")
        if several != (len(arguments) > 1):
            wanted = "two or more arguments" if several else "one argument"
            self.fail(
                f"'{name}' takes {wanted}, not {len(arguments)}",
                token.at,
                f"{name}({self.variable}, 1)" if several else f"{name}({self.variable})",
            )
        return self._made(Call(name, tuple(arguments), token.at))

    def _closed(self, opening: str, at: Token) -> None:
        """Read the closing parenthesis that belongs to ``opening``."""
        if self._take(CLOSING[opening]):
            return
        if self.token.kind == "end":
            self.fail(f"'{CLOSING[opening]}' is missing for this '{opening}'", at.at)
        self._unexpected()

    def _cases(self, token: Token) -> Node:
        opening = self._take("(")
        if opening is None:
            self.fail("'piecewise' needs branches in parentheses", token.at)
        branches: list[tuple[Comparison, Node]] = []
        otherwise: Node | None = None
        while True:
            condition, value = self._branch()
            if condition is None:
                otherwise = value
                break
            branches.append((condition, value))
            if not self._take(","):
                break
        self._closed("(", opening)
        if not branches:
            self.fail("'piecewise' needs a condition", token.at)
        return self._made(Cases(tuple(branches), otherwise, token.at))

    def _branch(self) -> tuple[Comparison | None, Node]:
        """``condition: value``, or ``otherwise value``, or the value alone."""
        at = self.token.at
        if self.token.text in ("otherwise", "else"):
            self.next += 1
            self._take(":")
            return None, self._sum()
        sides, relations = [self._sum()], []
        while relation := self._take(*RELATIONS):
            relations.append(relation.text)
            sides.append(self._sum())
        if not relations:
            if self._take(":"):
                self.fail("a condition compares: it needs <, <=, > or >=", at)
            return None, sides[0]
        if not self._take(":"):
            self.fail("':' and a value are missing after this condition", self.token.at)
        return Comparison(tuple(sides), tuple(relations), at), self._sum()  # type: ignore[arg-type]

    def _unexpected(self) -> NoReturn:
        """Refuse the next word, which cannot stand where it stands."""
        token = self.token
        if token.kind == "end":
            self.fail("the expression ends too early", token.at)
        problems = {
            ")": "there is no '(' for this ')'",
            ",": "a comma cannot stand here",
            "[": "'[' cannot stand here: group with ( )",
            "=": "'=' cannot stand here: conditions use <, <=, > or >=",
            "==": "'==' cannot stand here: conditions use <, <=, > or >=",
            **dict.fromkeys(RELATIONS, "a comparison can only stand in piecewise(...)"),
        }
        self.fail(
            problems.get(token.text, f"'{token.text}' cannot stand here"), token.at, self.accepted
        )
