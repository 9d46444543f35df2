"""Classes made late behave as the standard library's."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline import values


def _classes(frozen: Any) -> dict[str, Any]:
    """The same classes by either maker."""

    @frozen
    class Plain:
        """With defaults, with one made anew, without a say in comparing or in what is shown."""

        one: int
        two: str = "two"
        three: list[int] = dataclasses.field(default_factory=list)
        four: int = dataclasses.field(default=4, compare=False)
        five: str = dataclasses.field(default="five", repr=False, hash=False)

    @frozen
    class Child(Plain):
        six: tuple[int, ...] = ()

    @frozen
    class Own:
        one: int
        made: int = dataclasses.field(init=False)
        given: int = dataclasses.field(init=False, default=7)
        fresh: list[int] = dataclasses.field(init=False, default_factory=list)

        def __post_init__(self) -> None:
            object.__setattr__(self, "made", self.one + 1)

        def __repr__(self) -> str:
            return f"<{self.one}>"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self)) and self.one % 2 == other.one % 2

        def __hash__(self) -> int:
            return self.one % 2

    @frozen
    class Empty:
        pass

    return {one.__name__: one for one in (Plain, Child, Own, Empty)}


PAIRS = [
    tuple(
        _classes(partial(maker, frozen=True, slots=slots))
        for maker in (dataclasses.dataclass, values.dataclass)
    )
    for slots in (True, False)
]
"""The standard library's classes by name, and ours."""

arguments = st.fixed_dictionaries(
    {"one": st.integers(0, 3)},
    optional={
        "two": st.sampled_from("ab"),
        "three": st.lists(st.integers(0, 1), max_size=1),
        "four": st.integers(0, 1),
        "five": st.sampled_from("xy"),
        "six": st.sampled_from([(), (1,)]),
    },
)


def _answer(ask: Callable[[], object]) -> object:
    """What is answered, or how it is refused."""
    try:
        return ask()
    except (TypeError, dataclasses.FrozenInstanceError) as refused:
        return type(refused), str(refused).rpartition(".")[2]


def _same(ask: Callable[[Any], object], name: str) -> None:
    for theirs, ours in PAIRS:
        assert _answer(lambda: ask(ours[name])) == _answer(lambda: ask(theirs[name])), name  # noqa: B023


@given(arguments, arguments)
def test_made_compared_shown_changed(one: dict[str, Any], other: dict[str, Any]) -> None:
    for name in ("Plain", "Child", "Own", "Empty"):
        _same(lambda made: repr(made(**one)), name)
        _same(lambda made: dataclasses.asdict(made(**one)), name)
        _same(lambda made: made(**one) == made(**other), name)
        _same(lambda made: made(**one) != made(**other), name)
        _same(lambda made: made(*other.values()) == made(*one.values()), name)
        _same(lambda made: repr(dataclasses.replace(made(**one), **other)), name)
        _same(lambda made: made(**one) == object(), name)


@given(arguments)
def test_replaced_as_the_standard_library_does(changed: dict[str, Any]) -> None:
    for theirs, ours in PAIRS:
        for name in ("Plain", "Child", "Own", "Empty"):
            theirs_now = _answer(lambda: dataclasses.replace(theirs[name](1), **changed))  # noqa: B023
            ours_now = _answer(lambda: values.replace(ours[name](1), **changed))  # noqa: B023
            assert isinstance(theirs_now, tuple) == isinstance(ours_now, tuple), name
            assert isinstance(theirs_now, tuple) or repr(theirs_now) == repr(ours_now)


@pytest.mark.parametrize("name", ["Plain", "Child", "Own"])
def test_no_field_can_be_set_or_deleted(name: str) -> None:
    def changed(made: Any) -> None:
        made(1).one = 2

    def deleted(made: Any) -> None:
        del made(1).one

    _same(changed, name)
    _same(deleted, name)


def test_hashes_follow_what_is_compared() -> None:
    for _, ours in PAIRS:
        plain = ours["Plain"]
        one, other = plain(1, three=(), four=1, five="a"), plain(1, three=(), four=2, five="b")
        assert hash(one) == hash(other)
        assert hash(ours["Own"](1)) == 1
        assert hash(ours["Empty"]()) == hash(ours["Empty"]())
        with pytest.raises(TypeError):
            hash(plain(1))  # a list cannot be hashed


def test_a_default_is_made_anew_for_each() -> None:
    for _, ours in PAIRS:
        assert ours["Plain"](1).three is not ours["Plain"](1).three


def test_a_class_that_compares_by_itself_and_says_no_hash_gets_one() -> None:
    def made(dataclass: Callable[..., Any]) -> Any:
        @dataclass(frozen=True)
        class Odd:  # noqa: PLW1641
            one: int

            def __eq__(self, other: object) -> bool:
                return True

        return Odd

    assert hash(made(values.dataclass)(1)) == hash(made(dataclasses.dataclass)(1))


def test_matched_and_subclassed() -> None:
    for _, ours in PAIRS:
        match ours["Plain"](1, "b"):
            case ours_again if ours_again.__match_args__[:2] == ("one", "two"):
                pass
            case _:
                pytest.fail("not matched by place")

        loose = type("Loose", (ours["Plain"],), {})(3)
        loose.other = 5
        assert (loose.one, loose.other) == (3, 5)
        del loose.other
        with pytest.raises(dataclasses.FrozenInstanceError):
            loose.one = 4
        assert loose != ours["Plain"](3)
        assert isinstance(ours["Child"](1), ours["Plain"])


@values.dataclass(frozen=True, slots=True)
class Packed:
    """A class of a module, as pickle wants it."""

    one: int
    two: tuple[str, ...] = ()


@values.dataclass(frozen=True)
class Loose:
    """The same with a dictionary."""

    one: int
    two: tuple[str, ...] = ()


@pytest.mark.parametrize("made", [Packed(1, ("a",)), Loose(1, ("a",))])
def test_copied_and_sent(made: object) -> None:
    assert copy.copy(made) == made
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - what was packed above


def test_what_is_not_only_frozen_is_the_standard_librarys() -> None:
    @values.dataclass
    class Open:
        one: int

    @values.dataclass(frozen=True, order=True)
    class Ordered:
        one: int

    made = Open(1)
    made.one = 2
    assert made == Open(2)
    assert sorted([Ordered(2), Ordered(1)]) == [Ordered(1), Ordered(2)]
