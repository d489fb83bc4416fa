"""The clock of this machine beside another's: by both it is judged whether a token counts."""

from outfitter.cli.counting import counted
from outfitter.core.errors import Refused

# A token that is over counts for ten seconds more, one that has not begun for sixty.
_MAY_DIFFER = 10


def require_same(whose: str, asked: float, said: float, told: float) -> None:
    """Refuse a clock that said a time well before it was asked, or well after it had told it."""
    seconds = max(asked - said, said - told)
    if seconds > _MAY_DIFFER:
        side = "ahead of" if said < asked else "behind"
        raise Refused(
            f"This machine's clock is {counted(round(seconds), 'second')} {side} that of {whose}, "
            "so tokens are misjudged: let a time server set both."
        )
