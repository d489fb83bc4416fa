"""Secrets that what is around them gives away, and the same surroundings without one."""

import pytest

from outfitter.core.secrets import find, redact
from secret_search import takes_as_long_as_it_is

RANDOM = "aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW"
HEX = "9b2c4d6e8f0a1b3c5d7e9f0a1b2c3d4e"
UUID = "3f0c9a4e-7d21-4b8e-9c55-1a2b3c4d5e6f"
WORDS = "glance humble stadium anchor velvet crater pulse orphan meadow tilt bacon frost"

# Between the marks of each is what must be gone.
SECRET = (
    "password: ⟦Kiesel-See-3⟧",
    "pw = ⟦orange_Bike_12⟧",
    "log in with ⟦Sand-Burg7⟧ as the password",
    "⟦Sand-Burg7⟧ (password)",
    "mail.example.com, bob, ⟦P1geon-Post⟧ (that's the password)",
    "use the password ⟦Apfelkuchen42⟧ for the database",
    "my passwd ⟦blueberry_71⟧",
    "PASSWORD ⟦SHOUTING99⟧",
    "the password is also ⟦qazwsx!2⟧",
    "the credentials are bob:⟦Pa55-the-salt⟧",
    "my login is bob / ⟦Frosch-Teich9⟧",
    "the secret for the webhook is ⟦open-says-me-33⟧",
    "the app password google gave me: ⟦mtob dpyb uwwa zbds⟧",
    "gmail: bob@example.com / ⟦mtob dpyb uwwa zbds⟧",
    "wordpress application password ⟦drdH E4VP nwMC hv5u 3y7P ysfo⟧ of bob",
    f"my api key (keep it safe): ⟦{RANDOM}⟧",
    f"the exa key is ⟦{UUID}⟧",
    f"openweather appid ⟦{HEX}⟧ please",
    f"twilio account, auth ⟦{HEX}⟧",
    "the password is “⟦gr8-Expectations⟧”.",
    "mot de passe « ⟦Bateau-Ivre7⟧ »",
    "".join(one if one in "⟦⟧" else chr(ord(one) + 0xFEE0) for one in "password:⟦Katze-123⟧"),
    "PGPASSWORD=⟦bananasplit⟧ psql -h db",
    "wget --user=bob --password=⟦Zimt-und-Stern⟧ http://example.com",
    f'os.environ["OPENAI_API_KEY"] = "⟦{RANDOM}⟧"',
    "ALTER USER app WITH PASSWORD '⟦n3wP4ss_w0rd⟧';",
    "create user 'rep'@'%' identified by '⟦Qwe!rty-2026⟧';",
    '$c = ConvertTo-SecureString "⟦P@ssw0rd2026⟧" -AsPlainText -Force',
    "net use Z: \\\\nas\\share /user:bob ⟦Kettle42Moon⟧",
    'requests.get(u, auth=("bob", "⟦cl1mbing-Ivy⟧"))',
    f"echo ⟦{RANDOM}⟧ | docker login ghcr.io -u bob --password-stdin",
    f'<add key="ApiSecret" value="⟦{RANDOM}⟧" />',
    "env:\n  - name: SMTP_PASSWORD\n    value: ⟦Brief-Taube-4⟧",
    "username: kim\npassword: ⟦wolkenbruch⟧",
    "username: kim\nlösenord: ⟦wolkenbruch⟧",
    "| service | user | password |\n|---|---|---|\n| CRM | anna | ⟦Herbst#Laub8⟧ |",
    "user,password,role\ntom,⟦Wind-Rad88⟧,admin\nkim,⟦Kanal-Insel3⟧,guest",
    f"Cookie: a=⟦{HEX}⟧; csrftoken=⟦{RANDOM}⟧",
    f"https://example.com/magic?code=⟦{RANDOM}⟧",
    "post to https://hooks.zapier.com/hooks/catch/6997939/⟦6fvzlp7⟧/ then",
    f"https://hook.eu2.make.com/⟦{HEX}⟧ please",
    f"https://maker.ifttt.com/trigger/door/with/key/⟦{RANDOM}⟧",
    f"https://example.webhook.office.com/webhookb2/⟦{UUID}@{UUID}/IncomingWebhook/{HEX}⟧",
    f"https://calendar.google.com/calendar/ical/a%40example.com/private-⟦{HEX}⟧/basic.ics",
    f"https://api.telegram.org/⟦bot1282209800:AAa{RANDOM}⟧/sendMessage",
    f"recovery phrase: ⟦{WORDS}⟧",
    f"the seed words for the wallet are ⟦{WORDS}⟧",
    "passphrase: ⟦correct horse battery staple⟧",
    "backup codes: ⟦4821-9930⟧ ⟦1177-2083⟧",
    "pin for the door is ⟦4471⟧",
    "the password was changed to ⟦MooseJaw!3⟧ yesterday",
    "they changed the password to ⟦Rosen!Kohl⟧ last week",
    "the password is wrong1x, no wait, it's ⟦hunter2-really⟧",
    f"the api key is {HEX} ... sorry, actually ⟦{RANDOM}⟧",
    "wp-cli config set DB_PASSWORD '⟦Reise-Koffer8⟧'",
    '<input type="password" value="⟦Zirbel-Stube1⟧">',
    f"SECRET_KEY_BASE=⟦{HEX}⟧",
    f"vault unseal key 1: ⟦{RANDOM}⟧",
    "mi contraseña nueva es ⟦Colibri-2027⟧",
    f"la chiave segreta è ⟦{RANDOM}⟧",
    f"der Zugangstoken für Notion: ⟦{RANDOM}⟧",
    f"clave secreta ⟦{RANDOM}⟧",
    f"le jeton d'accès : ⟦{RANDOM}⟧",
    "le mot de passe du wifi c'est ⟦Lavande-13⟧",
    "la password del server è ⟦Limone-Giallo4⟧",
    "parola d'ordine: ⟦Girasole55⟧",
    f"API-sleutel = ⟦{RANDOM}⟧",
    "moje hasło to ⟦Zupa!pomidor3⟧",
    f"klucz API: ⟦{RANDOM}⟧",
    "мой пароль ⟦Снежинка77⟧",  # noqa: RUF001
    "şifrem ⟦Karpuz_54⟧",
    f"API anahtar\u0131: ⟦{RANDOM}⟧",
    f"API密钥是 ⟦{RANDOM}⟧",
    "用户名 admin 口令 ⟦Huang#7788⟧",
    "パスワードは⟦Sakura-2024⟧です",
    f"APIキー: ⟦{RANDOM}⟧",
    f"API 키: ⟦{RANDOM}⟧",
    "كلمة المرور هي ⟦Qahwa!2024⟧",
    f"مفتاح API: ⟦{RANDOM}⟧",
)

