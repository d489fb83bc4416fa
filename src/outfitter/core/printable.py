"""What of a text of others may be shown."""


def printable(text: str) -> str:
    r"""The text without signs that steer a terminal or turn its direction.

    >>> printable("Re\x1b[2Jd \u202eback")
    'Re[2Jd back'
    """
    return "".join(sign for sign in text if sign.isprintable())


def line(text: str, most: int) -> str:
    r"""The printable text in one line of at most so many characters.

    >>> line("One\n\ntwo", 5)
    'One t'
    """
    return printable(" ".join(text.split()))[:most].strip()
