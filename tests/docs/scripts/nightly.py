"""Translate what is new, with a cap on the cost that i18n.toml sets, and say what waits."""

from __future__ import annotations

import os
import sys

import i18n_pipeline


def main(folder: str) -> int:
    found = i18n_pipeline.check(folder)
    if found.errors:  # files that cannot be read: mend these before money is spent
        for problem in found.errors:
            print(f"{problem.path}:{problem.line}: {problem.message}", file=sys.stderr)
        return found.exit_code

    report = i18n_pipeline.sync(folder, environment=os.environ)
    for locale in report.locales:
        waiting = locale.units.needs_review + locale.units.untranslated
        print(f"{locale.locale}: {waiting} units wait, {locale.billed.characters} characters paid")
    return report.exit_code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except i18n_pipeline.I18nError as stopped:  # what stops a run: no key, another run at work
        print(stopped.message, file=sys.stderr)
        sys.exit(stopped.exit_code)
