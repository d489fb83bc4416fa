"""The words that announce a secret, and what stands between them and it."""

import re
from collections.abc import Iterable

STEMS = (
    *("key", "token", "secret", "pass", "pw", "bearer", "basic", "kennwort"),
    *("contrase", "clave", "密码", "cred", "cookie", "sig"),
)
# In escaped text each quote has a backslash in front, in escaped text inside it two.
_QUOTES = r"[\"'`*\\\]]{0,4}"
_VALUE = (
    r"(?:\s(?:for|to|of|on|fürs?|zum?|vo[mn]|para|de|del|della|du|do|da|pour|di|per|voor|от|для)(?:\s\w{1,20}){1,3}?"
    r"|\s(?:i|we)(?:\s[a-z]{1,12}){1,2}?|\s(?:secret|segret|nuev|nov)[ao]|\s\d{1,2}(?=:\s)|\s(?:de\s)?api|\sde\sacceso|\sd'acc[eè]s"
    r"|\s\([^()\n]{1,40}+\)(?=\s?[:=])|(?P<far>(?:\s[a-z']{1,12}){0,3}?\s(?:me|us|gave|given|sent|got|made)(?:\s[a-z']{1,12}){0,2}(?=:\s)))?"
    rf"(?P<link>{_QUOTES}\s{{0,3}}(?::?=>?|[:|\u2013\u2014\u2192]|->|(?<=\s)-\s|['\u2019]s\b"
    r"|是|为|は|[는은]|है|\u0647[\u064a\u0648]\b|(?<=has[łl]o\s)to\b|(?:ของ[\u0e00-\u0e7f]{1,20}?)?คือ|%3[ad]|(?<=[a-z])>(?=[^\s<>]{6})"
    r"|\b(?:(?:is|are|was)(?:\s(?:now|also|still))?|(?:will|should|would)\sbe|c'est|ist|lautet|es|est|è|é)\b)[\s:*]{0,8}"
    r"|\s{1,3}(?=\S{8}|\"\s\S{6}|[\"'`(]{0,2}[a-z0-9]{4}\s[a-z0-9]{4}\s[a-z0-9]{4}\s[a-z0-9]{4}))"
    r"[\"'`(\\]{0,4}(?:(?<=\")\s)?(?P<value>(?P<six>[a-z0-9]{4}(?:\s[a-z0-9]{4}){5}(?![a-z0-9]))"
    r"|(?P<four>[a-z]{4}(?:\s[a-z]{4}){3}(?![a-z]))|[^\s\"'`<>]{6,512}+)"
)
LABEL = re.compile(
    # Where no label can begin is seen from two letters.
    r"(?=[abckmprst密][aceilopruw码])(?:(?P<word>(?<![a-z])(?:passwor(?:ds?|t)|passwd|passphrase|passcode|pwd?|kennwort"
    r"|contraseña|clave|mot\sde\spasse|密码|pass(?=[\"']?\s{0,2}[=:|]|\s(?:is|was)\b))"
    r"|(?-i:(?<=[a-z])Password)|(?<=[a-z])(?:password|passwort|kennwort)(?=[\"']?\s?[:=]))"
    r"|(?:(?<![a-z])(?:tokens?|secrets?|keys?(?:_base)?|bearer|cred(?:ential)?s?|cookies?)"
    r"|authorization\W{1,4}basic"
    r"|(?-i:(?<=[a-z])(?:Token|Secret|Key))|(?<=[a-z])(?:token|secret)(?=[\"']?\s?[:=])|(?<=[?&-])sig(?:nature)?(?==)"
    r"|api[ _-]?key|access[ _-]?(?:key|token)"
    r"|(?:auth|bot|refresh)[ _-]?token|(?:secret|account|auth)[ _-]?key|client[ _-]?secret))"
    + _VALUE,
    re.IGNORECASE,
)
# What a password and a key are called where neither English nor the words above are spoken.
_PASSWORDS = (
    *"senha wachtwoord lösenord hasło haslo şifresi şifrem şifre sifre parola".split(),
    *"пароль パスワード 비밀번호 비번 密碼 口令".split(),
    *"heslo jelszó adgangskode passord salasana κωδικός סיסמה mdp psw".split(),
    *"पासवर्ड कूटशब्द รหัสผ่าน พาสเวิร์ด รหัสลับ".split(),
    *(
        "zugangscode",
        "geheimwort",
        "كلمة المرور",
        "كلمة السر",
        "كلمة مرور",
        "mật khẩu",
        "kata sandi",
    ),
    "parola d'ordine",
)
_KEYS = (
    *"schlüssel zugangsschlüssel api-schlüssel clé jeton chiave chave llave".split(),
    *"zugangstoken sleutel api-sleutel klucz anahtar\u0131 anahtar キー 키 密鑰 金鑰 مفتاح".split(),
    *"токен ключ トークン 令牌 密钥 टोकन कुंजी โทเค็น โทเคน คีย์ลับ คีย์".split(),
)
ELSEWHERE = (*_PASSWORDS, *_KEYS, "รหัส")


