"""Passwords by where they stand: in a command, beside a name, at the end of a sentence."""

import re
from collections.abc import Iterable, Iterator

from outfitter.core.secret_formats import (
    DUMMY,
    FOLDER,
    IDENTIFIER,
    MIXED,
    SYMBOL,
    TECHNICAL,
    is_made_up,
)

_SHORT, _LONG = 6, 8
_OPTIONS = r"\s(?:[^\n]{0,80}?\s)?"
_VALUE = r"[\"'`(]?(?P<value>[^\s\"'`<>]{6,128}+)"
_GIVEN = r"[\s=]{0,2}[\"']?(?P<value>[^\s\"']{6,128}+)"
# What only a password follows; MySQL's, 7-Zip's and RAR's must have no space before it.
_IN_PROGRAM = re.compile(
    r"\b(?:(?:(?:mysql|mariadb)[\w-]{0,16}|7z[ar]?|rar)" + _OPTIONS + r"-h?p(?=\S)"
    r"|(?:sshpass|login|mongo\w{0,12}|rdesktop|cypher-shell|cqlsh|beeline|evil-winrm|netexec)"
    + _OPTIONS + r"-p"
    r"|(?:sqlcmd|bcp|tsql|ipmitool|mosquitto_[a-z]{3}|zip|unzip)" + _OPTIONS + r"-P"
    r"|redis-cli" + _OPTIONS + r"-a\s|ldap[a-z]{3,8}" + _OPTIONS + r"-w"
    r"|xfreerdp" + _OPTIONS + r"/p:|lftp" + _OPTIONS + r"-u\s?[^\s,]{1,64},"
    r"|smbclient" + _OPTIONS + r"-U\s?[^\s%]{1,64}%"
    r"|htpasswd\s-[a-z]{0,3}b[a-z]{0,3}\s\S{1,128}\s\S{1,64}\s"
    r"|rabbitmqctl\s(?:add_user|change_password)\s\S{1,64}\s"
    r"|net\suse" + _OPTIONS + r"/user:\S{1,64}\s|(?i:SecureString)\s(?:-(?i:string)\s)?"
    r"|(?i:identified\s(?:with\s\w{1,32}\s)?by|password)\s(?=')|auth\s?=\s?\(\s?[\"'][^\"'\s]{1,64}[\"'],)"
    + _GIVEN
)  # fmt: skip
_IN_SQLPLUS = re.compile(r"\bsqlplus\s[^\s/]{1,64}/(?P<value>[^\s/@\"']{6,64}+)")
_BEHIND_FLAG = re.compile(
    r"(?<!\S)--?(?:[a-z]{1,12}-)?(?:store|key)?pass[\s=]{1,2}[\"']?(?P<value>[^\s\"']{6,128}+)"
)
_NO_NAME = (
    r"(?!(?:must|can|cannot|may|might|should|will|would|could|to|who|that|has|had|did|does)\s)"
)
# Behind whose words a name and a password stand side by side.
_PAIR = re.compile(
    r"(?<![\w-])(?:(?:logins?|credentials?|creds|zugangsdaten|(?:login|anmelde)daten|identifiants?"
    r"|(?:user(?:name)?|u|benutzer(?:name)?)\s?/\s?(?:p|pass(?:word|wort)?|pw))"
    r"(?:\s(?:details|data))?(?:\s(?:for|to|für|zu|zum)(?:\s\w{1,20}){1,3}?)?"
    r"\s{0,2}(?:is|are|was|ist|sind|laute(?:t|n)|sont|son|:|=)"
    r"|(?:log|sign)\s?in\s(?:as|with)|user)\s{1,3}[\"'`]?[\w.@+-]{1,64}+[\"'`]?"
    r"(?:\s?[/|]\s?|\s(?:and|und|with|mit|y|et)\s|,?\s(?:password|pass|pw|passwort)[\s:=]{1,3}"
    # A list of apps may have "Office365" in it, but hardly a sign behind the digits.
    r"|,\s(?=[^\s,]{0,40}[0-9])(?=[^\s,]{0,40}[!@#$%^&*]))" + _VALUE,
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<![\w-])(?:u(?:ser|sr)?\s?[:=]\s?[^\s,;]{1,64}[\s,;/]{1,3}p(?:ass|w|wd)?\s?[:=]\s?" + _VALUE
    + r"(?!\s{1,2}\w{1,20}\s?[:=])"
    r"|(?:user(?:name)?|usr|login)[\s:=]{1,2}" + _NO_NAME
    + r"[^\s,]{1,64}(?:,?\s|\sand\s)pass\s{1,2}"
    + _VALUE.replace("<value>", "<other>") + ")",
    re.IGNORECASE,
)  # fmt: skip
_WORD = (
    r"(?!(?:and|but|so|or|because|while|if|when|und|aber|oder|weil|wenn|y|pero|et|mais|is|are|was"
    r"|ist|es|est)\s)[\w'\u2019-]{1,20}+"
)
_WAY = (
    r"(?:\s(?:for|to|of|on|at|in|from|i|we|you|that|which|für|von|vom|zu|zum|im|de|del|du|da|do|di"
    rf"|para|pour|then|now|still|t?here)(?:\s{_WORD}){{0,8}}?|,\s[^,.\n]{{1,60}}+,|\s\([^()\n]{{1,60}}+\))?"
)
_BE = (
    r"\s(?:(?:is|are|was|were)(?:\s(?:still|now))?|(?:has|had)(?:\salways)?\sbeen"
    r"|(?:(?:has|have|had|needs?|used|ought)\sto|should|will|would|could|can"
    r"|may|might|must|shall)(?:\s(?:then|now|always))?\sbe|now\sis|ist|lautet|soll|es|est)\s{1,2}"
)
# A sentence that is about a password and ends in it, however far it is.
_FAR = re.compile(
    r"(?<![a-z])(?:password|passwort|passphrase|passcode|pwd|pw|kennwort|contraseña|clave|senha"
    r"|mot\sde\spasse)s?" + _WAY + _BE + _VALUE,
    re.IGNORECASE,
)
_SET = re.compile(
    r"\b(?:set|changed?|reset|updated?|switch|make)\s(?:\w{1,10}\s){0,2}?"
    r"(?:password|passphrase|passcode|pwd|pw)" + _WAY + r"\sto\s" + _VALUE,
    re.IGNORECASE,
)
_CLOSING = ".,;:)]}>!?"
# Where one of the patterns could begin: to look for words is faster than to try it everywhere.
_PROGRAMS = (
    *"mysql mariadb 7z rar sshpass login mongo rdesktop cypher-shell cqlsh beeline".split(),
    *"evil-winrm netexec sqlcmd bcp tsql ipmitool mosquitto_ zip unzip redis-cli ldap".split(),
    *"xfreerdp lftp smbclient htpasswd rabbitmqctl securestring identified password auth".split(),
    "net use",
)
_NAMING = ("log", "cred", "zugang", "anmelde", "identif", "user", "usr", "benutzer", "sign")
_CALLED = ("pass", "pw", "kennwort", "contraseña", "clave", "senha", "mot de")
_BEGINNINGS = (
    (_PROGRAMS, _IN_PROGRAM, _SHORT),
    (("sqlplus",), _IN_SQLPLUS, _SHORT),
    (("-",), _BEHIND_FLAG, _SHORT),
    ((*_NAMING, "u/", "u /"), _PAIR, _LONG),
    ((*_NAMING, "u:", "u=", "u :"), _NAMED, _LONG),
    (_CALLED, _FAR, _SHORT),
    (("set", "change", "update", "switch", "make"), _SET, _SHORT),
)


