"""What a key of the configuration may hold: each kind finds every fault of a value, then reads it.

A kind is asked to `read` only a value in which it found no fault.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from i18n_pipeline.expressions import expression
from i18n_pipeline.patterns import Pattern, glob_problem
from i18n_pipeline.values import dataclass, fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed import DataclassInstance

Scalar = str | bool | int | float

_CONTROL = expression(r"[\x00-\x1f\x7f-\x9f]")
_WORD = expression(r"\w[\w-]*")
# GitHub: letters, digits, -, and [bot]; GitLab: also _ and ., groups within groups
_ACCOUNT = expression(r"@?[A-Za-z0-9_][\w.-]*(?:\[bot\])?(?:/[\w.-]+)*", re.ASCII)
_PROVIDER = expression(r"[a-z][a-z0-9_-]*(?::\S.*)?")
_TYPES: tuple[tuple[type, str], ...] = (
    (str, "text"),
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "a table"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value; `at` leads to an item of a list or a key of a table in it."""

    code: str
    message: str
    mend: str = ""
    at: tuple[str | int, ...] = ()

    def inside(self, at: str | int) -> Fault:
        """Return the same fault as seen from the list or table around it."""
        return Fault(self.code, self.message, self.mend, (at, *self.at))


class Kind(Protocol):
    """What one key may hold."""

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield everything that is wrong with a value as TOML gave it."""

    def read(self, value: object) -> object:
        """Return the value as the configuration holds it."""


def named(value: object) -> str:
    """Return the words for the type of a TOML value."""
    return next((word for type_, word in _TYPES if isinstance(value, type_)), "a date or time")


def close(word: str, known: Iterable[str]) -> str:
    """Return `did you mean "…"?` for the nearest known word, or ""."""
    import difflib

    by_lower = {each.lower(): each for each in known}
    near = difflib.get_close_matches(word.lower(), by_lower, 1, 0.6)
    return f'did you mean "{by_lower[near[0]]}"?' if near else ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text."""

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield a fault for what is not text, and what the kind of text finds wrong with it."""
        if not isinstance(value, str):
            yield Fault("wrong-type", f"must be text, not {named(value)}", 'write it in "quotes"')
        elif _CONTROL.search(value):
            yield Fault("wrong-value", "holds a control character or a line break")
        else:
            yield from self.text_faults(value)

    def text_faults(self, text: str) -> Iterator[Fault]:  # noqa: ARG002 - for the kinds below
        """Yield what is wrong with a line of text; of any text, nothing."""
        yield from ()

    def read(self, value: object) -> object:
        """Return the text."""
        return value


@dataclass(frozen=True, slots=True)
class Choice(Text):
    """One of a few words."""

    options: tuple[str, ...]

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield a fault for any other word."""
        if text not in self.options:
            *most, last = (f'"{option}"' for option in self.options)
            yield Fault(
                "wrong-value", f"must be {', '.join(most)} or {last}", close(text, self.options)
            )


@dataclass(frozen=True, slots=True)
class Provider(Text):
    """The name of a provider, with a model where it has several: `deepl`, `openai:MODEL`.

    A wrong one is not repeated: it might be a key put there.
    """

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield a fault for what cannot be a provider's name."""
        if not _PROVIDER.fullmatch(text):
            yield Fault("wrong-value", "is no name of a provider", "such as deepl or memory")


