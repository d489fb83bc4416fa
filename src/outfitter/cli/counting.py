"""Numbers of things, said so that they fit one of them too."""


def counted(number: int, thing: str) -> str:
    """How many things there are.

    >>> counted(1, "server"), counted(0, "server")
    ('1 server', '0 servers')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
