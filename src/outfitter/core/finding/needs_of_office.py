"""Needs of an office: chat, tickets, tasks, customers, books, slides, sites, as turns of phrase."""

from outfitter.core.finding.capability import capability

_OUR = r"(?:the|my|our|your|an?|this|his|her|their|some|one)"
_CREW = (
    r"(?:team|devs?|developers|crew|colleagues?|staff|group|channel|everyone|everybody|tech|guys)"
)
_BY_MESSAGE = (
    r"(?:on|via|by|over|through|in|with) (?:my |our |the |an? )?(?:slack|teams|telegram|discord|"
    r"whats ?app|line|signal|imessage|e-?mail|mail|sms|text|phone|messenger|chat|twilio)\b"
)
_BY_MESSAGE_ABROAD = (
    r"(?:slack|teams|telegram|discord|whats ?app|line|signal|e-?mail|mail|sms|correo|mensaje|"
    r"courriel|texto|kalender|calendario|calendrier|agenda)\b|\u90ae\u4ef6|\u77ed\u4fe1|\u65e5\u5386"
)

OF_OFFICE = (
    capability(
        "post messages to a team chat channel",
        "slack, teams, discord",
        r"\b(?:team|staff|group|company|work|office|family) chat\b|\bin (?:the )?chat\b",
        r"\b(?:on|to|via|into|the) (?:our |the )?chat\b(?! ?bot)",
        r"\b(?:team|staff|ops|support|alerts?|general|announcements?|dev|sales) channel\b",
        rf"\b(?:tell|nag|ping|notify) {_OUR} (?:\w+ )?{_CREW}\b",
        rf"\blet {_OUR} (?:\w+ )?{_CREW}\b[^.;,]{{0,12}}\bknow\b",
        # A channel as chat apps write it; a number behind the mark is an issue's.
        r"\b(?:to|in|into|ping|tell|notify|alert) #[a-z][\w-]+",
    ),
    capability(
        "issues, bugs and tickets in a tracker",
        "jira, linear, github, zendesk, freshdesk",
        r"\b(?:open|file|raise|create|log|make|submit) (?:an? |the )?(?:\w+ )?"
        r"(?:tickets?|bugs?|issues?)\b(?! reports?\b)",
        r"\b(?:into|become|as) (?:an? |new )?(?:\w+ )?(?:tickets?|issues)\b",
        r"\b(?:our|the) (?:issue|bug) tracker\b",
    ),
    capability(
        "to-do lists and tasks with due dates",
        "todoist, asana, trello, clickup",
        r"\b(?:to-?do|task) ?(?:list|app)\b|\bto-?dos\b(?! los\b)",
        r"\b(?:create|make|add|open|set up) (?:an? |the )?(?:new |follow-?up )?tasks?\b",
        r"\b(?:become|as|into) (?:an? |new )?(?:tasks?|to-?dos)\b(?! los\b)",
        r"\b(?:project|team|task|kanban) board\b",
        # Who says by what they want to be reminded needs no list.
        rf"\bremind me(?! {_BY_MESSAGE})(?: (?:at|on|in|every|each|tomorrow|tonight|later|next|"
        rf"this)\b[^.;,]{{0,20}})? (?:to|about)\b(?![^.;]*\b(?:{_BY_MESSAGE}|calendar\b))",
        r"(?:(?<!ich )\berinner[et]? (?:mich|uns|meine?)\b|\brecu[eé]rda(?:me|nos|le)\b"
        r"|\brappelle[sz]?(?:-(?:moi|nous)| à)\b|\u63d0\u9192)"
        rf"(?![^.;]*(?:\b{_BY_MESSAGE_ABROAD}))",
    ),
    capability(
        "customers, leads and deals in a CRM",
        "hubspot, pipedrive, salesforce, attio",
        r"\bcrm\b|\bsales pipeline\b|\b(?:our|my|all|every) leads?\b",
    ),
    capability(
        "bookkeeping and accounting: invoices, bills, expenses",
        "xero, quickbooks",
        r"\b(?:the|our|my) (?:accounting|bookkeeping)\b",
        r"\b(?:in|into|to) the books\b|\bbook(?:ed)? it as\b",
        r"\b(?:unpaid|overdue|outstanding|open) (?:\w+ )?invoices?\b",
        r"\b(?:do|write|make|send|raise) (?:an? |the |out )?invoices?\b"
        r"(?! (?:with|via|by|from|through) (?:my |our )?(?:gmail|e-?mail|mail|outlook)\b)",
    ),
    capability(
        "newsletters and campaigns to subscribers",
        "mailchimp, klaviyo",
        r"\b(?:send|write|our|a|the) (?:\w+ )?newsletter\b[^.;,]{0,20}\b(?:to|out)\b",
        r"\b(?:mailing|discount|e-?mail|marketing) campaigns?\b",
    ),
    capability(
        "ads on Facebook and Instagram and what comes of them",
        "meta-ads",
        r"\b(?:ads?|advert\w*|campaigns?)(?: (?!(?:posts?|share|publish|put)\b)[\w'%-]+){0,5} "
        r"(?:from|in|on|out of|by) (?:meta|facebook|instagram)\b",
        r"\b(?:meta|facebook|fb|instagram|insta) (?:ads?|adverts?|campaigns?)\b",
        by_these_alone=True,
    ),
    capability(
        "pages and posts of a website or blog",
        "wordpress, webflow, wix",
        r"\b(?:publish|post|put|upload|add)\b[^.;]{0,40}\b(?:on|to) (?:the |our |my )?"
        r"(?:\w+(?:'s)? )?(?:web ?site|blog|home ?page)\b",
    ),
    capability(
        "files and folders in cloud storage",
        "google-drive, dropbox, box",
        r"\b(?:cloud|online|shared) (?:\w+ )?(?:storage|folders?|drive)\b|\bshare a drive\b",
        r"\bfolder in the cloud\b|\bshare (?:an? |the |my |our )?folders?\b",
        r"\b(?:store|keep|put|save|archive|upload|back up)\b[^.;]{0,40}\bin(?:to)? the cloud\b",
    ),
    capability(
        "personal notes and notebooks",
        "notion, evernote, obsidian",
        r"\b(?:my|our) (?:\w+ )?notes app\b|\b(?:to|in|into) (?:my|our) (?:\w+ )?notes\b",
    ),
    capability(
        "text documents",
        "google-docs, word",
        r"\b(?:short written|written|one-page) (?:report|memo)\b",
        rf"\b(?:in|into|to|as) {_OUR} (?:text |running |shared )?document\b",
    ),
    capability(
        "orders, products and stock of an online shop",
        "shopify, square",
        r"\b(?:my|our|the) (?:web|online) ?(?:shop|store)\b|\bweb ?shop\b",
    ),
    capability(
        "errors and crashes of an application",
        "sentry, rollbar",
        r"\b(?:when|if|after|whenever|every time) [^.;,]{0,30}\b(?:crash(?:es)?|errors?) "
        r"(?:hits?|climbs?|spikes?|rises?|happens?|occurs?|comes? up|shows? up)\b",
    ),
    capability(
        "continuous integration builds and pipelines",
        "circleci, github, gitlab, vercel, netlify",
        r"\bbuilds?\b[^.;,]{0,10}\b(?:fail(?:s|ed)?|breaks?|broke|(?:is|goes|went) red)\b",
        r"\b(?:failed|broken|failing) (?:build|pipeline)s?\b",
    ),
    capability(
        "think a hard problem through step by step",
        "reasoning",
        r"\bstep by step\b|\bthink (?:it|this|that) through\b",
    ),
    capability(
        "write down what is said in recordings",
        "elevenlabs",
        r"\btranscri(?:be|bes|bed|ption of (?:my|the|our))\b(?![^.;]{0,30}\bvideos?\b)",
    ),
)
