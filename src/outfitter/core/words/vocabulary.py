"""The small vocabulary by which plain messages are told apart without a model."""


def _bag(text: str) -> frozenset[str]:
    return frozenset(text.split())


COURTESY = _bag(
    "yes yep yeah yup ok okay sure fine good great perfect nice cool right correct exactly agreed "
    "thanks thank thx cheers no nope please go ahead continue proceed next done ready nah now "
    "again create build make run start agent plan automation all set everything also too "
    "very much hello good morning evening afternoon sounds looks works lovely "
    "awesome super got add added sent gave provided entered pasted saved put attached try retry "
    "let well ja nein danke bitte weiter gut super fertig hallo genau sí si no gracias vale "
    "sigue hola listo perfecto adelante oui non merci continue parfait bonjour salut voici voilà "
    "here bye goodbye later hm hmm whatever alright wait oh oops sorry yo ugh btw tbh lol nvm np "
    "pls plz s m re"
)
THANKS = _bag("thanks thank thx cheers ty danke gracias merci \u8c22\u8c22")
PRAISE = _bag(
    "great perfect nice cool good fine lovely awesome super wonderful excellent brilliant amazing "
    "fantastic prima toll klasse wunderbar perfekt perfecto genial estupendo parfait génial"
)
CREDENTIAL = _bag(
    "key keys token tokens password passwords secret secrets credential credentials api login "
    "pat access value values field fields username address user app bot id one ones both first "
    "second other schlüssel passwort zugangsdaten hier ist mein meine clave contraseña aquí "
    "está mi el la clé mot passe jeton est mon ma le"
)
THINKING = _bag(
    "summarize summarise translate classify categorize categorise extract analyse analyze compare "
    "decide choose pick filter sort rank rewrite explain judge rate score group combine merge "
    "count think reason calculate estimate verify review format shorten identify detect "
    "prioritize prioritise highlight suggest suggests propose recommend write draft prepare "
    "compose fasse übersetze resume traduce résume traduis"
)
ACTION = _bag(
    "monitor watch read get fetch save store send post create add update delete remove buy "
    "order book call print water turn switch play open close pay copy move upload download "
    "search track log notify message email mail text alert remind schedule plan share publish "
    "deploy run execute query scan crawl scrape export import sync reply forward archive label "
    "assign invite ship feed clean cook drive lock unlock record stream convert backup set "
    "start stop collect insert append put place reserve cancel transfer build automate file "
    "check find look list pull give tell note generate make connect link bring take keep count "
    "show handle process manage use try receive retrieve enrich reply respond answer hand escalate "
    "route ask warn ping inform mark attach comment react"
)
COMMON_NAMES = _bag(
    "time files fetch email e-mail mail everything maps notes weather word line linear monday "
    "make render shortcut resend memory browser clock containers calculator slides stocks "
    "reasoning terminal translation papers encyclopedia wiki search git sequential thinking"
)
SCHEDULE = _bag(
    "run repeat start execute schedule change set move make time agent whole thing every each "
    "day days daily week weekly weekday weekdays weekend weekends month monthly hour hours "
    "hourly minute minutes once twice times morning mornings evening night noon midnight am pm "
    "o clock utc first last until between monday tuesday wednesday thursday friday saturday "
    "sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays quarter year jeden "
    "jede tag täglich morgen abend woche stunde uhr cada día semana hora chaque jour semaine "
    "heure"
)
DETERMINER = _bag("my the a an them it me our all any every each this that those these")
SAYING = _bag(
    "use take rather guess think suppose obviously instead final answer maybe only keep stay stays "
    "mean meant"
)
COMING = _bag("come comes coming take took kommen aus vienen viennent")
PREFERRING = _bag(
    "prefer better best nicer easier cheaper rather d would ll be is what i we use have run work "
    "works with for me us in a an enough"
)
NO_VERBS = _bag(
    "in on at to for from with by of about into over under after before when if while as than "
    "and or but what which who where why how is are was were do does did has have had not no "
    "per via like near all both half there here that this i you he she we they it hmm oh ah wow "
    "lol haha ugh well love like miss can could may might must shall should will would "
    "without except besides hope during within until till whenever once unless because since "
    "though although otherwise else maybe perhaps however"
)