def _any_of(words: Iterable[str]) -> str:
    """What matches one of the words, the longest that is there."""
    return "|".join(sorted(words, key=len, reverse=True))


_ALONE = "password passwort passwd passphrase pwd pw pass kennwort contraseña clave 密码".split()
# A password by any of its names, where more than the name tells that one follows.
PASSWORD = rf"(?:{_any_of((*_ALONE, *_PASSWORDS, 'mot de passe'))})"
LABEL_ELSEWHERE = re.compile(
    # The Thai word for a code is that for a password too where it stands alone.
    rf"(?<![a-zà-ÿ](?=[a-zà-ÿ]))(?:(?P<word>{_any_of(_PASSWORDS)}|รหัส(?=\s{{0,2}}[:=]))"
    rf"|(?:{_any_of(_KEYS)})(?:\s(?:se[cg]r\w{{2,4}}|(?:d'|d[aeo]\s)?api))?)"
    r"(?:[\u0e00-\u0e7f]{1,20}+(?=\s)|(?:\s\w{1,20}){1,2}(?=:)|\s(?:मेरा|यह|तो)(?=\s))?" + _VALUE,
    re.IGNORECASE,
)
SAID_BEFORE = re.compile(
    r"(?<!\S)[\"'`(]?(?P<value>[^\s\"'`<>()]{6,512}+)[\"'`)]?"
    r"(?P<link>\s(?:(?:is|was|ist|es|est|è|é)\s(?=my|our|the|mein|das|mi|la|mon|le)|as\s|als\s|como\s|comme\s"
    r"|\W?(?:that's|this\sis|das\sist)\s|\((?=passwor[dt]\))))"
    r"(?:(?:my|our|the|mein|das|mi|la|mon|le|its)\s)?(?:[\w-]{1,20}\s){0,2}?"
    r"(?:(?P<word>passwor[dt]|passphrase|pwd?|kennwort|contraseña|mot\sde\spasse|senha)"
    r"|(?:api|access|secret)\skey|token(?!\sof))\b"
    # The manager, list or sheet of passwords has a name, and is none.
    r"(?=\s*[.,;:!?)]|\s*(?:\n|\Z)|\s(?:for|to|of|on|and|für|zu|und|para|de|y|pour|et|please)\b)"
    r"(?P<six>(?!))?(?P<four>(?!))?(?P<far>(?!))?",
    re.IGNORECASE,
)
# A flag of a command, or the name of a user, after which a password stands without a word between.
ANNOUNCING = re.compile(
    r"(?:(?<!\S)--?[\w-]{0,30}"
    r"|\b(?:user(?:name)?|login|benutzer(?:name)?|usuario)\W{1,3}[^\s]{1,64}\s(?:and\s)?)\Z",
    re.IGNORECASE,
)
# Somebody gives a password by these words, if it is the last word of what they say.
GIVING = re.compile(
    r"(?:^|[\n,;.]\s?|\b(?:my|use|using|with|and|nutze|benutze|verwende|mit|mein|und|mi|usa|con|mon|avec|et"
    r"|meu|minha|com|mio|mia|mijn|met|moje|мой|и|benim)\s(?:the\s|das\s|la\s|le\s|a\s)?)\Z",
    re.IGNORECASE,
)
GIVEN = re.compile(
    r"(?:\s?\"|['`)])?(?:\s*(?:\n|\Z)|[.,;!?)](?:\s|\Z)|\s(?:for|to|and|on|at|für|zum?|und|auf|para|y|pour|et"
    r"|per|voor|please|bitte)\b)",
    re.IGNORECASE,
)
# In Hindi what says so stands behind the value.
ANNOUNCED = re.compile(r"[\"'`]?\s(?:है|hai\b)")
