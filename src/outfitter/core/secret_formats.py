"""How the secrets of well-known services are written."""

import re

# Every pattern below starts at the start of a word and ends in a possessive or bounded run, so
# that a failed try never reads on far: the whole search stays linear on hostile text.
_START = r"(?<![A-Za-z0-9_-])"
_A = "[A-Za-z0-9]"
_W = "[A-Za-z0-9_-]"
_HEX = "[0-9a-f]"
UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"

FORMATS: tuple[tuple[str, str], ...] = (
    ("Anthropic key", rf"sk-ant-{_W}{{20,}}+"),
    ("OpenAI key", rf"sk-{_W}{{20,}}+"),
    ("GitHub token", rf"(?:gh[pousr]_{_A}{{30,}}+|github_pat_[A-Za-z0-9_]{{30,}}+)"),
    ("GitLab token", rf"gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-{_W}{{20,}}+(?:\.{_W}++)*+"),
    ("Slack token", r"(?:xox[abcdeprs]-[A-Za-z0-9%/+=-]{10,}+|xapp-\d-[A-Za-z0-9-]{10,}+)"),
    ("Notion token", rf"(?:ntn_{_A}{{30,}}+|secret_{_A}{{32,}}+)"),
    ("Google API key", rf"AIza{_W}{{30,}}+"),
    ("Google OAuth token", rf"(?:ya29\.{_W}{{20,}}+|1//0{_W}{{20,}}+)"),
    ("Google client secret", rf"GOCSPX-{_W}{{20,}}+"),
    ("AWS access key", r"(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("Stripe key", rf"(?:[sr]k_(?:live|test)_{_A}{{10,}}+|whsec_[A-Za-z0-9+/=]{{20,}}+)"),
    ("SendGrid key", rf"SG\.{_W}{{16,}}+\.{_W}{{16,}}+"),
    ("Twilio key", rf"SK{_HEX}{{32}}(?![A-Za-z0-9])"),
    ("Mailchimp key", rf"{_HEX}{{32}}-us\d{{1,2}}"),
    ("Mailgun key", rf"key-{_HEX}{{32}}"),
    ("Resend key", rf"re_{_A}{{6,12}}_{_A}{{16,}}+"),
    ("Telegram bot token", rf"(?:bot)?\d{{6,12}}:{_W}{{35}}"),
    ("Intercom token", r"dG9rO[A-Za-z0-9+/]{40,}+={0,2}"),
    ("PagerDuty key", rf"u\+{_W}{{18}}(?!{_W})"),
    ("Discord token", rf"[MNO]{_W}{{22,27}}\.{_W}{{6}}\.{_W}{{25,}}+"),
    ("Hugging Face token", rf"hf_{_A}{{24,}}+"),
    ("Replicate token", rf"r8_{_A}{{24,}}+"),
    ("Airtable token", rf"pat{_A}{{14}}\.{_HEX}{{32,}}+"),
    ("Figma token", rf"figd_{_W}{{20,}}+"),
    ("Linear key", rf"lin_(?:api|oauth)_{_A}{{20,}}+"),
    ("Shopify token", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{20,}+"),
    ("DigitalOcean token", rf"do[opr]_v1_{_HEX}{{32,}}+"),
    ("npm token", rf"npm_{_A}{{30,}}+"),
    ("PyPI token", rf"pypi-{_W}{{40,}}+"),
    ("Docker token", rf"dckr_[a-z]{{3}}_{_W}{{20,}}+"),
    ("Heroku key", rf"HRKU-{_W}{{20,}}+"),
    ("Render key", rf"rnd_{_A}{{20,}}+"),
    ("Netlify token", rf"nfp_{_A}{{20,}}+"),
    ("Supabase key", rf"(?:sbp_{_W}{{30,}}+|sb_secret_{_W}{{20,}}+)"),
    ("Neon key", rf"napi_{_A}{{24,}}+"),
    ("PlanetScale token", rf"pscale_(?:tkn|pw|oauth)_{_W}{{20,}}+"),
    ("Databricks token", rf"dapi{_HEX}{{32}}"),
    ("Atlassian token", r"AT(?:ATT|CTT|BB)[A-Za-z0-9_=-]{20,}+"),
    ("Trello token", rf"ATTA{_HEX}{{40,}}+"),
    ("Grafana token", rf"(?:glsa_{_W}{{20,}}+|glc_[A-Za-z0-9+/=]{{20,}}+)"),
    ("New Relic key", r"NRAK-[A-Z0-9]{20,}+"),
    ("Sentry token", r"sntry[su]_[A-Za-z0-9_=+/-]{20,}+"),
    ("Postman key", rf"PMAK-{_W}{{24,}}+"),
    ("CircleCI token", rf"CCIPAT_{_W}{{20,}}+"),
    ("PostHog key", rf"phx_{_W}{{20,}}+"),
    ("Rootly token", rf"rootly_{_A}{{20,}}+"),
    ("n8n key", rf"n8n_api_{_W}{{20,}}+"),
    ("Tavily key", rf"tvly-{_W}{{16,}}+"),
    ("Firecrawl key", rf"fc-{_HEX}{{24,}}+"),
    ("Brave key", rf"BSA{_W}{{24,}}+"),
    ("Perplexity key", rf"pplx-{_A}{{24,}}+"),
    ("Pinecone key", rf"pcsk_{_W}{{24,}}+"),
    ("Groq key", rf"gsk_{_A}{{24,}}+"),
    ("xAI key", rf"xai-{_A}{{24,}}+"),
    ("Browserbase key", rf"bb_(?:live|test)_{_W}{{16,}}+"),
    ("Apify token", rf"apify_api_{_A}{{20,}}+"),
    ("Context7 key", rf"ctx7sk[-_]{_W}{{16,}}+"),
    ("Hyperbrowser key", rf"hb_{_A}{{24,}}+"),
    ("Metabase key", r"mb_[A-Za-z0-9+/=]{24,}+"),
    ("CoinGecko key", rf"CG-{_A}{{20,}}+"),
    ("ElevenLabs key", rf"sk_{_HEX}{{40,}}+"),
    ("dbt token", rf"dbt[cu]_{_W}{{20,}}+"),
    ("Paddle key", rf"pdl_{_W}{{20,}}+"),
    ("LaunchDarkly key", rf"(?:api|sdk|mob)-{UUID}"),
    ("HubSpot token", rf"pat-(?:na|eu|ap)\d-{UUID}"),
    ("Asana token", rf"[12]/\d{{6,20}}(?:/\d{{6,20}})?:{_HEX}{{32}}"),
    ("Mapbox token", rf"sk\.eyJ{_W}{{16,}}+\.{_W}{{16,}}+"),
    ("Meta or Square token", rf"EAA{_W}{{40,}}+"),
    ("Dropbox token", rf"sl\.(?:u\.)?{_W}{{40,}}+"),
    ("HashiCorp token", rf"(?:hvs\.{_W}{{20,}}+|{_A}{{14}}\.atlasv1\.{_W}{{40,}}+)"),
    ("Doppler token", rf"dp\.(?:pt|st|ct)\.(?:[a-z0-9_-]{{2,35}}\.)?{_A}{{20,}}+"),
    ("Azure client secret", r"[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_.~-]{31,34}"),
    ("Pulumi token", rf"pul-{_HEX}{{40}}"),
    ("1Password token", rf"ops_eyJ{_W}{{100,}}+"),
    ("ClickUp token", r"pk_\d{5,12}_[A-Z0-9]{20,}+"),
    ("LangSmith key", rf"lsv2_(?:pt|sk)_{_HEX}{{32}}_{_HEX}{{8,}}+"),
    ("RubyGems key", rf"rubygems_{_HEX}{{40,}}+"),
    ("Sonar token", rf"sq[apu]_{_HEX}{{40}}"),
    ("DeepL key", rf"{UUID}:fx"),
    ("Contentful token", rf"CFPAT-{_W}{{40,}}+"),
    ("age key", r"AGE-SECRET-KEY-1[A-Z0-9]{40,}+"),
    ("JSON web token", rf"eyJ{_W}{{8,}}+\.eyJ{_W}{{8,}}+\.{_W}{{8,}}+"),
    ("chat webhook", rf"hooks\.slack\.com/services/T{_A}{{6,}}+/B{_A}{{6,}}+/{_A}{{12,}}+"),
    ("chat webhook", rf"discord(?:app)?\.com/api/webhooks/\d{{10,}}+/{_W}{{30,}}+"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in FORMATS)
# No groups in here: without them each alternative is ruled out by its first letter.
_ANY = r"(?=[A-Za-z0-9])(?=\S{16})(?:" + "|".join(one for _, one in FORMATS) + ")"
VENDOR = re.compile(_START + _ANY)
# To be matched where a word is known to begin.
VENDOR_HERE = re.compile(_ANY)
PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
    r"(?=[\s\\nr\"'+,]{0,8}(?:[A-Za-z0-9+/=]{12}|[A-Z][A-Za-z-]{3,12}:))"
    r"(?:(?!-----)[\s\S]){0,8192}+"
    r"(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?"
)
# Forty letters alone could be anything; behind the key they belong to they are its secret.
BEHIND_AWS_KEY = re.compile(
    r"(?<=(?:AKIA|ASIA)[A-Z0-9]{16})"
    r"[\s,;:/|]{1,3}(?P<value>[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])"
)
IN_URL = re.compile(r"://[^\s:/@?#]{0,128}+:(?P<value>[^\s/?#]{1,256})@(?=[A-Za-z0-9\[])")
IN_COMMAND = re.compile(
    r"(?<!\S)(?:-u|--user|--auth)[\s=]{0,2}[\"']?[^\s:\"']{1,64}:(?!\w+://)"
    r"(?P<value>[^\s\"']{6,256}+)"
)
IN_BASIC = re.compile(
    r"(?<![a-z])basic(?:[ _-]auth(?:entication|orization)?)?[\s:=\"'`]{1,4}"
    r"(?P<value>[a-z0-9+/_-]{8,512}+={0,2})",
    re.IGNORECASE,
)
# Looked at from where a run begins alone, or a long one would be read again from each letter.
MIXED = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]++[0-9]|[0-9]++[A-Za-z])[A-Za-z0-9]++")
_SHORTEST_RUN = 8
TECHNICAL = re.compile(
    r"base(?:16|32|58|64)|sha-?\d+|md5|oauth-?[12]|aes-?\d+|rsa-?\d+|utf-?\d+|\d+-?(?:bit|byte|char|zeichen|stell|caract|d[ií]git|znak)\w*"
    r"|base-64|wpa-?[23]|argon2\w*|pbkdf2|hs\d{3}|rs\d{3}|es\d{3}|ed25519|http/?[123]|x\.?509|s3|k8s|ec2|v\d+",
    re.IGNORECASE,
)
DUMMY = re.compile(
    r"[<\[{$%*•…].*|(?:your|example|change[-_]?me|redacted|hidden|xxx)(?![a-z0-9]).*|x+|pass|pwd|none|null"
    r"|true|false|required|optional|string|missing|invalid|expired|abc123"
    r"|(?:my|the|some|your)?[_-]?(?:password|passwort|secret|token|key|api[_-]?key)",
    re.IGNORECASE,
)
IDENTIFIER = re.compile(r"[A-Z][A-Z0-9]*+(?:_[A-Z0-9]++)++|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\w+://.*")
# What `pwd` also stands for: the folder one is in.
FOLDER = re.compile(r"~?(?:/[\w.-]+){2,16}+/?|[A-Za-z]:\\.*")
# Marks that people put between the words of a password.
_BETWEEN = re.compile(r"(?<=[^\W_])[-_!@#$%^&*+=?~]+(?=[^\W_])")
_LETTER = "A-Za-z\u00c0-\u024f\u0370-\u04ff\u0620-\u064a"
_WORDED = re.compile(rf"(?<![{_LETTER}0-9])(?=[{_LETTER}]++[0-9])[{_LETTER}0-9]++")
SYMBOL = re.compile(r"[A-Za-z0-9][!@#$%^&*+=?~|\\]+[A-Za-z0-9]")


def is_made_up(value: str, least: int) -> bool:
    """Whether letters lead up to a digit in it, with or without marks between.

    >>> is_made_up("tortuga-azul-77", 8), is_made_up("12-digit", 6)
    (True, False)
    """
    plain = _BETWEEN.sub("", TECHNICAL.sub("", value))
    return any(len(one) >= least for one in _WORDED.findall(plain))


def is_random(value: str) -> bool:
    """Whether some part of it is no word: a run of eight with a digit, or of mixed case."""
    return any(
        len(run) >= _SHORTEST_RUN and not (run.islower() or run.isupper() or run.istitle())
        for run in re.findall(r"[A-Za-z0-9]+", value)
    ) or any(len(run) >= _SHORTEST_RUN for run in MIXED.findall(value))


def kind_of(secret: str) -> str:
    """The service a secret belongs to, by the way it is written."""
    return next((kind for kind, pattern in _COMPILED if pattern.fullmatch(secret)), "secret")
