"""Needs of work with files, the web, code and knowledge, as turns of phrase."""

from outfitter.core.finding.capability import capability, not_behind
from outfitter.core.words.text import ARROW

_DOMAIN = r"(?:[\w-]+\.)+(?:com|org|net|io|dev|app|ai|co|eu|de|fr|es|uk|us)"
_ENDING = r"(?:csv|txt|md|json|html|log|xml|yaml|yml|tsv)"
# The pages of these are read by a server of their own.
_HELD = r"(?:notion|confluence|wiki|google docs|wix|wordpress|webflow|shopify|squarespace)"
_NOT_HELD = rf"(?![^.;,]{{0,20}}\b{_HELD}\b)"
_SOME = rf"(?:(?!{_HELD}\b)[\w'-]+ ){{0,4}}"
# What is put onto a page, or made into a picture of it, is not read from it.
_NO_READING = r"\b(?:put|post|publish|upload|add|screen ?shots?)\b"
# A directory of dentists is no folder, and a disk that is full is looked at where it is measured.
_LISTING = r"(?! (?:of|site|service|listings?|pages?|web ?site)\b)"
_MEASURED = (
    r"(?! (?:is|are|was|has|gets?|goes|runs?|fills?|full|over|above|usage|use|space|io|latency)\b)"
)
_PRINTED = r"(?:logo|poster|flyer|banner|(?:invitation|business) card)s?"
# Behind these it is a chart that somebody has drawn.
_DRAWING = not_behind("the|an?|this|that|each|every|my|our|his|her|their|its|org|pie|bar|line|flow")

