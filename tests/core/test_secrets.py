"""Secrets are found where they stand, and ordinary talk is left alone."""

import re
from time import process_time

import pytest

from outfitter.core.secrets import find, redact
from secret_search import seconds_to_search, takes_as_long_as_it_is

NOTION = "ntn_" + "a1B2" * 11
SLACK = "xoxb-123456789012-" + "a1B2" * 6
PRIVATE_KEY = f"-----BEGIN RSA PRIVATE KEY-----\n{'a1B2' * 16}\n-----END RSA PRIVATE KEY-----"

LABELLED = (
    "the password is hunter2x",
    "password: Sommer2024!",
    "my Gmail app password is abcd wxyz qrst mnkl",
    "use the app password xkcd wrtz qpls mnkl please",
    "the app password is abcd EFGH 1234 ijkl MnOp q5R6",
    "IMAP_PASSWORD=correcthorse",
    "IMAP_PASSWORD=correcthorse!",
    "GMAIL_PASSWORD is abcdwxyzqrstmnkl",
    'set "api_key": "4f9b1c7e2a6d8350b1c2d3e4f5a6b7c8"',
    "OPENWEATHER_API_KEY=4f9b1c7e2a6d8350b1c2d3e4f5a6b7c8",
    "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI7K7MDENG9bPxRfiCYZZZZZZZKEY",
    "my shortcut token is 3f0c9a4e-7d21-4b8e-9c55-1a2b3c4d5e6f",
    "token for the invoice portal: k3jh5k2j3h5k",
    "Das Passwort lautet geheim2024x",
    "la contraseña es perro1234",
    "le mot de passe est chat1234",
    "密码是 qwerty12345",
    "Authorization: Bearer 8f14e45fceea167a5a36dedd4bea2543",
    "Authorization: Basic dXNlcjpwYXNzd29yZDE5OTg3",
    "connect to postgres://admin:s3cr3tpw@db.example.com:5432/app",
    "redis://:p4ssw0rdlong@cache.example.com",
    "https://anna:password4711@intranet.example.com",
    "secret -> 9x8c7v6b5n4m",
    "with the token 9b2c4d6e8f0a1b3c5d7e9f and the database",
    "the password is Password123!",
    "password: mysecretpw1",
    "password: /usr/x!9aB3cD",
    '{"userPassword": "geheim2024"}',
    "sessionToken=9x8c7v6b5n4m",
    "tavilyApiKey=9b2c4d6e8f0a1b3c5d7e9f",
    "log in as admin, pass: hunter2x",
    "the smtp pass is hunter2x",
    "credentials: admin:hunter2x",
    "my api key \u2013 4f9b1c7e2a6d8350b1c2",
    "my password - hunter2x!",
    "the token\u2019s 9b2c4d6e8f0a1b3c5d7e",
    "**Token:** 9x8c7v6b5n4m",
    "| password | hunter2x |",
    "the passwords are hunter2x",
    "the password was hunter2x",
    "the password should be hunter2x",
    "token \u2192 9x8c7v6b5n4m",
    "Cookie: session=9x8c7v6b5n4m",
    "https://shop.blob.core.windows.net/c?sv=a&sig=9x8c7v6b5n4m%2Bo",
    "senha: hunter2x",
    "a senha do Gmail é hunter2x",
    "la password è hunter2x",
    "mijn wachtwoord is hunter2x",
    "hasło: hunter2x",
    "пароль от почты: hunter2x",
    "パスワードはhunter2xです",
    "비밀번호는 hunter2x",
    "我的密碼是hunter2x",
    "كلمة المرور: hunter2x",
    "mật khẩu: hunter2x",
    "mdp : hunter2x",
    "Der API-Schlüssel lautet 9x8c7v6b5n4m",
    "ma clé d\u2019API est 4f9b1c7e2a6d8350b1c2",
    "la clé secrète : 4f9b1c7e2a6d8350b1c2",
    "chave da API: 4f9b1c7e2a6d8350b1c2",
    "токен: 9x8c7v6b5n4m",
    '"{\\"password\\": \\"hunter2x\\"}"',
    '"{\\\\"token\\\\":\\\\"9x8c7v6b5n4m\\\\"}"',
    "<password>hunter2x</password>",
    "grant=x&password%3Dhunter2x",
    "password := 'hunter2x'",
    "password:\n\n    hunter2x",
    "login --password hunter2x",
    "login --bot-token 9x8c7v6b5n4m",
    "machine mail login bob password hunter2x",
    "username: bob, password hunter2x",
    "hunter2x is my password",
    "hunter2x is the Gmail app password",
    "use it: hunter2x is the password\nthanks",
    "the password I use is hunter2x",
    "run mysql -u root -phunter2x shop",
    "mariadb-dump --all-databases -p'hunter2x!'",
    "sshpass -p hunter2x ssh bob@host",
    "docker login -u bob -p hunter2x registry.example.com",
    "mongosh --host db -u bob -p 'hunter2x'",
    "redis-cli -h cache -a hunter2x ping",
    "पासवर्ड: hunter2x",
    "मेरा पासवर्ड hunter2x है",
    "जीमेल का पासवर्ड है hunter2x",
    "मेरी कुंजी: 4f9b1c7e2a6d8350b1c2",
    "टोकन 9b2c4d6e8f0a1b3c5d7e9f है",
    "รหัสผ่าน: hunter2x",
    "รหัส: hunter2x",
    "รหัสผ่านคือ hunter2x",
    "รหัสผ่านของฉันคือhunter2x",
    "โทเค็น: 9x8c7v6b5n4m",
    "the API wants basic auth dXNlcjpwYXNzd29yZDE5OTg3",
    "it sends Basic Ym9iOmh1bnRlcjJ4 with each call",
    "basic authentication: Ym9iOmh1bnRlcjJ4==",
)

