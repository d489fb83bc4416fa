"""Bytes as text for addresses and tokens (base64url without padding, RFC 7515 §2)."""

import base64


def encoded(content: bytes) -> str:
    """The bytes as text."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes that `encoded` gives this text for. Raises ValueError if there are none."""
    content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # Base64 can say the same in several ways, and what is none is passed over.
    if encoded(content) != text:
        raise ValueError("The text is not base64url as it is written here.")
    return content
