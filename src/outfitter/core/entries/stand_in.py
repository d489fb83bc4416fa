"""Values that look like a server's credentials and open nothing, to start it without an account."""

import re

from outfitter.core.catalogue import Input

_LITERAL = re.compile(r"[\w.:/-]+")
_FILLING = "0" * 32
_NOWHERE = "127.0.0.1:9"
_ADDRESS = re.compile(r"(?:^|_)(?:URL|URI|ENDPOINT|BASE)(?:_|$)")
_HOST = re.compile(r"(?:^|_)HOST(?:NAME)?$")
_FOLDERS = ("directory", "folder")


def stand_in(one: Input, folder: str) -> str:
    """A made-up value of the form that the input asks for; paths lie in that folder.

    >>> from outfitter.core.catalogue import Place
    >>> token = Input(key="TOKEN", place=Place.ENV, description="", format="^ntn_")
    >>> stand_in(token, "/tmp").startswith("ntn_0000")
    True
    """
    form = one.format or ""
    if form in _FOLDERS:
        return folder
    if form == "filepath":
        return f"{folder}/{one.key.lower()}.json"
    if form == "uuid":
        return "00000000-0000-4000-8000-000000000000"
    if "://" in form:
        scheme = re.split(r"[^a-z]", form.lstrip("^"), maxsplit=1)[0]
        return f"{scheme}://nobody:nothing@{_NOWHERE}/none"
    return _by_name(one, form)


def _by_name(one: Input, form: str) -> str:
    if _ADDRESS.search(one.key):
        return f"http://{_NOWHERE}"
    if _HOST.search(one.key):
        return _NOWHERE.partition(":")[0]
    if form.startswith("^") and (literal := _LITERAL.match(form[1:])):
        return literal[0] + _FILLING
    return one.example if one.example and not one.secret else f"dummy-{_FILLING}"
