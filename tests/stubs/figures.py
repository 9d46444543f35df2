"""How much of what is proven is tried: a few of the cases every day, all of them in `make prove`.

As a plugin of pytest (`-p tests.stubs.figures`) it prints, at the end, the table of
docs/promises.md: how often each thing happened, as tests have put it down with `record_property`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

FULL = os.environ.get("I18N_PROVE") == "full"


def some(count: int, short: int) -> Sequence[int]:
    """The numbers from 1 to `count`: all of them in full, else about so many, evenly spread."""
    step = 1 if FULL else max(1, count // short)
    return range(1 + (count - 1) % step, count + 1, step)


@dataclass(frozen=True, slots=True)
class Row:
    """What happens, in the words of the page, and who shows it: tests by name, by their file.

    `counted` is the word that the tests put their number down under, "" where each is one case.
    """

    what: str
    counted: str
    shown_by: Mapping[str, tuple[str, ...]]

    @property
    def links(self) -> str:
        """The files, as the page has them."""
        paths = self.shown_by
        return ", ".join(f"[{path.rpartition('/')[2]}](../tests/{path})" for path in paths)

    def line(self, found: Mapping[str, Counter[str]]) -> str:
        """The row with how many cases there were."""
        names = [name for tests in self.shown_by.values() for name in tests]
        count = sum(found.get(name, Counter())[self.counted or _TESTS] for name in names)
        return f"| {self.what} | {count:,} {self.counted}".rstrip() + f" | {self.links} |"


_TESTS = ""

ROWS = (
    Row(
        "one call that changes a file fails, in each of twelve commands: a bad disk, a missing "
        "right, a disk that is full or read-only from then on",
        "faults",
        {
            "faults/test_failing_calls.py": (
                "test_whichever_change_of_a_file_fails_all_is_old_or_new_and_the_next_run_finishes",
            )
        },
    ),
    Row(
        "one call that reads fails for a moment, in five commands",
        "faults",
        {
            "faults/test_failing_calls.py": (
                "test_whatever_cannot_be_read_for_a_moment_is_told_and_no_text_of_a_person_is_lost",
            )
        },
    ),
    Row(
        "a command or run is killed before or after one of its calls",
        "kills",
        {
            "faults/test_killed_commands.py": (
                "test_a_command_killed_anywhere_is_finished_by_the_next",
            ),
            "pipeline/test_kill.py": ("test_a_run_killed_anywhere_is_finished_by_the_next",),
        },
    ),
    Row(
        "a run is killed at one of the points named below, with three services",
        "kills",
        {
            "pipeline/test_kill_points.py": (
                "test_after_a_kill_nothing_answered_is_asked_again_and_what_may_be_billed_is_told",
                "test_runs_killed_one_after_the_other_are_told_of_by_the_one_that_ends",
                "test_a_request_that_got_no_answer_is_told_of_also_where_its_run_was_killed_later",
            )
        },
    ),
    Row(
        "somebody saves the review file right before a call, in two ways",
        "saves",
        {
            "faults/test_editor_in_between.py": (
                "test_what_somebody_saves_while_a_command_is_at_work_is_there_after_it",
            )
        },
    ),
    Row(
        "twenty processes at once, fifty times",
        "processes",
        {
            "faults/test_races.py": (
                "test_of_runs_that_race_all_do_what_one_does_and_nothing_is_paid_twice",
                "test_who_is_kept_out_is_told_by_whom",
                "test_of_runs_and_reviewers_that_race_every_decision_is_kept",
                "test_of_runs_and_an_editor_that_race_every_text_that_was_saved_is_kept",
            )
        },
    ),
    Row(
        "clones on several machines run at the same time with one database, ten times; or one is "
        "killed, or the server stops, at each request",
        "runs",
        {
            "faults/test_shared_receipts.py": (
                "test_runs_at_the_same_time_cost_what_one_does_and_make_the_same_bytes",
                ("test_a_run_that_is_killed_costs_another_one_request_at_most_and_that_is_told"),
                "test_a_server_that_stops_in_the_middle_costs_nothing_and_is_told",
            )
        },
    ),
    Row(
        "a name that leads out of the project, in each place that can say one",
        "names",
        {
            "faults/test_path_safety.py": (
                "test_no_name_in_the_configuration_leads_out",
                "test_no_name_in_front_matter_leads_out",
                "test_no_name_in_a_review_file_or_lock_leads_out",
                (
                    "test_no_name_on_the_command_line_that_means_a_term_or_a_place_in_the_project"
                    "_leads_out"
                ),
                "test_no_name_in_a_package_leads_out",
                "test_no_name_in_a_file_of_decisions_or_a_plan_leads_out",
                "test_no_name_in_a_request_to_the_desk_leads_out",
            )
        },
    ),
    Row(
        "a link, a loop of links or a hard link in the place of a file or folder of the project",
        "links",
        {"faults/test_path_safety.py": ("test_no_link_leads_out",)},
    ),
    Row(
        "a service that echoes the key in its fault",
        "faults",
        {"faults/test_secrets.py": ("test_a_key_shows_nowhere_whatever_goes_wrong",)},
    ),
    Row(
        "another machine: hash seed, time zone, locale, workers, order of folders",
        "machines",
        {"faults/test_determinism.py": ("test_another_machine_makes_the_same_bytes",)},
    ),
    Row(
        "a bad file in a project, or brought to a command",
        "",
        {
            "cli/bad_input/test_bad_input.py": (
                "test_a_bad_file_is_named_in_one_line_and_costs_nothing_else",
                "test_a_bad_file_that_is_brought_is_named_in_one_line_and_changes_nothing",
            )
        },
    ),
    Row(
        "a hostile text, through each of 19 doors to each kind of output",
        "texts",
        {
            "hostile/test_hostile.py": (
                "test_no_page_of_ours_has_more_than_words_of_them",
                "test_no_output_obeys_computes_or_loads_one",
            )
        },
    ),
)
"""The table of docs/promises.md."""


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print the table, to be put into the page."""
    terminalreporter.section("promises and figures")
    found = _figures(terminalreporter)
    for row in ROWS:
        terminalreporter.write_line(row.line(found))


def _figures(reporter: TerminalReporter) -> Mapping[str, Counter[str]]:
    """The figures of all tests that passed, those of one function added up."""
    found: dict[str, Counter[str]] = {}
    for report in reporter.stats.get("passed", ()):
        name = report.nodeid.rpartition("::")[2].partition("[")[0]
        counter = found.setdefault(name, Counter())
        counter.update(dict(_numbers(report.user_properties)))
        counter[_TESTS] += 1
    return found


def _numbers(properties: Sequence[tuple[str, object]]) -> Iterator[tuple[str, int]]:
    for what, number in properties:
        if isinstance(number, int):
            yield what, number
