"""How a template says where a value belongs."""

import re

PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def placeholder(name: str) -> str:
    """What stands for the value of that name.

    >>> placeholder("NOTION_TOKEN")
    '${NOTION_TOKEN}'
    """
    return f"${{{name}}}"
