"""The turns of phrase that change a plan; `@n` stands where a text names a server."""

import re

_NAME = r"(?:(?:the|my|our|your|any|using|a|den|die|das|el|la|le|l'|de|von|with|also) )*@(\d+)"
_FILL = (
    r"(?:'s)?(?: (?:ones?|part|step|thing|stuff|idea|integration|server|connection|account|bit|"
    r"for now|anymore|any more|"
    r"altogether|entirely|completely|again|instead|please|at all|from (?:the|my) plan|out|off|weg|"
    r"bitte|then|here|after all|too|either|as well|anyway|though|now|pls|plz|thx|thanks|doch|"
    r"mehr|mejor|mieux|besser|is (?:fine|ok(?:ay)?|enough|good)|"
    r"(?:pages?|posts?|messages?|notifications?|pings?|cards?|tasks?|mails?)|"
    r"needed|necessary|required|wanted))*"
)
_END = rf"{_FILL}\s*(?:$|[.,;:!?)]|(?:and|but|then|as|because|since|und|y|et)\b)"
_PAUSES = r"(?:(?:hm+|oh|ok(?:ay)?|well|no|nah|then|sorry|wait|actually|and|so|please),? )*"
_NOT = r"(?:do not|don't|won't|will not|can't|cannot|can not|would rather not|'d rather not)"
_PLACE = r"(?:to|in|on|into|at|through|via|with)"
# What can go by the way is to leave, what can go into a folder is not.
_NOWHERE = (
    r"(?! (?:(?:straight|directly|out|over) )?(?:on|onto|to|in|into|through|via|by)\b"
    r"(?! (?:the way|(?:that|this|any) case|favou?r of|second thoughts?|reflection|"
    r"my (?:opinion|view)|(?:the )?(?:bin|trash|rubbish))\b))"
)
_DROPPING = (
    r"(?:drop|remove|delete|skip|leave(?: out)?|forget(?: about)?|never mind|lose|omit|"
    r"exclude|ditch|"
    r"cancel|g[eo]t rid of|no more|stop(?:ped)? using|quit|"
    r"(?:(?<!it's )(?<!is )(?<!be )|(?<=team is )|(?<=company is )|(?<=let's be ))done with|"
    r"without(?: using)?|"
    r"no longer (?:need|want|use|from|in|on|with)|no need (?:for|of)|"
    r"not(?: to| in| on| from)?|no(?! (?:don't|do not)\b)|minus|except(?: for)?|"
    r"ohne|entferne|lösche|lass|"
    r"scratch|scrap|kill|axe|nix|strike|dump|bin|cut|kick out|throw out|chuck(?: out)?|"
    r"toss|do without|turn off|disconnect|unhook|"
    r"kein\w*|nicht|streich\w*|weg mit|sin|quita|elimina|borra|saca|sans|enlève|supprime|"
    r"retire|vire|pas(?: de| sur)?|\u4e0d\u8981|\u53bb\u6389|\u5220\u6389|\u5220\u9664|"
    r"\u4e0d\u7528|"
    r"\u522b\u7528)"
)
# What names no server may still say what one does: "don't send a text", "no calendar event".
DENYING = re.compile(
    r"^(?:(?:please|on second thoughts?|actually|no|ok(?:ay)?|hm+|well|so|and|then|but|oh|wait|"
    r"sorry),? )*?"
    rf"(?:(?:i|we|you) )?(?:{_NOT} (?:want(?: you)?|have|need) to|"
    rf"{_NOT}(?! (?:really )?(?:want|need|use|have|like)\b)|no need to|"
    rf"stop|{_DROPPING}) (?P<what>.+)$",
    re.IGNORECASE,
)
DROPS = (
    rf"(?<!never )(?<!not )(?<!don't )\b{_DROPPING} {_NAME}{_END}",
    (
        rf"\b(?:don't|do not|never|no need to) (?:use|need|want|include|involve|"
        rf"bother with|(?:post|send|save|write|add|put|report)(?: \w+)? {_PLACE}) {_NAME}{_END}"
    ),
    (
        rf"\b(?:take|leave|keep|pull|kick|throw) {_NAME}(?: (?:part|step|bit|thing|stuff))? "
        rf"(?:out|off|away)\b"
    ),
    (
        r"\b(?:don't|do not|stop|no need to|never) @(\d+)(?:ing)?"
        rf"(?: (?:me|us|it|them)){{0,2}}{_END}"
    ),
    rf"\bstop \w+ing(?: \w+)?(?: {_PLACE})? {_NAME}{_END}",
    (
        rf"@(\d+){_FILL} (?:is|are|was|seems)(?: just| really| way)? (?:too \w+|dead|useless|"
        rf"pointless|"
        r"overkill|a mistake|a (?:real )?pain|annoying|awful|terrible|horrible|"
        r"rubbish|garbage|crap|overrated|forbidden|banned|not allowed|"
        r"blocked (?:at|by|for|here|on)|"
        r"a (?:\w+ )?(?:silly|bad|stupid|dumb|terrible) idea|wrong|gone|"
        r"out|off|unnecessary|not for \w+|no longer \w+|zu \w+|"
        r"überflüssig|unnötig)\b"
    ),
    (
        rf"@(\d+){_FILL} (?:that |which )?(?:can|could|should|may|must|has to|needs to) "
        rf"(?:go|leave|disappear|be (?:dropped|removed))\b{_NOWHERE}"
    ),
    rf"@(\d+){_FILL} (?:really |just )?(?:sucks|stinks)\b",
    rf"@(\d+){_FILL}(?: also)? not (?:needed|necessary|required|wanted)\b",
    (
        rf"@(\d+){_FILL} (?:isn't|is not|ain't|aren't|are not)(?: really)? "
        r"(?:for \w+|an option|used|something)\b"
    ),
    r"@(\d+),? (?:no|non|nein|nope)(?: gracias| merci| danke| thanks)?$",
    rf"\b(?:i|we) {_NOT} (?:want|need) (?:it|them|that|this|those|anything) {_PLACE} {_NAME}{_END}",
    r"@(\d+) (?:weg|raus)(?: bitte)?$",
    (
        r"(?:^|[,;.] |\b(?:and|und|y|et) )@(\d+) (?:out|raus|weg|fuera|dehors)"
        r"(?=$|[,.;!]| (?:and|und|y|et)\b)"
    ),
    r"@(\d+) (?:kann|soll|muss|darf|könnte)(?: \w+)? (?:raus|weg|entfallen)\b",
    (
        r"@(\d+),? (?:i|we|you) (?:can |could |may |should |would |will )?(?:leave out|skip|"
        rf"drop(?! (?:in|into|on|onto|off|there|here)\b)|omit|remove|(?:do|go|live|manage) without|"
        rf"{_NOT} (?:really )?(?:need|want|use))\b"
    ),
    r"@(\d+)(?: (?:doch|lieber|bitte|jetzt))* nicht(?: mehr)?(?:$|[.,;!])",
    r"@(\d+) (?:brauch\w*|nutz\w*|will|möchte) (?:ich|wir)(?: \w+){0,2} nicht\b",
    (
        rf"(?:\b(?:i|we) |^(?:(?:sorry|no|well),? )*){_NOT} (?:really )?"
        r"(?:want|need|like|have|use|own|do)(?: to use| to have)? "
        rf"(?:an? )?{_NAME}{_END}"
    ),
    rf"\b(?:have|got) no {_NAME}{_END}",
    rf"\b(?:not|n't|never)(?: \w+)? (?:interested in|a fan of|into|keen on|sold on) {_NAME}{_END}",
    rf"@(\d+){_FILL} (?:is|are)(?: not|n't) (?:\w+ )?(?:needed|necessary|required|wanted)\b",
    (
        rf"\b(?:ich (?:habe|will|möchte|nutze) kein\w*|no (?:tengo|quiero|uso)|"
        rf"je n'(?:ai|utilise) pas) {_NAME}{_END}"
    ),
)
# What people tell of a service that they left; only a name can be meant by it.
PARTINGS = (
    (
        r"\b(?:cancell?ed|left|quit|abandoned|dropped|gave up(?: on)?|moved away from|"
        r"(?:i|we|they)(?:'ve| have)? (?:\w+ )?(?:closed|ended|deleted|uninstalled|stopped)) "
        rf"{_NAME}\b(?! (?:(?!for |after )\w+ )?(?:subscriptions|orders|bookings|meetings|"
        r"events|appointments|invoices|payments|deals|calls|reservations)\b)"
    ),
    (
        r"\b(?:leaving|phasing out|giving up(?: on)?|tired of|sick of|moving (?:away|off) from) "
        rf"{_NAME}"
    ),
    (
        r"\b(?:nobody|no one|hardly any(?:body|one)) (?:\w+ )?(?:reads?|uses?|checks?|opens?|"
        rf"likes?|looks? at) {_NAME}{_END}"
    ),
    (
        r"\b(?:used to (?:use|have|work with|be (?:on|in|with))|used to be|swears? by|hated?) "
        rf"{_NAME}"
    ),
    (
        rf"\b(?:tried|had) (?:it )?(?:with |using )?{_NAME}"
        r"(?=(?: (?:for|once|before|last|in|back|at|until|till|when|because|and hated)\b|$|"
        r"[.,;!)]))"
    ),
)
# Of a server of the plan; otherwise it says where things come from.
MOVES = (rf"^(?:and |then |also )*from {_NAME} to @\d+$",)
SWAPS = (
    (
        rf"(?<!in )(?<!from )(?<!in our )(?<!in my )(?<!in the )@(\d+){_FILL} "
        rf"(?:should (?:rather )?(?:be|become)|is now|are now|has become|became) "
        rf"@\d+{_END}"
    ),
    rf"\b{_DROPPING} {_NAME}{_FILL} (?:just |and )?(?:use|take|try|do|go with) (?:the |my )?@\d",
    r"@(\d+) (?:durch|gegen|mit) @\d+ (?:ersetzen|ersetze|tauschen|austauschen)\b",
    (
        r"\b(?:instead of|rather than|in place of|statt|anstatt|anstelle|en vez de|en lugar de|"
        rf"au lieu de|plutôt que|à la place de) {_NAME}"
    ),
    (
        r"\b(?:replace|swap|exchange|ersetze|tausche|reemplaza|remplace)(?: out)? "
        rf"{_NAME}{_FILL} (?:with|whit|wiht|for|by|to|against|durch|gegen|por|par)\b"
    ),
    rf"\b(?:change|cambia) {_NAME}{_FILL} (?:to|for|por)\b.{{0,30}}@\d",
    rf"\bnot {_NAME} but @\d",
    # What is put forward need have no name: "use drive not dropbox".
    (
        rf"^{_PAUSES}(?:use|take|try|go with|nimm|usa|toma|utilise|prends) "
        rf"[^\W\d][\w-]*(?: [\w-]+)?,? (?:and |but )?"
        rf"(?:not|statt|pas|no) {_NAME}{_END}"
    ),
    rf"@\d+ (?:replace[sd]|supersede[sd]|t(?:akes|ook) (?:over from|the place of)) {_NAME}",
    rf"@\d+ where (?:you|we|i|it) (?:have|had|has|use|used|says?|said) {_NAME}",
    r"\b(?:do|run) the @(\d+) (?:with|in|on|by|through) @\d",
    (
        r"@\d+ (?:for|as) (?:the|our|my) @(\d+)"
        r"(?= (?:part|step|bit|side|please|instead)\b|$|[.,;!])"
    ),
    rf"\b(?:better|easier|cheaper|nicer|simpler|more)(?: \w+)? than {_NAME}",
    rf"\b(?:prefer|rather (?:use|have)) @\d+ (?:to|over|than) {_NAME}",
    rf"\b(?:rather|lieber|eher|mejor|antes|plutôt|mieux) @\d+ (?:than |als |que |qu'){_NAME}",
    rf"\b(?:switch|change|move|migrate|go)(?: over)? from {_NAME} to\b",
    rf"@\d+(?:,? i mean,?)? (?:over|and not|but not|not|statt|pas|no) {_NAME}{_END}",
    rf"\b(?:préfère|prefiero|bevorzuge) @\d+ (?:à|a|vor|gegenüber) {_NAME}",
    r"@\d+ ?(?:\u4ee3\u66ff|\u66ff\u6362|\u66ff\u4ee3) ?@(\d+)",
    r"\u628a ?@(\d+) ?(?:\u6362\u6210|\u6539\u6210)",
)
_BARE_KEY = r"(?:key|token|password|secret|credential|login)s?"
_KEY = rf"(?:(?:api|access|bot) )?{_BARE_KEY}\b"
A_KEY = re.compile(rf"\b{_KEY}")
_SKIPPING = r"(?:skip|leave out|do without|omit|drop|forget(?: about)?|ignore|without|no)"
KEEPS_KEY = (
    rf"\b{_SKIPPING} {_NAME}(?:'s)? {_KEY}(?! (?:from|for|of)\b)",
    (
        rf"\b(?:{_NOT}|does not|doesn't|may not|must not|not) (?:allow|permit|let|hand|give|issue|"
        rf"share)\b.{{0,40}}?@(\d+)(?:'s)? {_BARE_KEY}\b"
    ),
    (
        r"\b(?:forbids?|prohibits?|blocks?|bans?) .{0,20}?@(\d+)(?:'s)? "
        r"(?:key|token|password|login)s?\b"
    ),
    r"\bnot (?:giving|sharing|handing|pasting|typing|entering|telling)\b.{0,40}?@(\d+)",
    (
        rf"\b{_NOT} (?:want to |like to |be able to |going to )?(?:give|share|hand|provide|"
        r"paste|enter|tell|trust|send|hand over|reveal)\b.{0,40}?@(\d+)"
    ),
    r"\b(?:not (?:comfortable|happy|willing|going|allowed)|rather not|refuse)\b.{0,50}?@(\d+)",
    r"\bich (?:will|möchte|kann|gebe)\b.{0,40}?\b(?:nicht|kein\w*)\b.{0,40}?@(\d+)",
    r"\bno (?:quiero|puedo) (?:dar|compartir)\w*.{0,30}?@(\d+)",
    r"\bje ne (?:veux|peux) pas (?:donner|partager).{0,30}?@(\d+)",
    r"\bich (?:will|möchte|kann|gebe)\b.{0,40}?@(\d+)\S*.{0,30}?\bnicht (?:geben|teilen|hergeben)",
    rf"\bno @(\d+) {_BARE_KEY} (?:from|for|of)\b",
    (
        rf"\b{_NOT} (?:want to |like to )?(?:sign up|register|pay|make an account|"
        r"create an account)\b.{0,30}?@(\d+)"
    ),
    (
        r"\b(?:nor|neither|and no|also no|not) (?:an?|the|my|our|any)? ?@(\d+)(?:'s)? "
        rf"{_BARE_KEY}\b"
    ),
    (
        r"\b(?:without|avoid|no way)\b.{0,12}\b(?:giving|sharing|handing|pasting|entering)\b"
        r".{0,40}?@(\d+)"
    ),
)
KEEPS_SOME_KEY = re.compile(
    rf"\b(?:{_NOT}|not comfortable|not willing|refuse to)\b.{{0,25}}\b(?:give|giving|share|sharing|"
    r"hand|provide|paste|enter|tell|trust)\b.{0,25}\b(?:key|token|password|secret|credential|it|"
    r"that|this|login)s?\b"
    rf"|^(?:(?:please|ok|no|then|just|can we|let's),? )*{_SKIPPING} (?:(?:the|that|this|my|your) )?"
    rf"(?:(?:last|first|second|other) )?{_KEY}"
)
SWAPPING = re.compile(
    r"\binstead\b(?! of (?!it\b|that\b|this\b|them\b|those\b))"
    r"|\bmake (?:it|that) @\d|\b(?:switch|move|change)(?: (?:it|that|this|"
    r"over|(?:the|my|our) \w+))? to @\d"
    r"|\b(?:prefer|(?:would|'d) rather)(?: (?!not\b)\w+){0,4} @\d|\bstattdessen\b|\blieber @\d"
    r"|\b(?:go|going|switch|change|move|come) back to @\d|\b(?:return|revert) to @\d"
    rf"|^{_PAUSES}(?:let's )?back to @\d"
    r"|\bi (?:meant?|ment|said|asked for|was talking about) @\d"
    r"|@\d (?:was|had) (?:\w+ )?(?:better|best|right|fine|ok(?:ay)?|good|great|perfect)\b"
    rf"|^{_PAUSES}@\d after all$|\b(?:final|"
    r"last) answer:? @\d"
    r"|\bin (?:place|lieu) of (?:it|that|this|them)\b"
    r"|@\d+ (?:rather|lieber|besser|mejor|plutôt)(?:$|[.,;!])|\bcan (?:it|that|this) be @\d"
    r"|@\d+ is (?:ok(?:ay)?|fine|good) after all\b"
    r"|(?:\u6362\u6210|\u6539\u6210) ?@\d"
    r"|^(?:\w+ )?(?:actually|no|nah|sorry|rather|better),? @\d+$"
)
LEANING = re.compile(
    r"\b(?:actually|nah|no|hmm?|sorry|better|rather|make (?:it|that)|use|take|try|go with|lieber|"
    r"besser|doch|nimm|mejor|usa|plutôt|utilise|prends|\u6539\u7528|\u7528) @\d+"
    r"(?: (?:then|please|pls|for \w+(?: \w+)?))?$"
    r"|@\d+,? (?:i mean(?:t)?|actually|i guess|sorry)[.!]*$"
    r"|@\d+ (?:stays|remains|bleibt|reste|se queda)\b"
    r"|@\d+ (?:(?:would|will|might) (?:do|be|suit|work|fit)\b|it is\b|after all\b|please$|pls$)"
    r"|\b(?:has to|must|should|needs to|ought to|got to) be @\d+"
    r"|@\d+ (?:is|was|gives|makes|does|finds|fits|works|sounds|looks|seems|had|has|"
    r"wäre|ist|sería|es|serait|est)(?: \w+){0,2} "
    r"(?:better|best|"
    r"right|"
    r"cheaper|easier|nicer|lieber|besser|mejor|mieux)\b"
    r"|\b(?:we|i|they|he|she|everyone|everybody|(?:our|my|the) \w+)"
    r"(?:'re|'m|'ve|'s)?(?: \w+){0,2} (?:wants?|"
    r"uses?|"
    r"prefers?|likes?|(?:(?:mov|switch|migrat|chang)(?:ed|ing)|went|going) "
    r"(?:over )?(?:to|with)|(?:are )?on) @\d+"
    r"|\b(?:it's|its|that's|it is|they're|they are|(?:the|my|our) \w+ (?:is|are))"
    r"(?: actually| really| all)?"
    r" @\d+"
    r"|\b(?:better|rather|besser|lieber|mejor|mieux|plutôt) (?:in|on|to|into|at|with|via|by|auf|"
    r"mit|per|über|en|con|por|dans|sur|avec|par) (?:the |my |our |el |la |le )?@\d+"
)
# Of a newcomer; of what the plan has it says that the rest goes.
ALONE = re.compile(
    rf"^{_PAUSES}(?:just|only|nur|solo|sólo|seulement) @\d+(?: (?:then|please|pls|bitte))*[.!]*$"
)
STEP = re.compile(
    r"\b(?:drop|remove|skip|delete|omit|leave out|forget) (?:the )?"
    r"(?:step (?:number )?(\d{1,2})\b"
    r"|(first|second|third|fourth|fifth|last)(?: (?:step|one|part)\b|(?: (?:please|pls))?[.!]*$))"
)
