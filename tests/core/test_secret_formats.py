"""Each way in which a service writes its keys is known by that service's name."""

import string
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outfitter.core.secret_formats import FORMATS, kind_of
from outfitter.core.secrets import find, redact
from secret_values import BASE64, HEX, LOWER, UPPER, URL_SAFE, Make, form, jwt, pem, some, uuid

DIGITS = string.digits


def each(begins: str, *rest: str | Make) -> list[Make]:
    """A key for each way in which it may begin."""
    return [form(one, *rest) for one in begins.split()]


FORMS: dict[str, list[Make]] = {
    "1Password token": each("ops_eyJ", some(200, URL_SAFE)),
    "AWS access key": each("AKIA ASIA", some(15, UPPER), "7"),
    "Airtable token": [form("pat", some(14), ".", some(64, HEX))],
    "Anthropic key": each("sk-ant-api03- sk-ant-admin01- sk-ant-oat01-", some(93, URL_SAFE)),
    "Apify token": each("apify_api_", some(36)),
    "Asana token": each("1/1200000000000000: 2/1200000000000000/1300000000000000:", some(32, HEX)),
    "Atlassian token": each("ATATT3xFfGF0 ATCTT3xFfGF0 ATBB", some(170)),
    "Azure client secret": [form(some(3), "8Q~", some(34))],
    "Brave key": each("BSA", some(28)),
    "Browserbase key": each("bb_live_ bb_test_", some(27)),
    "CircleCI token": each("CCIPAT_", some(22), "_", some(40, HEX)),
    "ClickUp token": each("pk_12345678_", some(32, UPPER)),
    "CoinGecko key": each("CG-", some(24)),
    "Contentful token": each("CFPAT-", some(43)),
    "Context7 key": each("ctx7sk- ctx7sk_", uuid),
    "Databricks token": each("dapi", some(32, HEX)),
    "DeepL key": [form(uuid, ":fx")],
    "DigitalOcean token": each("dop_v1_ doo_v1_ dor_v1_", some(64, HEX)),
    "Discord token": each("M N O", some(25), ".", some(6), ".", some(38)),
    "Docker token": each("dckr_pat_ dckr_oat_", some(27)),
    "Doppler token": each("dp.pt. dp.st. dp.ct. dp.st.dev.", some(43)),
    "Dropbox token": each("sl. sl.u.", some(140)),
    "ElevenLabs key": each("sk_", some(48, HEX)),
    "Figma token": each("figd_", some(40)),
    "Firecrawl key": each("fc-", some(32, HEX)),
    "GitHub token": each("ghp_ gho_ ghs_ ghu_ ghr_ github_pat_", some(36)),
    "GitLab token": [
        *each("glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glagent-", some(20)),
        form("glpat-", some(27), ".01.", some(9)),
    ],
    "Google API key": each("AIza", some(35)),
    "Google OAuth token": each("ya29. 1//0", some(120)),
    "Google client secret": each("GOCSPX-", some(28)),
    "Grafana token": [form("glsa_", some(32), "_", some(8, HEX)), form("glc_", some(120, BASE64))],
    "Groq key": each("gsk_", some(52)),
    "HashiCorp token": [form("hvs.", some(92)), form(some(14), ".atlasv1.", some(67))],
    "Heroku key": each("HRKU-", uuid),
    "HubSpot token": each("pat-na1- pat-eu1- pat-ap1-", uuid),
    "Hugging Face token": each("hf_", some(34)),
    "Hyperbrowser key": each("hb_", some(30)),
    "Intercom token": each("dG9rOj", some(44, BASE64)),
    "JSON web token": [jwt],
    "LangSmith key": each("lsv2_pt_ lsv2_sk_", some(32, HEX), "_", some(10, HEX)),
    "LaunchDarkly key": each("api- sdk- mob-", uuid),
    "Linear key": each("lin_api_ lin_oauth_", some(40)),
    "Mailchimp key": [form(some(32, HEX), "-us14"), form(some(32, HEX), "-us7")],
    "Mailgun key": each("key-", some(32, HEX)),
    "Mapbox token": each("sk.eyJ", some(60), ".", some(22)),
    "Meta or Square token": each("EAA", some(150)),
    "Metabase key": each("mb_", some(43, BASE64), "="),
    "Neon key": each("napi_", some(60)),
    "Netlify token": each("nfp_", some(36)),
    "New Relic key": each("NRAK-", some(26, UPPER), "7"),
    "Notion token": [form("ntn_", some(46)), form("secret_", some(43))],
    "OpenAI key": each("sk- sk-proj- sk-svcacct- sk-admin-", some(48)),
    "PagerDuty key": each("u+", some(18, URL_SAFE)),
    "Paddle key": each("pdl_live_apikey_01", some(24, LOWER), "_", some(22)),
    "Perplexity key": each("pplx-", some(48)),
    "Pinecone key": each("pcsk_", some(60)),
    "PlanetScale token": each("pscale_tkn_ pscale_pw_ pscale_oauth_", some(43)),
    "PostHog key": each("phx_", some(43)),
    "Postman key": each("PMAK-", some(24, HEX), "-", some(34, HEX)),
    "Pulumi token": each("pul-", some(40, HEX)),
    "PyPI token": each("pypi-", some(150)),
    "Render key": each("rnd_", some(28)),
    "Replicate token": each("r8_", some(37)),
    "Resend key": each("re_", some(8), "_", some(24)),
    "Rootly token": each("rootly_", some(64, HEX)),
    "RubyGems key": each("rubygems_", some(48, HEX)),
    "SendGrid key": [form("SG.", some(22), ".", some(43))],
    "Sentry token": each("sntryu_ sntrys_", some(64, HEX)),
    "Shopify token": each("shpat_ shpca_ shppa_ shpss_", some(32, HEX)),
    "Slack token": [
        *each("xoxa- xoxb- xoxc- xoxd- xoxe- xoxp- xoxr- xoxs-", some(12, DIGITS), "-", some(24)),
        form("xapp-1-", some(11, UPPER), "-", some(64, HEX)),
    ],
    "Sonar token": each("sqa_ sqp_ squ_", some(40, HEX)),
    "Stripe key": each("sk_live_ sk_test_ rk_live_ rk_test_ whsec_", some(24)),
    "Supabase key": [form("sbp_", some(40, HEX)), form("sb_secret_", some(31))],
    "Tavily key": each("tvly- tvly-dev-", some(32)),
    "Telegram bot token": each("7012345678:", some(35)),
    "Trello token": each("ATTA", some(72, HEX)),
    "Twilio key": each("SK", some(32, HEX)),
    "age key": each("AGE-SECRET-KEY-1", some(58, UPPER)),
    "chat webhook": [
        *each("hooks.slack.com/services/", "T", some(8), "/B", some(8), "/", some(24)),
        *each(
            "discord.com/api/webhooks/ discordapp.com/api/webhooks/",
            some(19, DIGITS),
            "/",
            some(68),
        ),
    ],
    "dbt token": each("dbtc_ dbtu_", some(36)),
    "n8n key": each("n8n_api_", some(40)),
    "npm token": each("npm_", some(36)),
    "private key": [pem(""), pem("RSA "), pem("OPENSSH "), pem("ENCRYPTED ")],
    "xAI key": each("xai-", some(80)),
}
_DICE = Random(7)  # noqa: S311 - made-up keys need no real chance
KEYS = [(kind, make(_DICE)) for kind, makes in FORMS.items() for make in makes]


def test_every_format_is_tried() -> None:
    assert set(FORMS) == {*(kind for kind, _ in FORMATS), "private key"}


@pytest.mark.proves("R-44")
@pytest.mark.parametrize(("kind", "key"), KEYS)
@pytest.mark.parametrize("frame", ["{}", "here is my key {}, please go on.", "SOME_NAME={}"])
def test_a_key_of_a_known_service_is_named_and_cut_out_exactly(
    kind: str, key: str, frame: str
) -> None:
    text = frame.format(key)
    assert [(one.kind, text[one.start : one.end]) for one in find(text)] == [(kind, key)]
    assert redact(text).text == frame.format(f"[secret removed: {kind}]")


@given(st.text(max_size=300), st.sampled_from(KEYS))
def test_what_is_redacted_once_stays_as_it_is(around: str, made: tuple[str, str]) -> None:
    _, key = made
    once = redact(f"{around} {key} {around}")
    assert key not in once.text
    assert redact(once.text).text == once.text


def test_what_no_service_writes_so_is_a_secret_of_no_kind() -> None:
    assert kind_of("hunter22") == "secret"
