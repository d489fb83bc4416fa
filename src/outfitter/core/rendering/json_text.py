"""JSON as people read it."""

import json


def written(value: object) -> str:
    """The value over several lines, every character as itself."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
