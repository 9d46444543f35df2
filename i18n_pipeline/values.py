"""`dataclasses`, made quickly: a frozen class gets each of its methods when that is first called.

The standard library writes and compiles six methods for each, which takes half a millisecond. A
run imports three hundred classes, makes things of a hundred and fifty, and compares those of six.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import (
    MISSING,
    Field,
    FrozenInstanceError,
    asdict,
    astuple,
    field,
    fields,
    is_dataclass,
)
from dataclasses import dataclass as standard
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

__all__ = ["asdict", "astuple", "dataclass", "field", "fields", "is_dataclass", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, **how):
        """What `dataclasses.dataclass` makes, its methods late where it is frozen and no more."""

        def made(cls):
            if not frozen or how:
                return standard(cls, frozen=frozen, slots=slots, **how)
            return _frozen(cls, slots=slots)

        return made if cls is None else made(cls)

    def replace(one, /, **changes):
        """What `dataclasses.replace` returns, for less than its checks cost."""
        for name in one.__match_args__:  # the arguments of its class
            if name not in changes:
                changes[name] = getattr(one, name)
        return type(one)(**changes)


def _frozen(cls: type, *, slots: bool) -> type:
    own = {name for name, value in vars(cls).items() if value is not None}  # no hash beside an eq
    cls.__doc__ = cls.__doc__ or cls.__name__  # or its signature would be worked out for one
    cls = standard(cls, init=False, repr=False, eq=False, slots=slots)
    for name, make in _METHODS.items():
        if name not in own:
            _put_late(cls, name, make)
    names = tuple(one.name for one in fields(cls))
    ready = _guards(cls, frozenset(names)) | (_state(names) if slots else {})
    for name, method in ready.items():
        if name not in own:
            setattr(cls, name, method)
    return cls


def _put_late(cls: type, name: str, make: Callable[[type], Callable[..., Any]]) -> None:
    """A method that makes the real one when it is called, and is replaced by that."""

    def late(self: object, *args: object, **named: object) -> object:
        method = make(cls)
        setattr(cls, name, method)
        return method(self, *args, **named)

    setattr(cls, name, late)


def _guards(cls: type, names: frozenset[str]) -> dict[str, Callable[..., None]]:
    """What keeps the fields as they are; a subclass may have attributes of its own."""

    def set_attribute(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def delete_attribute(self: object, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return {"__setattr__": set_attribute, "__delattr__": delete_attribute}


def _state(names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    """How an object without a dictionary is copied and handed to another process."""

    def state_of(self: object) -> list[object]:
        return [getattr(self, name) for name in names]

    def restore(self: object, state: list[object]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {"__getstate__": state_of, "__setstate__": restore}


def _init(cls: type) -> Callable[..., Any]:
    scope: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    parameters = ["self"]
    lines: list[str] = []
    for one in fields(cls):
        if one.init:
            parameters.append(_parameter(one, scope))
        lines += _assignment(cls, one, scope)
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    return _compiled(cls, f"__init__({', '.join(parameters)})", lines or ["pass"], scope)


def _parameter(one: Field[Any], scope: dict[str, Any]) -> str:
    if one.default_factory is not MISSING:
        return f"{one.name}=_missing"
    if one.default is MISSING:
        return one.name
    scope[f"_default_{one.name}"] = one.default
    return f"{one.name}=_default_{one.name}"


def _assignment(cls: type, one: Field[Any], scope: dict[str, Any]) -> Iterator[str]:
    """The line that sets a field; none for one that `__post_init__` sets."""
    value = one.name
    if one.default_factory is not MISSING:
        scope[f"_made_{one.name}"] = one.default_factory
        value = f"_made_{one.name}()"
        if one.init:
            value += f" if {one.name} is _missing else {one.name}"
    elif not one.init:
        if one.default is MISSING:
            return
        value = _parameter(one, scope).partition("=")[2]
    place = getattr(cls, one.name, None)
    if isinstance(place, MemberDescriptorType):
        scope[f"_set_{one.name}"] = place.__set__
        yield f"_set_{one.name}(self, {value})"
    else:
        yield f"_set(self, {one.name!r}, {value})"


def _eq(cls: type) -> Callable[..., Any]:
    own, others = (_tuple(name, cls, lambda one: one.compare) for name in ("self", "other"))
    lines = [
        "if other.__class__ is not self.__class__: return NotImplemented",
        f"return {own} == {others}",
    ]
    return _compiled(cls, "__eq__(self, other)", lines, {})


def _hash(cls: type) -> Callable[..., Any]:
    values = _tuple("self", cls, lambda one: one.compare if one.hash is None else one.hash)
    return _compiled(cls, "__hash__(self)", [f"return hash({values})"], {})


def _tuple(name: str, cls: type, wanted: Callable[[Field[Any]], bool | None]) -> str:
    """The expression for the values of some fields of the object of that name."""
    return f"({''.join(f'{name}.{one.name}, ' for one in fields(cls) if wanted(one))})"


def _compiled(cls: type, head: str, lines: list[str], scope: dict[str, Any]) -> Callable[..., Any]:
    """A method out of its text, which holds names of fields and nothing else that is not ours."""
    text = f"def {head}:\n " + "\n ".join(lines)
    exec(text, scope)  # noqa: S102 - names of fields, and nothing that anybody else writes
    name = head.partition("(")[0]
    method: Callable[..., Any] = scope[name]
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    return method


def _repr(cls: type) -> Callable[[object], str]:
    names = [one.name for one in fields(cls) if one.repr]

    def said_of(self: object) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({values})"

    return said_of


_METHODS = {"__init__": _init, "__eq__": _eq, "__hash__": _hash, "__repr__": _repr}
