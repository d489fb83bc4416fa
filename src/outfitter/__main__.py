"""The program `outfitter`, and `python -m outfitter`."""

import sys


def main() -> None:
    """Load and run the command line; Ctrl-C ends it without a word, also while it loads."""
    try:
        from outfitter import cli  # noqa: PLC0415 - Ctrl-C may come while this takes its time

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
