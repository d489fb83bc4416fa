"""A server's template with references standing where the user's values go."""

import re
from collections.abc import Collection, Mapping

from outfitter.core.address import host_of, is_fixed
from outfitter.core.catalogue import (
    Input,
    Place,
    RemoteTemplate,
    Server,
    StdioTemplate,
    Template,
    fillable,
)
from outfitter.core.errors import BadCatalogue
from outfitter.core.placeholder import PLACEHOLDER, placeholder

# Flags that take no value: what follows one of these is not its value.
_SWITCHES = frozenset({"-y", "--yes", "-i", "--rm", "--stdio", "--read-only", "--readonly"})
_ANY_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_HOST_PART = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")

Texts = Mapping[str, str | None]


def reference(server: str, key: str) -> str:
    """The name of the variable that carries a server's input.

    >>> reference("brave-search", "API_KEY")
    'MCP_BRAVE_SEARCH_API_KEY'
    """
    return f"MCP_{server}_{key}".upper().replace("-", "_")


def filled(server: Server, keys: Collection[str], names: Mapping[str, str]) -> Template:
    """The template with `${names[key]}` for each input that is stored or still has to be given.

    An input that is not stored becomes its default, unless that is a file of the agent's, whose
    full path only the agent knows; an optional one without a default goes, with
    the variable, header, query field or argument that held it.
    Raises BadCatalogue if the entry would read another variable or lead to another host.
    """
    texts = _texts(server, keys, names)
    template = server.template
    if isinstance(template, StdioTemplate):
        done: Template = _started(template, texts)
    else:
        _check_host(server.name, template.url, texts)
        done = _reached(template, texts, names)
    _check_references(server.name, done, names)
    return done


def own_file(one: Input) -> str | None:
    """Where in the agent's folder a file lies whose full path its server wants to be told."""
    if one.format != "filepath" or one.place is not Place.ENV or one.default is None:
        return None
    return one.default.removeprefix("./") if one.default.startswith("./") else None


def references(template: Template) -> tuple[str, ...]:
    """The variables a filled template reads, each once, in order."""
    return tuple(dict.fromkeys(n for text in _written(template) for n in _found(text)))


def fits_address(server: Server, key: str, value: str) -> bool:
    """Whether the value leaves the server's host as the catalogue has it."""
    inside = isinstance(server.template, RemoteTemplate) and key in _host_keys(server.template.url)
    return not inside or _HOST_PART.fullmatch(value) is not None


def is_part_of_address(template: Template, name: str) -> bool:
    """Whether the variable stands in a filled template's address, and nowhere else."""
    return {place for place, text in fillable(template) if name in _found(text)} == {Place.URL}


def _texts(server: Server, keys: Collection[str], names: Mapping[str, str]) -> Texts:
    """What each placeholder is replaced with; None where its holder goes."""
    return {
        one.key: placeholder(names[one.key])
        if one.key in keys or one.must_be_given or own_file(one)
        else one.default
        for one in server.inputs
    }


def _started(template: StdioTemplate, texts: Texts) -> StdioTemplate:
    return StdioTemplate(
        command=template.command,
        args=_arguments(template.args, texts),
        env=_entries(template.env, texts),
    )


def _reached(template: RemoteTemplate, texts: Texts, names: Mapping[str, str]) -> RemoteTemplate:
    return RemoteTemplate(
        transport=template.transport,
        url=_url(template.url, texts, names),
        headers=_entries(template.headers, texts),
    )


def _entries(entries: Mapping[str, str], texts: Texts) -> dict[str, str]:
    done = {name: _text(text, texts) for name, text in entries.items()}
    return {name: text for name, text in done.items() if text is not None}


def _arguments(args: tuple[str, ...], texts: Texts) -> tuple[str, ...]:
    done: list[str] = []
    for arg in args:
        text = _text(arg, texts)
        if text is not None:
            done.append(text)
        elif done and _is_flag_of(done[-1], arg):
            done.pop()
    return tuple(done)


def _is_flag_of(flag: str, arg: str) -> bool:
    return (
        flag.startswith("-")
        and "=" not in flag
        and flag not in _SWITCHES
        and not arg.startswith("-")
    )


def _url(url: str, texts: Texts, names: Mapping[str, str]) -> str:
    """The address; a part of the path cannot be left out, so it stays to be given."""
    path, _, query = url.partition("?")
    asked = {key: placeholder(names[key]) if text is None else text for key, text in texts.items()}
    fields = [_text(field, texts) for field in query.split("&") if field]
    kept = "&".join(field for field in fields if field is not None)
    return f"{_text(path, asked)}?{kept}" if kept else f"{_text(path, asked)}"


def _text(text: str, texts: Texts) -> str | None:
    """The text with its placeholders replaced, or None when one of them has nothing."""
    known = {key: texts[key] for key in PLACEHOLDER.findall(text) if key in texts}
    given = {key: value for key, value in known.items() if value is not None}
    if len(given) < len(known):
        return None
    return PLACEHOLDER.sub(lambda found: given.get(found[1], found[0]), text)


def _check_host(server: str, url: str, texts: Texts) -> None:
    host = host_of(url)
    if host is None:
        raise BadCatalogue(f"The address of {server} does not begin with its host.")
    for key in _host_keys(url):
        text = texts.get(key) or ""
        constant = text.startswith("${") or _HOST_PART.fullmatch(text)
        if not constant or not is_fixed(host):
            raise BadCatalogue(f"The {key} of {server} could lead to another host.")


def _host_keys(url: str) -> list[str]:
    return PLACEHOLDER.findall(host_of(url) or "")


def _check_references(server: str, template: Template, names: Mapping[str, str]) -> None:
    # The runner would fill in any variable it knows, such as the key of the model.
    if foreign := sorted(set(references(template)) - set(names.values())):
        raise BadCatalogue(f"The template of {server} reads {', '.join(foreign)}, no input of it.")


def _written(template: Template) -> tuple[str, ...]:
    texts = tuple(text for _, text in fillable(template))
    return (template.command, *texts) if isinstance(template, StdioTemplate) else texts


def _found(text: str) -> list[str]:
    return _ANY_REFERENCE.findall(text)
