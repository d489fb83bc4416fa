"""Values that look like a server's credentials and open nothing, to start it without an account."""

import json
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
    >>> address = Input(key="DSN", place=Place.ENV, description="", example="mysql://me:pass@host/db")
    >>> stand_in(address, "/tmp")
    'mysql://nobody:nothing@127.0.0.1:9/none'
    """
    form = one.format or ""
    if form in _FOLDERS:
        return folder
    if form == "filepath":
        return f"{folder}/{one.key.lower()}.json"
    if form == "uuid":
        return "00000000-0000-4000-8000-000000000000"
    if scheme := _scheme(one):
        return f"{scheme}://nobody:nothing@{_NOWHERE}/none"
    return _by_name(one, form)


def key_file(private_key: str) -> str:
    """A file that passes for a Google service account's key, an OAuth client's or a kubeconfig."""
    client = {
        "client_id": f"{_FILLING}.apps.googleusercontent.com",
        "client_secret": f"GOCSPX-{_FILLING}",
        "redirect_uris": ["http://localhost"],
    }
    account = {
        "type": "service_account",
        "project_id": "nowhere",
        "client_email": "nobody@nowhere.iam.gserviceaccount.com",
        "private_key": private_key,
        "token_uri": f"http://{_NOWHERE}",
    }
    cluster = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "none", "cluster": {"server": f"http://{_NOWHERE}"}}],
        "contexts": [{"name": "none", "context": {"cluster": "none", "user": "nobody"}}],
        "users": [{"name": "nobody", "user": {}}],
        "current-context": "none",
    }
    return json.dumps({"installed": client, **account, **cluster})


def _scheme(one: Input) -> str | None:
    """What the address begins with, where the input asks for one with a user and password."""
    asked = one.format if "://" in (one.format or "") else one.example if one.secret else None
    if asked is None or "://" not in asked:
        return None
    return re.split(r"[^a-z]", asked.lstrip("^"), maxsplit=1)[0]


def _by_name(one: Input, form: str) -> str:
    if _ADDRESS.search(one.key):
        return f"http://{_NOWHERE}"
    if _HOST.search(one.key):
        return _NOWHERE.partition(":")[0]
    if form.startswith("^") and (literal := _LITERAL.match(form[1:])):
        return literal[0] + _FILLING
    return one.example if one.example and not one.secret else f"dummy-{_FILLING}"
