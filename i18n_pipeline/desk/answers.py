"""What the page asks the desk, and the answers: values that JSON can hold. No network is here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from i18n_pipeline.desk.facts import Facts
from i18n_pipeline.desk.looking import Looking
from i18n_pipeline.desk.marking import Json
from i18n_pipeline.desk.opened import Opened
from i18n_pipeline.desk.outcomes import Done, Moved, Outcome, Step
from i18n_pipeline.desk.paging import page_of
from i18n_pipeline.desk.queue import Filter, queue_of
from i18n_pipeline.desk.session import QUIET, Session
from i18n_pipeline.desk.sharing import table
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.decisions import decision_of
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.locales import direction, display_name
from i18n_pipeline.model import State, digest
from i18n_pipeline.pipeline.by_hand.explaining import WhyOrder, why
from i18n_pipeline.pipeline.project import called, check_slugs
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.values import dataclass

_MOST_JUDGED = 50_000
"""Characters of a text that is judged while it is typed, or four times its source's."""


class NotFound(Exception):
    """What was asked about is not there; the message names it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and how it went in HTTP's numbers."""

    body: Json
    status: int = 200


@dataclass
class Desk:
    """A review and who takes part in it: everything that the page can ask."""

    session: Session
    chosen: Filter
    reviewer: str = ""
    _facts: Facts | None = None

    def check_terms(self) -> None:
        """Raise UsageError for a term that is asked for and that no source file has."""
        with self.session.looking() as opened:
            check_slugs(opened.work.project, self.chosen.slugs)

    def start(self) -> Json:
        """All that a page begins with."""
        revision = self.session.revision  # first: what changes meanwhile is told once more
        with self.session.looking() as opened:
            look = self._look(opened)
            return {
                **about(opened),
                "reviewer": self.reviewer,
                "revision": revision,
                "done": [_step(number, step) for number, step in self.session.steps],
                "queue": list(queue_of(look, self.chosen)),
                "units": [look.row(name) for name in opened.units],
                "problems": self._problems(opened),
            }

    def waiting(self) -> str:
        """How much waits, and for how long, in words."""
        with self.session.looking() as opened:
            look = self._look(opened)
            queue = queue_of(look, self.chosen)
            minutes = sum(look.risk(name).seconds for name in queue) / 60
            states = Counter(opened.units[name].state for name in queue)
            others = 0 if queue else len(queue_of(look, Filter()))
        if others:
            wait = "text waits" if others == 1 else "texts wait"
            return f"nothing that was asked for; {others} other {wait} for review"
        if not queue:
            return "nothing waits for review"
        hours, rest = divmod(max(1, round(minutes)), 60)
        time = f"{hours} h {rest:02} min" if hours else f"{rest} min"
        return f"{counted(len(queue), 'text')} to review{_of_which(states)}, about {time}"

    def everything(self) -> Json:
        """All that a page needs that can ask nothing: the queue, its units, their pages."""
        with self.session.looking() as opened:
            look = self._look(opened)
            queue = queue_of(look, self.chosen)
            chosen = set(queue)
            slugs = dict.fromkeys(opened.units[name].slug for name in queue)
            pages = {slug: page_of(look, slug) for slug in slugs if slug}
            start = {
                **about(opened),
                "reviewer": "",
                "revision": 0,
                "queue": queue,
                "units": table(look.row(name) for name in opened.units if name in chosen),
                "problems": [],
            }
            details = table({"id": name, **look.beside(name)} for name in queue)
        return {"start": start, "details": details, "pages": pages}

    def changes(self, since: int) -> Json:
        """The rows that changed since a revision, and the names of units that are gone.

        Where units came or went, also the `order` of all, and the queue.
        """
        self.session.settle(QUIET)
        revision, names = self.session.changed_since(since)  # first: what is seen is not older
        with self.session.looking() as opened:
            look = self._look(opened)
            look.facts.look_elsewhere()
            there = [name for name in names if name in opened.units]
            moved = self.session.rearranged > since
            placed = {"order": list(opened.units), "queue": queue_of(look, self.chosen)}
            return {
                **(placed if moved else {}),
                "revision": revision,
                "units": [look.row(name) for name in there],
                "gone": [name for name in names if name not in opened.units],
                "problems": self._problems(opened),
            }

    def detail(self, name: str) -> Json:
        """All about a unit. Raises NotFound."""
        with self.session.looking() as opened:
            _check(opened, name)
            return self._look(opened).detail(name)

    def page(self, slug: str) -> Json:
        """A term's page on both sides. Raises NotFound."""
        with self.session.looking() as opened:
            found = page_of(self._look(opened), slug)
        if found is None:
            raise NotFound(f"there is no term {slug}")
        return found

    def judged(self, asked: Mapping[str, object]) -> Json:
        """What checks say of a text as it is typed. Raises NotFound, and BadFile for nonsense."""
        name, text = _text(asked, "id"), _text(asked, "text")
        with self.session.looking() as opened:
            _check(opened, name)
            if len(text) > max(_MOST_JUDGED, 4 * len(opened.units[name].source)):
                raise BadFile("request", "a text as long as that is not checked as it is typed")
            readable = text.encode("utf-8", "replace").decode()  # half a character is no text
            return self._look(opened).judged(name, readable)

    def history(self, name: str) -> Json:
        """What became of a unit's text, as the project's history tells. Raises NotFound."""
        with self.session.looking() as opened:
            _check(opened, name)
            key = opened.units[name].key
        asked = WhyOrder(key[0].partition("#")[0], (self.session.locale,))
        found = why(self.session.workspace, asked)
        told = [one for one in found.units if (one.unit, one.source) == key]
        steps = [
            {
                "words": list(step.words),
                "text": step.text,
                "who": step.author,
                "when": step.when[:16].replace("T", " "),
                "commit": step.commit[:10],
            }
            for one in told
            for step in one.steps
        ]
        receipt = next((one.receipt for one in told if one.receipt), "")
        return {"steps": steps, "receipt": receipt, "notes": list(found.notes)}

    def decide(self, asked: Mapping[str, object]) -> Answer:
        """Carry out a decision. Raises TryLater, CannotWrite, and BadFile for what is none."""
        decision = decision_of(asked)
        return self._told(self.session.decide(decision), unit_id(decision.key))

    def undo(self, asked: Mapping[str, object]) -> Answer:
        """Undo a decision, if nobody has changed its unit since."""
        number, name = asked.get("undo"), _text(asked, "id")
        if not isinstance(number, int):
            raise BadFile("request", "`undo` is no number")
        return self._told(self.session.undo(number), name)

    def _problems(self, opened: Opened) -> list[str]:
        """What of the project cannot be read, what keeps the desk from going on first."""
        trouble = self.session.trouble
        if isinstance(trouble, BadFile):
            first = [str(trouble.problem)]
        else:
            first = [trouble.message] if trouble is not None else []
        return [*first, *(str(problem) for problem in opened.problems)]

    def _told(self, outcome: Outcome, name: str) -> Answer:
        opened, revision = self.session.opened, self.session.revision
        row = self._look(opened).row(name) if name in opened.units else None
        match outcome:
            case Done(_, undo):
                return Answer({"unit": row, "undo": undo, "revision": revision})
            case Moved(_):
                return Answer({"error": "changed", "unit": row, "revision": revision}, 409)
        return Answer({"error": "refused", "message": outcome.reason}, 422)

    def _look(self, opened: Opened) -> Looking:
        project = opened.work.project
        if self._facts is None or self._facts.project is not project:
            self._facts = Facts(project, opened)
        return Looking(opened, self._facts, self.session.revision)