OF_WORK = (
    capability(
        "read, write and search local files and folders",
        "local files, files, filesystem",
        rf"\w\.{_ENDING}\b",
        rf"\b(?:save|write|export|store|dump|put)\b[^.;]{{0,60}}\b(?:to|as|in|into)\s+(?:an?\s+|the\s+|my\s+)?"
        rf"(?:local\s+)?(?!excel|word|powerpoint)(?:\w+\s+)?(?:{_ENDING}\s+)?(?:files?|folder|disk)\b"
        r"(?! in the cloud)",
        r"(?<!\bshare )\b(?:my|local|a|this|the)\s+(?:downloads?\s+|desktop\s+|local\s+)?"
        rf"(?:folder|directory{_LISTING}|disk{_MEASURED})\b",
        r"\blocal files?\b",
        r"\b(?:csv|txt|jpe?gs|folder|export)\b[^.;]{0,30}\bon (?:my|this|the|our) "
        r"(?:desktop|pc|computer|laptop|mac)\b",
        rf"\b(?:to|into|as) an? (?:\w+ )?{_ENDING} file\b",
        rf"\ban? (?:\w+ )?{_ENDING} file (?:is|will do|would do)\b",
        r"\b(?:lokale|meine)n? datei(?:en)?\b|\barchivos? local(?:es)?\b",
        r"\bfichiers? loca(?:l|ux)\b",
        r"\u672c\u5730\u6587\u4ef6",
    ),
    capability(
        "fetch a web page and read its content",
        "web pages, fetch",
        r"https?://",
        rf"\b(?:fetch|download|read|open|summari[sz]e)\b(?:(?!\b{_HELD}\b)[^.;,]){{0,30}}"
        r"\b(?:web ?(?:page|site)s?|urls?)\b",
        r"\bthis (?:web ?page|link|url|article)\b",
        rf"\b(?:read|get|take|check|watch|look at)\b(?:(?!{_NO_READING})[^.;]){{0,60}}"
        rf"\b(?:off|from|on|of) (?:the|our|their|its|an?) {_SOME}"
        r"(?:web ?pages?|web ?sites?)\b",
        rf"\b(?:check|watch) {_SOME}pages? of\b{_NOT_HELD}",
        rf"\b(?:read|check|watch) {_SOME}pages? (?:on|every|each|daily)\b{_NOT_HELD}",
        rf"\b(?:when|if|whenever)\b[^.;,]{{0,40}}\b(?:changes|updates) "
        rf"{_SOME}(?:web ?)?page\b{_NOT_HELD}",
        r"\b(?:watch|keep an eye on|monitor)\b[^.;,]{0,30}\b(?:price|web|product) ?pages?\b",
        r"\b(?:site|website|home ?page|landing page)\b[^.;,]{0,15}\b(?:is|goes) (?:down|offline)\b",
        r"\b(?:check|ping|monitor|watch|test)\b[^.;,]{0,12}\b(?:my|our|the) "
        r"(?:web ?site|web ?page|home ?page|landing page)\b(?!['\u2019])",
        rf"\bis {_DOMAIN} (?:\w+ )?(?:up|down|online|offline|reachable|available)\b",
        r"\b(?:web ?site|page)\b[^.;,]{0,10}\b(?:loads|responds|is (?:up|online|reachable))\b",
    ),
    capability(
        "calculator for arithmetic",
        "calculator, arithmetic",
        r"\d\s*[-+*/^\u00d7\u00f7]\s*\d",
        r"\b(?:calculator|arithmetic)\b",
        r"\b(?:add|total|tot|multiply) up\b",
        r"\bsum up (?:all )?(?:the|my|these) (?:amounts|numbers|totals|prices)\b",
        r"\bsquare root of\b",
        r"\b(?:calculate|compute|work out)\b[^.;,]{0,40}\b(?:sum|total|average|mean|percent\w*|"
        r"square root|mortgage|loan|interest|instal+ments?|repayments?|tip|tax|vat|margin|bmi)\b",
        r"\bwhat(?:'s| is) \d[\d.,]* ?(?:%|percent) of\b",
    ),
    capability(
        "control a browser: open sites, click, fill in forms, take screenshots",
        "browser, playwright",
        r"\bbrowser\b",
        r"\b(?:log ?in(?:to)?|sign in(?:to)?)\b[^.;,]{0,20}\b(?:web ?site|page|portal)\b",
        r"\b(?:click|fill (?:in|out))\b[^.;,]{0,30}\b(?:buttons?|web forms?|web ?page|site)\b",
        r"\bscreen ?shots? of\b|\bscreen ?shot (?:our|the|my|an?|every|each|this)\b",
    ),
    capability(
        "search the web",
        "web search, search engine",
        r"\bsearch(?:es)? (?:the )?(?:web|internet)\b",
        r"\bweb search\b",
        r"\b(?:google|look up) (?:it|this|that|them)\b",
        r"\b(?:on|from|across) the (?:web|internet)\b|\blook [^.;,]{0,25}\bup online\b",
        r"\bdo (?:some |a bit of )?research on\b",
        r"\b(?:im (?:web|internet|netz) (?:such|nach)|busca(?:r)? en (?:la web|internet))",
        r"\bcherche[rz]? sur (?:le web|internet)\b|\u4e0a\u7f51\u641c|\u641c\u7d22\u7f51",
    ),
    capability(
        "read and extract text from PDF documents",
        "pdf, pdf-reader",
        r"\b(?:read|extract|parse|convert|summari[sz]e|translate)\b[^.;]{0,40}\bpdfs?\b",
        r"\bpdf (?:invoices?|contracts?|reports?|statements?|attachments?)\b",
        r"\b(?:invoices?|contracts?|reports?|statements?) pdfs?\b",
        r"\b(?:text|data|tables?) (?:from|of|in) (?:an? |the |my |all )?pdfs?\b",
        r"\b(?:comes?|are|is|arrives?|sent|report) (?:as|in) (?:an? )?pdfs?\b|\bis an? pdf\b",
        r"\bout of (?:the|each|every|an?|my|our|these|those) pdfs?\b",
        r"\bscan(?:s|ned)\b[^.;,]{0,40}\bas pdfs?\b",
        r"\bpdfs?\b[^.;]{0,60}\bout of (?:them|it|each|those|these)\b",
        r"\bpdfs? (?:(?:turned|converted) in(?:to)?|made into)\b",
        r"\bpdfs?\b[^.;]{0,40}[.;,] ?read them\b",
        r"\b(?:come|comes|arrives?|receives?|gets?|sent)\b[^.;]{0,40}\bpdfs?[.;,] ?"
        r"(?:read|extract|parse|pull)\b",
    ),
    capability(
        "convert documents to Markdown",
        "markitdown",
        r"\b(?:turn|convert|transform)(?:s|ed)?\b[^.;]{0,60}"
        r"\b(?:in)?to (?:plain |clean )?markdown\b",
        by_these_alone=True,
    ),
    capability(
        "draw charts and graphs from data",
        "chart, charts",
        r"\b(?:draw|make|create|render|plot|produce|generate|build|into|as) an? (?!flow )(?:\w+ )?"
        r"(?:chart|graph|plot|histogram)\b",
        r"\b(?:draw|make|create|render|plot|produce|generate|build) (?:\w+ )?(?:charts|graphs)\b",
        r"\b(?:draw|plot|visuali[sz]e)\b[^.;,]{0,30}\b(?:days|weeks|months|years|data|figures|"
        r"numbers|trends?|history)\b",
        rf"{_DRAWING}(?:(?:chart|plot|graph) (?:it|them|this)\b|chart the (?!course|way))",
        r"\b(?:post|send|share|drop) an? (?:chart|graph)\b|\bcharted\b",
        r"\b(?:draw|plot|paint) (?:me |us )?(?:an? )?(?:pies?|bars|curves?)\b",
        r"\bcharts of (?!accounts|the )|\b(?:bar|line|pie) (?:charts?|graphs?)\b",
        rf"(?:^|[,;] ?|{ARROW}\s*|\band )charts?(?=\s*(?:[.,;]|{ARROW}|$))",
    ),
    capability(
        "make slide presentations",
        "powerpoint",
        r"\bslide ?decks?\b|\b(?:into|onto|make|create|prepare) (?:\w+ ){0,2}slides\b",
        r"\b(?:make|build|prepare|write|into) an? (?:\w+ )?(?:deck|presentation)\b",
        r"\b(?:as|make (?:it|that|this|them)) (?:an? )?(?:(?:few|some) )?"
        r"(?:slides|(?:slide )?deck|presentation)\b",
    ),
    capability(
        "generate images and pictures from a description",
        "image generation, images, replicate",
        r"\b(?:generate|create|make|paint|draw)\b (?:an? |some |the |new )?(?:\w+ )?"
        r"(?:images?|pictures?|illustrations?|artworks?)\b",
    ),
    capability(
        "design graphics: logos, posters, flyers",
        "graphic design, canva",
        r"\b(?:need|want|design|create|make) (?:an? |the |our |my )?(?:new )?"
        rf"{_PRINTED}\b",
        rf"^(?:an? |new )?{_PRINTED} for\b",
    ),
    capability(
        "make and edit spreadsheets",
        "excel, google-sheets",
        r"\b(?:build|make|create|keep) an? (?:\w+ )?spreadsheet\b",
        r"\b(?:in|into|to|on|from) (?:an?|the|my|our|this|one|some) (?:\w+ )?(?:spread)?sheet\b",
        r"\b(?:the|our|a) sheet we keep\b|\b(?:becomes?|as) a row in (?:my|our|the|a)\b",
        r"\bhojas? de c[aá]lculo\b|\bfeuilles? de calcul\b|\btableur\b|\u8868\u683c",
        r"\bin (?:m?eine|die|unsere) (?:excel-?)?tabelle\b",
    ),
    capability(
        "draw diagrams and flow charts",
        "drawio, mermaid, diagrams",
        r"\b(?:make|draw|create|sketch) (?:an? |the )?(?:\w+ ){0,2}(?:diagrams?|flow ?charts?)\b",
        r"\b(?:sketch|draw) (?:an? |the |our )?(?:network|architecture|process)\b",
    ),
    capability(
        "scrape and crawl websites, extract data from pages",
        "firecrawl, brightdata, apify",
        r"\b(?:scrap(?:e[sd]?|ing)|crawl(?:s|ed|ing)?)\b",
    ),
    capability(
        "run SQL queries on a database",
        "dbhub, postgres, mysql",
        r"(?-i:\bSELECT\s[^;]{1,200}?\sFROM\s)",
        r"\b(?:run|execute) (?:some |this |the |my |an? )?sql\b",
    ),
    capability(
        "code hosting: repositories, pull requests, merge requests",
        "github, gitlab, bitbucket",
        r"\b(?:pull|merge) requests?\b|\b(?:open|create|review|merge) (?:an? |the )?prs?\b",
    ),
    capability(
        "git repositories on this machine: commits, branches, history",
        "git",
        r"\b(?:clone|check out|commit to) (?:the|our|my|an?|this) (?:\w+ )?repo(?:sitory)?\b",
        r"\bgit (?:log|history|blame|diff|commits?)\b",
    ),
    capability(
        "read text aloud, turn it into speech",
        "elevenlabs, text to speech",
        r"\b(?:read|speak)\b[^.;,]{0,20}\b(?:aloud|out loud)\b|\btext[- ]to[- ]speech\b",
        r"\bvoice-?overs?\b|\bspeak the \w+\b",
    ),
    capability(
        "remember facts from one run to the next",
        "memory",
        r"\bremembers? (?:what|which|who) (?:my|our|each|every|she|he|they)\b",
        r"\bremembers? (?:every|each)\b(?! (?:time|week|month|\w*day)\b)",
        r"\b(?:that|the|long-term) memory (?:thing|server)\b",
        r"\bremembers?\b[^.;]{0,60}\b(?:from (?:one|day|week|run)|between (?:runs|sessions)|"
        r"next time)\b",
    ),
    capability(
        "alert whoever is on call",
        "pagerduty, rootly, opsgenie",
        r"\bon[- ]call\b|\bon duty\b|\bpage (?:me|us|whoever|someone)\b",
    ),
    capability(
        "encyclopedia articles",
        "wikipedia",
        r"\bencyclop(?:a?edia|edic)\b|\benzyklop\u00e4die\b|\benciclopedia\b",
        r"\b(?:short|brief|concise|quick|general|some|words?|historical|plain-english)\)? "
        r"(?:background|introduction|overview|primer|refresher|explainer)\b"
        r"[^.;]{0,20}\b(?:on|of|about)\b",
        r"\b(?:brief|concise|word|historical)\)? summary\b[^.;]{0,20}\b(?:on|of|about)\b",
        r"\bbackground (?:reading|info(?:rmation)?|facts?) (?:on|about)\b",
        r"\b(?:key|basic|historical) facts (?:about|on)\b",
    ),
    capability(
        "up-to-date documentation of programming libraries",
        "library documentation, documentation, context7",
        r"\b(?:official|latest|current|up-to-date) (?:\w+ ){0,2}(?:docs|documentation)\b",
        r"\b(?:ask|search|check|consult) the docs\b",
        r"\b(?:docs|documentation) (?:snippets?|excerpts?|examples?|for the \w+ library)\b",
    ),
    capability(
        "search academic papers and preprints",
        "arxiv",
        r"\b(?:research|academic|scientific|peer-?reviewed) (?:\w+ )?"
        r"(?:papers?|articles?|studies|literature)\b",
        r"\bpre-?prints?\b|\bliterature review\b|\bpublished studies\b",
        r"\bpapers (?:on|about)\b",
    ),
    capability(
        "machine learning models, datasets and benchmarks",
        "",
        r"\bopen[- ]source (?:\w+ )?models?\b|\b(?:pre-?trained|fine-?tuned?) (?:\w+ )?models?\b",
        r"\b(?:machine[- ]learning|deep[- ]learning|language|translation|classification|vision) "
        r"(?:models?|datasets?)\b",
        r"\bmodel (?:hub|cards?|ids?)\b|\bfine-?tun(?:e|ing)\b",
    ),
    capability(
        "API specifications: endpoints, parameters, authentication schemes",
        "",
        r"\bapi (?:\w+ )?(?:specs?|specifications?|schemas?|docs|descriptions?|reference)\b",
        r"\b(?:openapi|swagger)\b|\bendpoints?\b",
    ),
    capability(
        "laws, regulations and court decisions",
        "",
        r"\b(?:rules and regulations|legislation|legal (?:advice|rights|requirements|basis))\b",
        r"\b(?:is it|would it be) (?:il)?legal\b|\blaws? (?:on|about|against|regarding|for)\b",
    ),
    capability(
        "clinical trials, diseases, genes and drugs",
        "",
        r"\bclinical trials?\b|\bgene(?:tic)? (?:variants?|mutations?)\b|\bdrug interactions?\b",
        r"\bphase (?:[1-4]|i{1,3}v?) trials?\b|\b(?:polymorphism|pathogenic)\b",
    ),
)