@dataclass(frozen=True, slots=True)
class Account(Text):
    """An account of a hosting service, `hana` or `@hana`, or a team of one: `acme/japanese`."""

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield a fault for what no account is called."""
        if not _ACCOUNT.fullmatch(text):
            mend = "the name behind the @: hana, or org/team for a team"
            yield Fault("wrong-value", f"{text!r} is no name of an account", mend)

    def read(self, value: object) -> object:
        """Return the name without its `@`."""
        return str(value).removeprefix("@")


@dataclass(frozen=True, slots=True)
class Number:
    """A number, from `least` to `most`; a `whole` one, or the `word` that stands for none."""

    least: float = 0
    most: float | None = None
    whole: bool = False
    word: str = ""

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield a fault for what is no such number."""
        if self.word and value == self.word:
            return
        good = isinstance(value, int if self.whole else (int, float))
        if not good or isinstance(value, bool):
            wanted = "a whole number" if self.whole else "a number"
            mend = f'or "{self.word}"' if self.word else ""
            yield Fault("wrong-type", f"must be {wanted}, not {named(value)}", mend)
        elif not self._fits(value):
            upper = "" if self.most is None else f" and at most {self.most:g}"
            yield Fault("wrong-value", f"must be at least {self.least:g}{upper}")

    def _fits(self, value: object) -> bool:
        number = float(value) if isinstance(value, (int, float)) else 0.0
        # Written so that NaN, which TOML has, fits nowhere.
        return self.least <= number <= (sys.float_info.max if self.most is None else self.most)

    def read(self, value: object) -> object:
        """Return the number, a float where it need not be whole; the word as it is."""
        if self.whole or not isinstance(value, int):
            return value
        return float(value)


@dataclass(frozen=True, slots=True)
class FieldName(Text):
    """The name of a front-matter field, `seo.description` for a nested one."""

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield a fault for an empty name or part of a name."""
        if not all(part and part == part.strip() for part in text.split(".")):
            yield Fault("wrong-value", f"{text!r} is no name of a field")


@dataclass(frozen=True, slots=True)
class AddedField(Text):
    """The name of a front-matter field that can be put into any file: a word, not `body`."""

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield a fault for what no key can be called without quotes, or what units are called."""
        if not _WORD.fullmatch(text):
            message = f"{text!r} is no name for a field of a locale's own"
            yield Fault("wrong-value", message, "use letters, digits, - and _")
        elif text.casefold() == "body":
            yield Fault("wrong-value", f"{text!r} is what the text of a term is called")


@dataclass(frozen=True, slots=True)
class Address(Text):
    """A pattern of addresses: `{slug}` is in it, `{locale}` may be."""

    starts: tuple[str, ...] = ()

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield a fault for a missing `{slug}`, other variables, blanks and another beginning."""
        if "slug" not in Pattern(text).variables:
            yield Fault("bad-pattern", f"{text!r} has no {{slug}}")
        rest = text.replace("{slug}", "").replace("{locale}", "")
        if "{" in rest or "}" in rest:
            yield Fault("bad-pattern", f"{text!r}: only {{slug}} and {{locale}} are known here")
        if re.search(r"\s", text):
            yield Fault("bad-pattern", f"{text!r}: an address holds no blanks", "write %20")
        if self.starts and not text.startswith(self.starts):
            yield Fault("bad-pattern", f"{text!r} does not begin with {' or '.join(self.starts)}")


@dataclass(frozen=True, slots=True)
class NamePattern(Text):
    """A pattern of the names of files and folders, `_*`."""

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield a fault for what no single name can match."""
        if not text or "/" in text or "\\" in text:
            yield Fault("bad-pattern", f"{text!r} is compared with single names", "leave out the /")