ORDINARY = (
    "The password is 12-digit and expires.",
    "The password is 2-factor-protected.",
    "Das Passwort ist 12-stellig und läuft ab.",
    "My password manager comparison: 1Password, Bitwarden.",
    "password reset mails, no wait, invoice2024 mails please",
    "No wait, use report-2026-v2 instead.",
    "Sorry, actually make it Q3-2026.",
    "The key account is list2026 and the token limit 128000.",
    f"The key is {UUID} of the row.",
    f"The session key is {UUID[:23]}.",
    "The words are " + WORDS,
    "The seed phrase scams on Reddit are many and the list of them should grow each week here now",
    "Seed data: users, orders, items, carts, shops, lists, names, pages, rooms, seats, trips.",
    "Passphrase: ask the people who know it",
    "Backup codes are printed by each user.",
    "Pin: the message 4711 goes to the top.",
    "The pin for the map is at 48.2.",
    "pin: 4711 messages",
    "| name | token count |\n|---|---|\n| gpt-4o | 128000 |",
    "Name, password, and role\nare columns of the table, as of v2beta1, and more",
    "user: tom\nteam: sales2026",
    "user: tom\npassword: ${DB_PASSWORD}",
    "- name: SMTP_PASSWORD\n  value: changeme",
    "Cookie: accept only necessary2",
    "https://docs.example.com/en/webhooks/webhook-events-and-payloads",
    "https://hooks.zapier.com/hooks/catch/",
    "https://example.com/item?code=SUMMER2026",
    "キーワード：庭2026の写真",  # noqa: RUF001
    "密码是8位以上的字符",
    "パスワードは8文字以上です",
    "UPDATE t SET status = 'open2026' WHERE id = 7",
    "The status was set to open-2026.",
    "the app id 123456789012",
    f"https://github.com/example/webhooks/commit/{HEX}",
    f"https://github.com/example/pre-commit-hooks/blob/{HEX}/README.md",
    "wallet for leather goods brown black navy olive green cognac tan grey beige sand cream",
    "recovery plan sleep stretch walk swim rest repeat drink water eat fruit every morning",
    "I forgot the key, sorry, invoice-2026-77.",
    "token usage report, actually, Q3-2026.",
    "date,token,price\n2026-01-01,SOLANA2,12.5",
    "cookie=a; theme=dark2026mode",
    "report2026q1 as token of thanks",
    "mot de passe : 12caracteres minimum",
    "my password manager KeePass2024, please open it",
    "clave de producto: XK-2200",
    "INV-2026-77 (password protected)",
)


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("marked", SECRET)
def test_a_secret_is_found_by_what_is_around_it(marked: str) -> None:
    pieces = marked.replace("⟧", "⟦").split("⟦")
    left = redact("".join(pieces)).text
    assert not [one for one in pieces[1::2] if one in left], left
    # And what is around it can be read on.
    assert left.startswith(pieces[0][:8])


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("text", ORDINARY)
def test_the_same_surroundings_without_a_secret_are_left_alone(text: str) -> None:
    assert find(text) == ()


@pytest.mark.proves("R-44")
@pytest.mark.parametrize(
    "part",
    [
        *(
            "recovery ",
            "seed ",
            "recovery phrase word ",
            "password,",
            "password,\n",
            "a,password\n",
        ),
        *(
            "| password |\n",
            "a,password\nb,hunter2x\n",
            "cookie: ",
            "cookie: a=",
            "://hook/",
            "://",
        ),
        *("://a/hooks/a/", "?code=", "name: ", "name: token value", "\npassword: abcdef", "echo "),
        *("user: a\npassword: ", "echo aaaaaa | ", "a@b.cc / aaaa bbbb cccc dddd", "app id ", "@"),
        *(
            "passphrase: aaa bbb ",
            "backup codes: 1234 5678 ",
            "pin for a b c ",
            "set to ",
            "wait, ",
        ),
        *("sorry no wait actually ", "password sorry, ", "password me a b ", "password (aaaa)"),
        *("net use a /user:", "identified by ", "password '", "auth = (", "a-", "a_", "a-_"),
        *("/calendar/ical/", "calendar/ical/a/private-", "«“", "кпароль ", "キー", "키 a b "),
    ],
)
def test_hostile_surroundings_take_no_longer_than_their_length(part: str) -> None:
    assert takes_as_long_as_it_is(part)
