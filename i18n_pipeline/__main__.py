"""`i18n`, and `python -m i18n_pipeline`: the process is the command line's."""

import gc
import signal

_BORN, _YOUNG, _OLD = 20_000, 50, 50
"""How many new objects, and rounds of them, Python waits for before it looks for cycles."""


def main() -> None:
    """Run the command line. Until it listens itself, Ctrl-C ends the process without a word.

    What a run makes is frozen and holds few cycles: looking for them as often as Python does by
    itself takes a twentieth to a tenth of a run on everything, and frees nothing that is missed.
    """
    gc.set_threshold(_BORN, _YOUNG, _OLD)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from i18n_pipeline.cli import main as run

    run()


if __name__ == "__main__":
    main()