@dataclass(frozen=True, slots=True)
class PathPattern(Text):
    """A pattern of paths in the project, `terms/{locale}/{slug}.md`."""

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield why it is no pattern, or leads out of the project."""
        mend = "write / on every system" if "\\" in text else ""
        yield from (Fault("bad-pattern", reason, mend) for reason in Pattern(text).problems())

    def read(self, value: object) -> object:
        """Return the pattern."""
        return Pattern(str(value))


@dataclass(frozen=True, slots=True)
class FilePattern(Text):
    """A path in the project, `*` and `?` standing for what a name may hold: `memories/*.tmx`."""

    def text_faults(self, text: str) -> Iterator[Fault]:
        """Yield why it leads to no file in the project."""
        mend = "write / on every system" if "\\" in text else ""
        if reason := glob_problem(text):
            yield Fault("bad-pattern", f"{text!r}: {reason}", mend)


@dataclass(frozen=True, slots=True)
class OrNone:
    """Another kind of text, or "" for none."""

    kind: Text

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield the other kind's faults of what is not empty."""
        if value != "":
            yield from self.kind.faults(value)

    def read(self, value: object) -> object:
        """Return the other kind's reading, or ""."""
        return self.kind.read(value) if value != "" else ""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of another kind, nothing twice; read as a tuple."""

    kind: Kind

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield the faults of all items, and a fault for an item said twice."""
        if not isinstance(value, list):
            yield Fault("wrong-type", f"must be a list, not {named(value)}", 'write ["…", "…"]')
            return
        seen: list[object] = []
        for at, item in enumerate(value):
            yield from (fault.inside(at) for fault in self.kind.faults(item))
            folded = item.casefold() if isinstance(item, str) else item
            if folded in seen:
                yield Fault("said-twice", "is in the list twice").inside(at)
            seen.append(folded)

    def read(self, value: object) -> object:
        """Return what the items say, in order."""
        return tuple(map(self.kind.read, value)) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class SetOf(ListOf):
    """A list in which the order says nothing; read as a frozenset."""

    def read(self, value: object) -> object:
        """Return what the items say."""
        return frozenset(map(self.kind.read, value)) if isinstance(value, list) else frozenset()


@dataclass(frozen=True, slots=True)
class ListOrTable:
    """A list of one kind for everything, or a table of such lists; read as a mapping.

    What the list holds, and what the table has under `*`, is found under "*".
    """

    keys: Kind
    kind: Kind

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield the faults of the list, or of all keys and lists of the table."""
        whole: Kind = TableOf(self.keys, self.kind) if isinstance(value, Mapping) else self.kind
        yield from whole.faults(value)

    def read(self, value: object) -> object:
        """Return the lists by key; of an empty list nothing."""
        table = value if isinstance(value, Mapping) else {"*": value} if value else {}
        return {str(key): self.kind.read(item) for key, item in table.items()}


@dataclass(frozen=True, slots=True)
class AnyScalar:
    """Text, a number, true or false."""

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield a fault for lists, tables and dates."""
        if not isinstance(value, Scalar):
            yield Fault("wrong-type", f"must be text, a number, true or false, not {named(value)}")

    def read(self, value: object) -> object:
        """Return the value as it is."""
        return value


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table with free keys; read as a mapping in the order of the file."""

    keys: Kind
    values: Kind

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield the faults of all keys and values."""
        if not isinstance(value, Mapping):
            yield Fault("wrong-type", f"must be a table, not {named(value)}")
            return
        for key, item in value.items():
            yield from (fault.inside(key) for fault in self.keys.faults(key))
            yield from (fault.inside(key) for fault in self.values.faults(item))

    def read(self, value: object) -> object:
        """Return the table."""
        items = value.items() if isinstance(value, Mapping) else ()
        return {str(key): self.values.read(item) for key, item in items}


@dataclass(frozen=True, slots=True)
class Record:
    """A table with known keys, read as one value; `required` ones may not be missing or empty."""

    table: type[DataclassInstance]
    required: tuple[str, ...]

    def faults(self, value: object) -> Iterator[Fault]:
        """Yield a fault for unknown and missing keys, and the faults of what they hold."""
        if not isinstance(value, Mapping):
            yield Fault("wrong-type", f"must be a table, not {named(value)}", 'write { … = "…" }')
            return
        for key in self.required:
            if not str(value.get(key, "")).strip():
                yield Fault("missing-key", f'"{key}" is missing or empty')
        for key, item in value.items():
            kind = self._kinds.get(key)
            if kind is None:
                yield Fault("unknown-key", "is not known", close(key, self._kinds)).inside(key)
            else:
                yield from (fault.inside(key) for fault in kind.faults(item))

    def read(self, value: object) -> object:
        """Return the value the table stands for."""
        items = value.items() if isinstance(value, Mapping) else ()
        return self.table(**{str(key): self._kinds[key].read(item) for key, item in items})

    @property
    def _kinds(self) -> Mapping[str, Kind]:
        return {each.name: each.metadata["kind"] for each in fields(self.table)}
