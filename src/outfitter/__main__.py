"""`python -m outfitter`."""

from outfitter.cli import main

if __name__ == "__main__":
    main()