ORDINARY = tuple(
    line.strip()
    for line in """
    Monitor Gmail for invoices and save them to Notion.
    Every Monday at 9:00 post last week's sales to the #sales channel on Slack.
    Which token do I need for Notion?
    I don't want to give you my Notion key.
    The password is wrong, can you reset it?
    The password is required by the mail server.
    My password is too long for that form.
    My password strength!important rule broke.
    The password version2beta comes later.
    The token step2024!next stands for the second step.
    The password is 2019 till 2024 over here when asked.
    PASSWORD: MAKE SURE THEY KNOW THIS.
    The password is unsatisfactorily short.
    PASSWORD: unsatisfactorily short.
    SMTP_PASSWORD: unspecified.
    The password must be 8-12 characters long.
    The token is valid until 2026-12-31.
    The token is base64-encoded and expires after 3600 seconds.
    The token is JWT-based and read-only.
    The secret is sha256-hashed before it is stored.
    The key is 256-bit, is that enough?
    The key is to be patient.
    Order them by their key: invoice2024q3.
    Start it with docker run -u node:nogroup and its image.
    The key is that nobody has to look at the invoices.
    Order 20261122-0000123456 was delivered twice.
    My order number is 1Z999AA10123456784, where is it?
    Ticket PROJ-1234 blocks PROJ-5678.
    The issue key is OUTFITTER-20261122.
    Look at commit d41d8cd98f00b204e9800998ecf8427e0a1b2c3d on main.
    The cache key is d41d8cd98f00b204e9800998ecf8427e
    The primary key is 3f0c9a4e-7d21-4b8e-9c55-1a2b3c4d5e6f
    Delete page 3f0c9a4e7d214b8e9c551a2b3c4d5e6f in Notion.
    The session 3f0c9a4e-7d21-4b8e-9c55-1a2b3c4d5e6f has ended.
    The file has SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.
    Read https://docs.google.com/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit daily.
    Watch https://github.com/example/project/issues/4711#issuecomment-1234567890 for answers.
    Open https://example.com:8080/login?user=anna@example.com and take a screenshot.
    Fetch https://api.example.com/v1/items?page=2&per_page=100&sort=created_at every hour.
    The site https://user:password@example.com shows how basic auth is written.
    My database is at postgres://localhost:5432/app.
    Connect with postgres://user:<password>@host/db.
    Set DATABASE_URL=postgresql://user:pass@host:5432/app as it stands there.
    A file that starts with "-----BEGIN EC PRIVATE KEY-----" is a private key.
    Set password=required and token: my-token in the example.
    Set NOTION_TOKEN=${NOTION_TOKEN} in the environment.
    Put your key into NOTION_TOKEN=your-token-here first.
    API_KEY=xxxxxxxxxxxxxxxxxxxx
    Where do I find SLACK_BOT_TOKEN and SLACK_TEAM_ID?
    The token is called GOOGLE_APPLICATION_CREDENTIALS_2.
    The key is GOOGLE_APPLICATION_CREDENTIALS_2
    A token that begins with ntn_ or secret_ is from Notion.
    GitHub tokens start with ghp_ or github_pat_ nowadays.
    My keys begin with sk-ant- and sk-proj- I think.
    The branch is called sk-fix-the-long-standing-login-problem.
    Use the task-runner-with-a-very-long-name-indeed for it.
    Send an e-mail to anna.schmidt+invoices2026@example.com.
    Call me on +49 151 23456789 or 0800-123-4567.
    IBAN DE89 3704 0044 0532 0130 00 gets the refund.
    The monkey: a story in 12 chapters for ages 3-6.
    Turkey: 2026-2027 sales forecast as a spreadsheet.
    The app password is what they will need next.
    The password is sent once they sign in.
    I forgot my password again.
    Passwort vergessen: was muss ich tun?
    Das Passwort ist abgelaufen.
    La contraseña es obligatoria.
    Le mot de passe est incorrect.
    密码是什么
    Sum the columns A1:B20 and write the result to C3.
    Post a summary of k8s pods in eu-central-1a to #ops-2026.
    The basic plan costs 12.50 a month, the pro plan 49.99.
    Bearer of bad news: the build 2026.11.22-rc1 failed.
    The public key is ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2b
    Tokens per minute: 100000, requests per minute: 500.
    Move s3://invoices/2026/11/report-20261122T091500Z.csv to Drive.
    Version v2.13.4-beta.1+build.20261122 broke the export.
    My password manager is 1Password, can you use it?
    Password: https://vault.example.com/item/12345abcdef
    Pass: the report2026q1 goes to Anna.
    Passes are checked at gate 12b4567.
    Credentials: see the handbook2026, page 12.
    The credentials - oauth2 or basic - are yours to choose.
    The cookies are baked at 180 degrees.
    The password was changed on 2026-11-22.
    The passwords are rotated every 90 days.
    The token's lifetime is 3600 seconds.
    The key - invoice2024q3 - is what the list is ordered by.
    Turn on the lights at 18:45 and lock the door with key number 12.
    The password I use is too weak.
    1Password is my password manager, and KeePass2024 is our password store.
    The sheet Logins2026 is the password list of the team.
    "password1" is no password, tell them 2026 times.
    Nobody knows what is my password.
    Run it with --password-file /run/secrets/db2026 please.
    La parola chiave: fattura.
    La clé est sous le paillasson.
    Der Schlüssel liegt bei Nr. 12.
    Der Schlüssel lautet Rechnung2026.
    Ключ: счёт-2026.
    Mijn wachtwoord is verlopen.
    Minha senha é muito curta.
    パスワードを忘れました。
    口令是什么
    Start it with docker run -u node -p 8080:80 and mkdir -p data/2026q3.
    Log in with ssh -p 2222 -u bob8 and look at mysql -u root -p shop2026.
    The login page: -p stands for port8080 there.
    Run redis-cli -a and type it.
    पासवर्ड भूल गया, क्या करूँ?
    पासवर्ड बदलना है।
    ลืมรหัสผ่าน ทำอย่างไร
    รหัสผ่านคืออะไร
    Basic understanding is enough, basic authentication too.
    The basic subscription2026 costs less than basic-authentication.
    """.strip().splitlines()
)


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("text", LABELLED)
def test_a_value_called_a_password_or_token_is_removed(text: str) -> None:
    assert len(find(text)) == 1, text
    assert not any(char.isdigit() for char in re.sub("5432|%3D", "", redact(text).text))


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_talk_is_left_alone(text: str) -> None:
    assert redact(text).text == text


