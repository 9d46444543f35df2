"""The ladder: how often and in which forms a text is put to engines, until an answer can stand.

A unit climbs it with the answers it has; nothing here asks. Answers that are there already, from
whatever run and engine, are judged first and cost nothing, so a rule that has changed may find
one good that it refused before.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from i18n_pipeline.glossary import Entry
from i18n_pipeline.model import Segment, Unit
from i18n_pipeline.placeholders import Form, Piece, Protected, Restored, pieces, restore, shortened
from i18n_pipeline.stages.pretranslate import Ask, Judge, accept, refused, was_rejected
from i18n_pipeline.values import dataclass

MOST_TRIES = 3
"""How often one engine is asked, and paid, for one text: once, and twice more."""

_EMPTY = "empty: the answer holds no text"

KEPT = "names kept in every locale"
"""Who answered where there were no words to translate."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one piece: the text, or why there is none; whose, and among how many."""

    text: str
    by: str
    fault: str = ""
    together: int = 1


@dataclass(frozen=True, slots=True)
class Able:
    """What the ladder knows of an engine.

    Its name as people read it, its forms, and which texts fit into one request; `told`: it is told
    the glossary.
    """

    label: str
    forms: tuple[Form, ...]
    told: bool
    fits: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Put:
    """An ask as it is put to an engine: in pieces, of which some are asked.

    `terms` are the entries that the answer depends on: none, where the engine is not told them.
    """

    ask: Ask
    protected: Protected
    form: Form
    pieces: tuple[Piece, ...]
    terms: tuple[Entry, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """The texts of the pieces that an engine gets."""
        return tuple(piece.text for piece in self.pieces if piece.asked)


Replies = Callable[[Put, str], Sequence[Reply]]
"""All answers there are to a piece of an ask, the newest first."""


@dataclass(frozen=True, slots=True)
class Next:
    """The next try of a unit: which engine of the chain, and the pieces to ask it.

    `alone`: each in a request of its own.
    """

    engine: int
    texts: tuple[tuple[Put, str], ...]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Climber:
    """A unit on the ladder: what to ask for it, the engines in order, and who judges a draft.

    Engines that are `shut` gave a text that a person rejected: what they answered is looked at,
    but they are not asked again.
    """

    unit: Unit
    segment: Segment
    asks: tuple[Ask, ...]
    chain: tuple[Able, ...]
    judge: Judge
    shut: frozenset[str] = frozenset()


def put(ask: Ask, able: Able, form: Form) -> Put:
    """An ask as an engine gets it in a form; what is too long for a request in several pieces.

    A text without a letter between its tags is not asked at all.
    """
    protected = ask.put(told=able.told)
    if not _has_letters(protected.text):
        return Put(ask, protected, Form.TAGS, (Piece(protected.text, asked=False),))
    parts = (
        part
        for piece in pieces(protected, form)
        for part in (shortened(piece.text, able.fits) if piece.asked else (piece,))
    )
    return Put(ask, protected, form, tuple(parts), ask.entries if able.told else ())


def advance(climber: Climber, replies: Replies, gone: Container[str] = ()) -> Unit | Next:
    """The unit with its draft, or refused with the reason; or what to ask next.

    Engines that are `gone` are asked no more; a unit that waits for one of them stays as it is.
    """
    last: Unit | None = None
    waits = False
    for number, able in enumerate(climber.chain):
        tries, shut = 0, able.label in climber.shut
        for form in _forms(climber, able):
            rung = _Rung([put(ask, able, form) for ask in climber.asks], replies)
            if rung.answered:
                last = rung.judged(climber)
                if last.target:
                    return last
            tries += rung.rounds(able)
            shut = shut or (last is not None and was_rejected(last) and tries > 0)
            lacking = () if shut else rung.lacking(able)
            if lacking and tries < MOST_TRIES:
                if able.label not in gone:
                    return Next(number, lacking, alone=rung.left_out(able))
                waits = True
                break
    return climber.unit if waits or last is None else last


def worst_case(climber: Climber, size: Callable[[str], int]) -> int:
    """The most characters a unit can take, if every engine is asked as often as it may be."""
    total = 0
    for able in (one for one in climber.chain if one.label not in climber.shut):
        rungs = [
            sum(size(text) for ask in climber.asks for text in put(ask, able, form).asked)
            for form in _forms(climber, able)
        ]
        # The first form may be asked once more, alone.
        tries = sorted([*rungs[:1], *rungs], reverse=True)
        total += sum(tries[:MOST_TRIES])
    return total


def _forms(climber: Climber, able: Able) -> Iterator[Form]:
    """The forms that differ for this unit."""
    placeholders = [one for ask in climber.asks for one in ask.put(told=able.told).placeholders]
    for form in able.forms:
        lone = any(one.close is None for one in placeholders)
        if form is Form.TAGS or (lone if form is Form.CONTENT else placeholders):
            yield form


class _Rung:
    """One form of a unit's texts, and all answers that its pieces have."""

    def __init__(self, puts: Sequence[Put], replies: Replies) -> None:
        self._puts = puts
        self._asked = [(one, text) for one in puts for text in one.asked]
        self._found = [tuple(replies(one, text)) for one, text in self._asked]

    @property
    def answered(self) -> bool:
        """Whether every piece has an answer, whoever gave it."""
        return all(self._found)

    def rounds(self, able: Able) -> int:
        """How often an engine was asked."""
        return max((len(_by(able, found)) for found in self._found), default=0)

    def lacking(self, able: Able) -> tuple[tuple[Put, str], ...]:
        """The pieces that an engine owes an answer: it gave none, or left them out of many."""
        pairs = zip(self._asked, self._found, strict=True)
        return tuple(at for at, found in pairs if _owes(_by(able, found)))

    def left_out(self, able: Able) -> bool:
        """Whether what an engine owes is what it left out of many, and nothing it never got."""
        owed = [_by(able, found) for found in self._found if _owes(_by(able, found))]
        return all(owed)

    def judged(self, climber: Climber) -> Unit:
        """The unit with the newest answers as its draft, or refused."""
        newest = iter(found[0] for found in self._found)
        restored: list[Restored] = []
        by = KEPT
        for one in self._puts:
            parts: list[str] = []
            for piece in one.pieces:
                if not piece.asked:
                    parts.append(piece.text)
                    continue
                reply = next(newest)
                by = reply.by if by == KEPT else by
                fault = reply.fault or ("" if reply.text.strip() else _EMPTY)
                if fault:
                    return refused(climber.unit, reply.by, fault)
                parts.append(reply.text)
            restored.append(restore(one.protected, "".join(parts), one.form))
        return accept(climber.unit, climber.segment, restored, by, climber.judge)


def _by(able: Able, found: Sequence[Reply]) -> tuple[Reply, ...]:
    return tuple(reply for reply in found if reply.by == able.label)


def _owes(own: Sequence[Reply]) -> bool:
    return not own or (len(own) == 1 and bool(own[0].fault) and own[0].together > 1)


def _has_letters(text: str) -> bool:
    parts = text.split("<")
    words = parts[0] + "".join(part.partition(">")[2] for part in parts[1:])
    return any(character.isalpha() for character in words)
