"""The words that announce a secret, and what stands between them and it."""

import re

STEMS = (
    *("key", "token", "secret", "pass", "pw", "bearer", "basic", "kennwort"),
    *("contrase", "clave", "密码", "cred", "cookie", "sig"),
)
# In escaped text each quote has a backslash in front, in escaped text inside it two.
_QUOTES = r"[\"'`*\\]{0,4}"
_VALUE = (
    r"(?:\s(?:for|to|of|on|fürs?|zum?|para|de|do|pour|di|per|voor|от|для)(?:\s\w{1,20}){1,3}?"
    r"|\s(?:i|we)(?:\s[a-z]{1,12}){1,2}?)?"
    rf"(?P<link>{_QUOTES}\s{{0,3}}(?::?=>?|[:|\u2013\u2014\u2192\uff1a]|->|(?<=\s)-\s|['\u2019]s\b"
    r"|是|は|[는은]|है|(?:ของ[\u0e00-\u0e7f]{1,20}?)?คือ|%3[ad]|(?<=[a-z])>(?=[^\s<>]{6})"
    r"|\b(?:is|are|was|(?:will|should)\sbe|ist|lautet|es|est|è|é)\b)[\s:*]{0,8}"
    r"|\s{1,3}(?=\S{8}|[\"'`(]{0,2}[a-z]{4}\s[a-z]{4}\s[a-z]{4}\s[a-z]{4}))"
    r"[\"'`(\\]{0,4}(?P<value>(?P<six>[a-z0-9]{4}(?:\s[a-z0-9]{4}){5}(?![a-z0-9]))"
    r"|(?P<four>[a-z]{4}(?:\s[a-z]{4}){3}(?![a-z]))|[^\s\"'`<>]{6,512}+)"
)
LABEL = re.compile(
    # Where no label can begin is seen from one letter.
    r"(?=[abckmprst密])(?:(?P<word>(?<![a-z])(?:passwor(?:ds?|t)|passwd|passphrase|passcode|pwd?|kennwort"
    r"|contraseña|clave|mot\sde\spasse|密码|pass(?=\s{0,2}[=:|]|\s(?:is|was)\b))"
    r"|(?-i:(?<=[a-z])Password))"
    r"|(?:(?<![a-z])(?:tokens?|secrets?|keys?|bearer|cred(?:ential)?s?|cookies?)"
    r"|authorization\W{1,4}basic"
    r"|(?-i:(?<=[a-z])(?:Token|Secret|Key))|(?<=[?&-])sig(?:nature)?(?==)"
    r"|api[ _-]?key|access[ _-]?(?:key|token)"
    r"|(?:auth|bot|refresh)[ _-]?token|(?:secret|account|auth)[ _-]?key|client[ _-]?secret))"
    + _VALUE,
    re.IGNORECASE,
)
# What a password and a key are called where neither English nor the words above are spoken.
_PASSWORDS = (
    *"senha wachtwoord lösenord hasło haslo şifre şifrem sifre parola пароль パスワード".split(),
    *"비밀번호 密碼 口令 heslo jelszó adgangskode passord salasana κωδικός סיסמה mdp psw".split(),
    *"पासवर्ड कूटशब्द รหัสผ่าน พาสเวิร์ด รหัสลับ".split(),
    *("zugangscode", "geheimwort", "كلمة المرور", "mật khẩu", "kata sandi"),
)
_KEYS = (
    *"schlüssel zugangsschlüssel api-schlüssel clé jeton chiave chave llave".split(),
    *"токен ключ トークン 令牌 密钥 टोकन कुंजी โทเค็น โทเคน คีย์ลับ คีย์".split(),
)
ELSEWHERE = (*_PASSWORDS, *_KEYS)
LABEL_ELSEWHERE = re.compile(
    rf"(?<![a-zà-ÿ])(?:(?P<word>{'|'.join(_PASSWORDS)})"
    rf"|(?:{'|'.join(_KEYS)})(?:\s(?:secr\w{{2,4}}|(?:d['\u2019]|d[aeo]\s)?api))?)"
    r"(?:[\u0e00-\u0e7f]{1,20}+(?=\s)|\s(?:मेरा|यह|तो)(?=\s))?" + _VALUE,
    re.IGNORECASE,
)
SAID_BEFORE = re.compile(
    r"(?<!\S)[\"'`(]?(?P<value>[^\s\"'`<>()]{6,512}+)[\"'`)]?(?P<link>\s(?:is|was|ist|es|est)\s)"
    r"(?:my|our|the|mein|das|mi|la|mon|le)\s(?:[\w-]{1,20}\s){0,2}?"
    r"(?P<word>passwor[dt]|passphrase|kennwort|contraseña|mot\sde\spasse)\b"
    # The manager, list or sheet of passwords has a name, and is none.
    r"(?=\s*[.,;:!?)]|\s*(?:\n|\Z)|\s(?:for|to|of|on|and|für|zu|und|para|de|y|pour|et|please)\b)"
    r"(?P<six>(?!))?(?P<four>(?!))?",
    re.IGNORECASE,
)
# A flag of a command, or the name of a user, after which a password stands without a word between.
ANNOUNCING = re.compile(
    r"(?:(?<!\S)--?[\w-]{0,30}"
    r"|\b(?:user(?:name)?|login|benutzer(?:name)?|usuario)\W{1,3}[^\s]{1,64}\s(?:and\s)?)\Z",
    re.IGNORECASE,
)
# In Hindi what says so stands behind the value.
ANNOUNCED = re.compile(r"[\"'`]?\s(?:है|hai\b)")
