"""`i18n`, and `python -m i18n_pipeline`: the process is the command line's."""

import signal


def main() -> None:
    """Run the command line. Until it listens itself, Ctrl-C ends the process without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from i18n_pipeline.cli import main as run

    run()


if __name__ == "__main__":
    main()