def test_there_are_enough_ordinary_sentences() -> None:
    assert len(set(ORDINARY)) >= 60


def test_a_password_in_an_address_leaves_the_address_readable() -> None:
    assert redact("postgres://admin:s3cr3tpw@db.example.com/app").text == (
        "postgres://admin:[secret removed: password]@db.example.com/app"
    )


def test_the_secret_half_of_an_aws_pair_goes_with_the_half_that_has_a_form() -> None:
    secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzzzzzz12KE"
    assert redact(f"AKIA{'Q7XZ' * 4} / {secret} for the backup").text == (
        "[secret removed: AWS access key] / [secret removed: AWS secret key] for the backup"
    )
    assert redact(f"the backup {secret} is there").found == ()


def test_words_after_an_app_password_are_left() -> None:
    assert redact("my app password is xkcd wrtz qpls mnkl when need").text == (
        "my app password is [secret removed: password] when need"
    )


def test_several_secrets_are_removed_in_order() -> None:
    text = f"first {NOTION} then {SLACK}, password: hunter22"
    cleaned = redact(text)
    assert [one.kind for one in cleaned.found] == ["Notion token", "Slack token", "password"]
    assert cleaned.text == (
        "first [secret removed: Notion token] then [secret removed: Slack token], "
        "password: [secret removed: password]"
    )


def test_the_order_in_which_secrets_are_told_does_not_matter() -> None:
    text = f"password: hunter22, then {NOTION}"
    assert redact(text).text == (
        "password: [secret removed: password], then [secret removed: Notion token]"
    )


@pytest.mark.parametrize(
    "said",
    ["my app password is {}", "use the app-password {} please", "App password for gmail: {}"],
)
def test_an_app_password_without_its_blanks_is_removed(said: str) -> None:
    text = said.format("qzwxecrvtbynumko")
    assert redact(text).text == said.format("[secret removed: password]")
    assert find("my password is qzwxecrvtbynumko") == ()
    assert find("the app password qzwxecrvtbynum") == ()


