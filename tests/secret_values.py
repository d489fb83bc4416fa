"""Made-up secrets in the forms that their services give them, from a seed; none is anybody's."""

import base64
import json
import string
from collections.abc import Callable
from random import Random

HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + string.digits
LOWER = string.ascii_lowercase + string.digits
ALNUM = string.ascii_letters + string.digits
URL_SAFE = ALNUM + "-_"
BASE64 = ALNUM + "+/"

Make = Callable[[Random], str]


def some(length: int, alphabet: str = ALNUM) -> Make:
    """That many letters of the alphabet."""
    return lambda dice: "".join(dice.choices(alphabet, k=length))


def form(*parts: str | Make) -> Make:
    """The parts one behind the other."""
    return lambda dice: "".join(part if isinstance(part, str) else part(dice) for part in parts)


def uuid(dice: Random) -> str:
    """A UUID."""
    return "-".join(some(length, HEX)(dice) for length in (8, 4, 4, 4, 12))


def jwt(dice: Random) -> str:
    """A signed token."""
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": some(12)(dice), "iat": 1_763_800_000})
    head, body = (base64.urlsafe_b64encode(json.dumps(one).encode()) for one in parts)
    return f"{head.decode().rstrip('=')}.{body.decode().rstrip('=')}.{some(43, URL_SAFE)(dice)}"


def pem(kind: str) -> Make:
    """A private key in its armour."""

    def make(dice: Random) -> str:
        lines = "\n".join(some(64, BASE64)(dice) for _ in range(12))
        return f"-----BEGIN {kind}PRIVATE KEY-----\n{lines}==\n-----END {kind}PRIVATE KEY-----"

    return make


def service_account(dice: Random) -> str:
    """The JSON file of a Google service account."""
    given = {
        "type": "service_account",
        "project_id": "acme-reports-4711",
        "private_key_id": some(40, HEX)(dice),
        "private_key": pem("")(dice),
        "client_email": "reports@acme-reports-4711.iam.gserviceaccount.com",
        "client_id": some(21, string.digits)(dice),
    }
    return json.dumps(given, indent=2)