def about(opened: Opened) -> Json:
    """The project and its two languages, and how these are shown."""
    project, locale = opened.work.project, opened.work.locale
    source = project.config.source
    return {
        "project": called(project.workspace),
        "shelf": digest(f"{opened.workspace.root}\n{locale}", 8),
        "locale": locale,
        "language": display_name(locale, "en"),
        "direction": direction(locale),
        "source_locale": source,
        "source_language": display_name(source, "en"),
        "source_direction": direction(source),
        "terms": {term.slug: term.file.name or term.slug for term in opened.work.terms},
    }


def _of_which(states: Mapping[State, int]) -> str:
    """What of a queue `status` does not count among the texts to review, in words."""
    parts = [
        f"{states[state]} {words}"
        for state, words in (
            (State.REVIEWED, "approved, in which a check finds an error"),
            (State.UNTRANSLATED, "without a translation"),
        )
        if states.get(state)
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def _step(number: int, step: Step) -> Json:
    """What somebody did, as a page that is loaded anew knows how to undo it."""
    return {
        "id": unit_id(step.before.key),
        "undo": number,
        "version": step.after,
        "verb": str(step.decision.verb),
        "text": step.decision.text,
        "comment": step.decision.comment,
        "reviewer": step.decision.reviewer,
    }


def _check(opened: Opened, name: str) -> None:
    if name not in opened.units:
        raise NotFound("its source is not there any more")


def _text(asked: Mapping[str, object], name: str) -> str:
    found = asked.get(name)
    if not isinstance(found, str):
        raise BadFile("request", f"`{name}` is no text")
    return found