@pytest.mark.parametrize(
    ("shorter", "secret"),
    [
        ("pw: abx12.", "pw: abx129."),
        ("token: abxd123", "token: abxd1234"),
        ("key: abcdefgh1234567", "key: abcdefgh12345678"),
        ("the token abcdefgh1234567", "the token abcdefgh12345678"),
        ("sk-ant-words-like-abcdef7-and-more", "sk-ant-words-like-abcdefg8-and-more"),
        ("sk-ant-words-like-abcDefg-and-more", "sk-ant-words-like-abcDefgh-and-more"),
    ],
)
def test_how_long_a_secret_is_at_least_depends_on_what_announces_it(
    shorter: str, secret: str
) -> None:
    assert (find(shorter), len(find(secret))) == ((), 1)


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("at", [2, 5, 9, 20, 30, 40])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n    "])
def test_a_key_that_a_line_end_broke_is_removed_whole(at: int, end: str) -> None:
    broken = f"{NOTION[:at]}{end}{NOTION[at:]}"
    assert redact(f"use {broken}.\nThanks").text == "use [secret removed: Notion token].\nThanks"


@pytest.mark.proves("R-44")
def test_a_key_in_many_lines_is_removed_whole() -> None:
    token = f"eyJ{'hbGci0' * 20}.eyJ{'zdWIi0' * 40}.{'a1B2' * 20}"
    broken = "\n".join(token[at : at + 64] for at in range(0, len(token), 64))
    assert redact(f"my token:\n{broken}\nkeep it").text == (
        "my token:\n[secret removed: JSON web token]\nkeep it"
    )


@pytest.mark.parametrize(
    "lines",
    [
        f"{NOTION}\nInvoices2026 go to Notion",
        f"{NOTION}\nplease",
        f"{NOTION}\n\nOrder4711Number8",
        f"{NOTION}\n{NOTION}\nand that",
        "The prefix is ntn_\ninvoices2026folder and more words",
    ],
)
def test_a_line_below_a_key_is_none_of_it(lines: str) -> None:
    assert redact(lines).text == lines.replace(NOTION, "[secret removed: Notion token]")


def test_keys_pasted_one_to_the_other_are_both_removed() -> None:
    assert redact(PRIVATE_KEY * 2).text == "[secret removed: private key]" * 2


def test_a_private_key_without_its_end_is_removed_as_far_as_it_goes() -> None:
    assert redact("-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBg\\n").text == (
        "[secret removed: private key]"
    )


HOSTILE = (
    *("a", " ", "key ", "key is ", "key\n", "token=", "password is a1 ", "a:b@", "://:", "sk-"),
    *("eyJ", "-eyJ", "eyJaaaaaaaaaa.", "-----BEGIN PRIVATE KEY-----", "-----BEGIN ", "https://a:"),
    *("key for a b c ", "1/123456/", "123456:", "a.atlasv1.", "dp.pt.aa.", "abcdef0123456789 "),
    *("://a:" + "@" * 250 + " ", "token: " + "a@" * 200 + " ", "token: " + "A_" * 200 + " "),
    *("pw ", "密码是", "-u a:b1 ", "-u " + "a" * 60 + ":", "pwd: aaaa bbbb cccc dddd eeee ffff "),
    *(
        "пароль ",
        "senha é a1 ",
        "密碼是",
        "clé api ",
        "hunter2 is my ",
        "a" * 600 + " is my password ",
    ),
    *('\\"password\\":\\"', "user a password ", " -password abcdefgh", "--a key abcdefgh "),
    *("-p", "login ", "login -p ", "mysql -", "basic ", "Basic aaaaaaaa", "basic auth "),
    *("पासवर्ड ", "पासवर्ड a1 ", "รหัสผ่าน", "ntn_\n", "a\n", "a" * 60 + "\n", "eyJa.\n    "),
    *("sk-aaaa\n", "eyJaaaaaaaa1.\n", "eyJaaaaaaaa1.eyJaaaaaaaa1.a\n", "login x -p "),
    *("key" + " " * 50, "password is abcd efgh ijkl mnop ", "a." * 8, "SG.aaaaaaaaaaaaaaaaaaaa"),
)


@pytest.mark.proves("R-44")
@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_text_takes_no_longer_than_its_length(part: str) -> None:
    assert takes_as_long_as_it_is(part)


def test_an_ordinary_message_costs_a_millisecond() -> None:
    text = (" ".join(ORDINARY))[:2048]
    # Of a core of these days, and several of an old one beside others.
    assert min(seconds_to_search(text) for _ in range(50)) < 0.005


def test_long_known_values_that_are_not_there_take_no_time() -> None:
    values = [f"{number} " * 2_000 for number in range(1_000, 1_200)]
    began = process_time()
    assert find("here they are", values) == ()
    assert process_time() - began < 0.2