# What begins or is built in a way that only its service uses.
KNOWN: dict[str, Make] = {
    "openai": form("sk-", some(20), "T3BlbkFJ", some(20)),
    "openai project": form("sk-proj-", some(74, URL_SAFE), "T3BlbkFJ", some(74, URL_SAFE)),
    "openai service account": form("sk-svcacct-", some(60, URL_SAFE), "T3BlbkFJ", some(60)),
    "openai admin": form("sk-admin-", some(58, URL_SAFE), "T3BlbkFJ", some(58, URL_SAFE)),
    "anthropic": form("sk-ant-api03-", some(93, URL_SAFE), "AA"),
    "anthropic admin": form("sk-ant-admin01-", some(93, URL_SAFE), "AA"),
    "anthropic oauth": form("sk-ant-oat01-", some(93, URL_SAFE), "AA"),
    "openrouter": form("sk-or-v1-", some(64, HEX)),
    "github classic": form("ghp_", some(36)),
    "github oauth": form("gho_", some(36)),
    "github app": form("ghs_", some(36)),
    "github user": form("ghu_", some(36)),
    "github refresh": form("ghr_", some(76)),
    "github fine": form("github_pat_", some(22), "_", some(59)),
    "gitlab": form("glpat-", some(20, URL_SAFE)),
    "gitlab deploy": form("gldt-", some(20, URL_SAFE)),
    "gitlab runner": form("glrt-", some(20, URL_SAFE)),
    "slack bot": form(
        "xoxb-", some(12, string.digits), "-", some(13, string.digits), "-", some(24)
    ),
    "slack user": form(
        "xoxp-",
        some(12, string.digits),
        "-",
        some(12, string.digits),
        "-",
        some(13, string.digits),
        "-",
        some(32, HEX),
    ),
    "slack app": form(
        "xapp-1-A", some(10, UPPER), "-", some(13, string.digits), "-", some(64, HEX)
    ),
    "slack webhook": form(
        "https://hooks.slack.com/services/T", some(10, UPPER), "/B", some(10, UPPER), "/", some(24)
    ),
    "discord bot": form("M", some(25), ".G", some(5, URL_SAFE), ".", some(38, URL_SAFE)),
    "discord webhook": form(
        "https://discord.com/api/webhooks/", some(19, string.digits), "/", some(68, URL_SAFE)
    ),
    "telegram": form(some(10, string.digits), ":AA", some(33, URL_SAFE)),
    "notion": form("ntn_", some(46)),
    "notion old": form("secret_", some(43)),
    "airtable": form("pat", some(14), ".", some(64, HEX)),
    "stripe": form("sk_live_51", some(97)),
    "stripe test": form("sk_test_51", some(97)),
    "stripe restricted": form("rk_live_51", some(97)),
    "stripe webhook": form("whsec_", some(32)),
    "aws id": form("AKIA", some(16, string.ascii_uppercase + "234567")),
    "google api": form("AIza", some(35, URL_SAFE)),
    "google access": form("ya29.a0", some(160, URL_SAFE)),
    "google client": form("GOCSPX-", some(28, URL_SAFE)),
    "google refresh": form("1//0", some(60, URL_SAFE)),
    "azure storage": form(
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=",
        some(86, BASE64),
        "==;EndpointSuffix=core.windows.net",
    ),
    "azure client": form(some(3), "8Q~", some(34, ALNUM + "-_~.")),
    "sendgrid": form("SG.", some(22, URL_SAFE), ".", some(43, URL_SAFE)),
    "mailchimp": form(some(32, HEX), "-us12"),
    "twilio": form("SK", some(32, HEX)),
    "hubspot": form("pat-na1-", uuid),
    "linear": form("lin_api_", some(40)),
    "figma": form("figd_", some(40, URL_SAFE)),
    "atlassian": form("ATATT3xFfGF0", some(180, URL_SAFE), "=", some(8, "0123456789ABCDEF")),
    "bitbucket": form("ATBB", some(24), some(8, "0123456789ABCDEF")),
    "trello": form("ATTA", some(64, HEX), some(8, "0123456789ABCDEF")),
    "shopify": form("shpat_", some(32, HEX)),
    "shopify secret": form("shpss_", some(32, HEX)),
    "npm": form("npm_", some(36)),
    "pypi": form("pypi-AgEIcHlwaS5vcmc", some(140, URL_SAFE)),
    "docker": form("dckr_pat_", some(27, URL_SAFE)),
    "hugging face": form("hf_", some(34, string.ascii_letters)),
    "replicate": form("r8_", some(37)),
    "groq": form("gsk_", some(52)),
    "xai": form("xai-", some(80)),
    "perplexity": form("pplx-", some(48)),
    "tavily": form("tvly-dev-", some(32)),
    "firecrawl": form("fc-", some(32, HEX)),
    "brave": form("BSA", some(28, URL_SAFE)),
    "apify": form("apify_api_", some(36)),
    "sentry": form("sntryu_", some(64, HEX)),
    "sentry org": form("sntrys_eyJ", some(120, BASE64), "_", some(43, BASE64)),
    "grafana": form("glsa_", some(32), "_", some(8, HEX)),
    "grafana cloud": form("glc_eyJ", some(120, BASE64)),
    "new relic": form("NRAK-", some(27, UPPER)),
    "heroku": form("HRKU-AA", some(58, URL_SAFE)),
    "digitalocean": form("dop_v1_", some(64, HEX)),
    "netlify": form("nfp_", some(36)),
    "supabase": form("sbp_", some(40, HEX)),
    "supabase secret": form("sb_secret_", some(22, URL_SAFE), "_", some(8, URL_SAFE)),
    "postman": form("PMAK-", some(24, HEX), "-", some(34, HEX)),
    "doppler": form("dp.pt.", some(43)),
    "vault": form("hvs.", some(92, URL_SAFE)),
    "pulumi": form("pul-", some(40, HEX)),
    "terraform": form(some(14), ".atlasv1.", some(67, URL_SAFE)),
    "databricks": form("dapi", some(32, HEX)),
    "square": form("EAAA", some(60, URL_SAFE)),
    "dropbox": form("sl.u.", some(140, URL_SAFE)),
    "1password": form("ops_eyJ", some(400, URL_SAFE)),
    "age": form("AGE-SECRET-KEY-1", some(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")),
    "clickup": form("pk_", some(8, string.digits), "_", some(32, UPPER)),
    "neon": form("napi_", some(64, LOWER)),
    "planetscale": form("pscale_tkn_", some(43, URL_SAFE)),
    "resend": form("re_", some(8), "_", some(24)),
    "pinecone": form("pcsk_", some(6), "_", some(62)),
    "langsmith": form("lsv2_pt_", some(32, HEX), "_", some(10, HEX)),
    "elevenlabs": form("sk_", some(48, HEX)),
    "browserbase": form("bb_live_", some(27, URL_SAFE)),
    "circleci": form("CCIPAT_", some(22), "_", some(40, HEX)),
    "rubygems": form("rubygems_", some(48, HEX)),
    "sonar": form("squ_", some(40, HEX)),
    "posthog": form("phx_", some(47)),
    "mapbox": form("sk.eyJ", some(70), ".", some(22, URL_SAFE)),
    "paddle": form("pdl_live_apikey_01", some(24, LOWER), "_", some(22), "_", some(3)),
    "render": form("rnd_", some(28)),
    "context7": form("ctx7sk-", uuid),
    "deepl": form(uuid, ":fx"),
    "asana": form("2/", some(16, string.digits), "/", some(16, string.digits), ":", some(32, HEX)),
    "contentful": form("CFPAT-", some(43, URL_SAFE)),
    "metabase": form("mb_", some(43, BASE64), "="),
    "rootly": form("rootly_", some(64, HEX)),
    "dbt": form("dbtu_", some(36)),
    "meta": form("EAA", some(170)),
    "jwt": jwt,
    "rsa key": pem("RSA "),
    "ssh key": pem("OPENSSH "),
    "encrypted key": pem("ENCRYPTED "),
    "service account": service_account,
    "postgres address": form("postgresql://app:", some(18), "@db.acme.example:5432/shop"),
    "mongodb address": form("mongodb+srv://app:", some(16), "@cluster0.ab1cd.mongodb.net/shop"),
    "redis address": form("redis://:", some(24), "@cache.acme.example:6380/0"),
    "amqp address": form("amqps://app:", some(20), "@mq.acme.example/prod"),
    "mysql address": form("mysql://root:", some(6), "!", some(6), "@10.0.0.5/shop"),
    "basic auth address": form("https://anna:", some(20), "@intranet.acme.example/api"),
    "cloudinary address": form(
        "cloudinary://", some(15, string.digits), ":", some(27, URL_SAFE), "@acme"
    ),
}

# What could be anything, and is a secret because its name stands beside it.
NAMED: dict[str, Make] = {
    "AWS_SECRET_ACCESS_KEY": some(40, BASE64),
    "AWS_SESSION_TOKEN": some(300, BASE64),
    "CLOUDFLARE_API_TOKEN": some(40, URL_SAFE),
    "DATADOG_API_KEY": some(32, HEX),
    "DATADOG_APP_KEY": some(40, HEX),
    "TODOIST_API_KEY": some(40, HEX),
    "TRELLO_API_KEY": some(32, HEX),
    "TWILIO_AUTH_TOKEN": some(32, HEX),
    "TWILIO_API_SECRET": some(32),
    "EXA_API_KEY": uuid,
    "HEROKU_API_KEY": uuid,
    "PAGERDUTY_USER_API_KEY": form("u+", some(18)),
    "PIPEDRIVE_API_KEY": some(40, HEX),
    "ZENDESK_API_KEY": some(40),
    "FRESHDESK_API_KEY": some(20),
    "INTERCOM_ACCESS_TOKEN": form("dG9rO", some(50), "="),
    "SPOTIFY_CLIENT_SECRET": some(32, HEX),
    "AZURE_CLIENT_SECRET": form(some(3), "8Q~", some(34, ALNUM + "-_~.")),
    "ZOOM_CLIENT_SECRET": some(32),
    "REDDIT_CLIENT_SECRET": some(30, URL_SAFE),
    "GOOGLE_OAUTH_CLIENT_SECRET": form("GOCSPX-", some(28, URL_SAFE)),
    "WEBFLOW_TOKEN": some(64, HEX),
    "VERCEL_TOKEN": some(24),
    "OPENWEATHER_API_KEY": some(32, HEX),
    "WOLFRAM_API_KEY": form(some(6, UPPER), "-", some(10, UPPER)),
    "ALPACA_SECRET_KEY": some(40),
    "ROLLBAR_ACCESS_TOKEN": some(32, HEX),
    "SHORTCUT_API_TOKEN": uuid,
    "CLICKHOUSE_PASSWORD": some(14, ALNUM + "!%*_-"),
    "SNOWFLAKE_PASSWORD": form(some(8), "!", some(4)),
    "MYSQL_PASSWORD": form(some(5), "#", some(6)),
    "GMAIL_APP_PASSWORD": some(16, string.ascii_lowercase),
    "WP_API_PASSWORD": form(some(4), "-", some(4), "-", some(4), "-", some(4)),
}


def _password(dice: Random) -> str:
    words = ("hunter", "Sommer", "sunshine", "Dragon", "kaffee", "winter", "Bello", "monkey")
    return f"{dice.choice(words)}{dice.randint(2, 2031)}{dice.choice('!?#$%&*')}{dice.choice(HEX)}"


def _groups(dice: Random) -> str:
    consonants = "bcdfghjklmnpqrstvwxz"
    return " ".join(
        some(4, consonants + "aeiou")(dice)[:3] + dice.choice(consonants) for _ in range(4)
    )


# What people say; the value stands in the place of {}.
SAID: dict[str, tuple[str, Make]] = {
    "password colon": ("password: {}", _password),
    "password is": ("my password is {} by the way", _password),
    "the password for": ("the password for the mailbox is {}", _password),
    "quoted password": ('Password: "{}"', _password),
    "user and password": ("log in with user anna and password {}", form(some(8), "!", some(4))),
    "pw": ("pw: {}", _password),
    "german": ("mein Passwort ist {}", _password),
    "german lautet": ("Das Passwort lautet: {}", _password),
    "kennwort": ("Kennwort: {}", _password),
    "spanish": ("mi contraseña es {}", _password),
    "french": ("mon mot de passe est {}", _password),
    "app password": ("my app password is {}", _groups),
    "token is": ("the token is {}", some(40, HEX)),
    "api key": ("here is the api key: {}", some(32)),
    "use this key": ("use this key: {}", some(32, HEX)),
    "secret equals": ("client_secret={}", some(40)),
    "api key in address": ("https://api.acme.example/v1/items?api_key={}", some(32, HEX)),
    "token in address": ("https://mcp.acme.example/sse?token={}", some(32)),
    "bearer": ("Authorization: Bearer {}", some(40)),
    "basic": (
        "Authorization: Basic {}",
        lambda dice: base64.b64encode(f"anna:{_password(dice)}".encode()).decode(),
    ),
    "header": ("X-API-Key: {}", some(32)),
    "curl user": ("curl -u anna:{} https://api.acme.example/v1", _password),
    "connection string": ("Server=db;Database=shop;User Id=sa;Password={};", _password),
    "json": ('{{"password": "{}"}}', _password),
    "yaml": ("database:\n  user: app\n  password: {}\n", _password),
    "pin of the mailbox": ("passphrase: {}", form(some(6), " ", some(6))),
}

# How a value comes; it stands in the place of {}.
FRAMES = (
    "{}",
    "here you are: {}",
    'it is "{}", thanks!',
    "Use `{}` for it.",
    "```\n{}\n```",
    '{{"value": "{}"}}',
    "({})",
    "It is\n{}\nand nothing else.",
    "take {}, please.",
    "<{}>",
)
NAMED_FRAMES = (
    "{name}={value}",
    'export {name}="{value}"',
    '"{name}": "{value}"',
    "{name}: {value}",
    "my {name} is {value}.",
    "```env\n{name}={value}\n```",
    "{name} = '{value}'",
)


def secret_part(value: str) -> str:
    """What of a value must not be left: the password of an address, a line of a key."""
    if "PRIVATE KEY" in value:
        armour = value.replace("\\n", "\n").partition("PRIVATE KEY-----")[2]
        return armour.split("\n")[4]
    if "AccountKey=" in value:
        return value.partition("AccountKey=")[2].partition(";")[0]
    if "/services/" in value or "/webhooks/" in value:
        return value.rpartition("/")[2]
    if "://" in value:
        return value.partition("://")[2].rpartition("@")[0].partition(":")[2]
    return value