def placed(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Where passwords stand that their place gives away; `lower` is the text in small letters."""
    for words, pattern, least in _BEGINNINGS:
        for match in beginning(words, pattern, text, lower):
            yield from _of(match, least)


def beginning(
    words: Iterable[str], pattern: re.Pattern[str], text: str, lower: str
) -> Iterator[re.Match[str]]:
    """What matches where one of the words begins, be it a part of another."""
    # A few letters become two when they are made small.
    where = lower if len(lower) == len(text) else text
    for word in words:
        at = where.find(word)
        while at >= 0:
            if match := pattern.match(text, at):
                yield match
            at = where.find(word, at + len(word))


def _of(match: re.Match[str], least: int) -> Iterator[tuple[int, int]]:
    group = match.lastgroup or "value"
    value = match[group].rstrip(_CLOSING)
    if _is_password(value, least):
        yield match.start(group), match.start(group) + len(match[group].rstrip(".,;:)]}>"))


def _is_password(value: str, least: int) -> bool:
    has_symbol = SYMBOL.search(value)
    if len(value) < _SHORT:
        return False
    if any(one.fullmatch(value) for one in (DUMMY, IDENTIFIER, FOLDER)):
        return False
    plain = TECHNICAL.sub("", value)
    is_mixed = any(len(run) >= least for run in MIXED.findall(plain))
    return bool(has_symbol) or is_mixed or is_made_up(value, least)
