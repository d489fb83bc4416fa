"""What must hold about identity, ownership, secrets, servers and the interface, one line each.

A test that would fail without a requirement carries `@pytest.mark.proves("R-1")`.
"""

REQUIREMENTS = {
    # Tokens
    "R-1": "A request without exactly one well-formed bearer token gets a 401 that says Bearer.",
    "R-2": "A sound token lets its user in, and the user is whom the token names, nobody else.",
    "R-3": "Keys of different types verify side by side, in whatever order they are published.",
    "R-4": "A key verifies with its own algorithm only; none, and public keys as secrets, fail.",
    "R-5": "The key is the published one of the token's key id; keys in the token are not asked.",
    "R-6": "A token with critical, compressed, encrypted or foreign kinds of header is refused.",
    "R-7": "Times, issuer and audience are there, have the right type, and fit this service.",
    "R-8": "Only a signed-in person with a canonical id comes in; other roles are told apart.",
    "R-9": "Oversized, deeply nested or unreadable tokens are refused cheaply and break nothing.",
    "R-10": "A token written another way than it was issued is refused.",
    "R-11": "No mutation of a good token is accepted, and none is an error of ours.",
    "R-12": "A verified token is remembered briefly, in few places, and never past its end or key.",
    "R-13": "One module decides about tokens, on the backend it was written for.",
    "R-14": "Odd data in a sound token is cleaned and locks nobody out.",
    # Published keys
    "R-15": "Any number of first requests fetch the keys once.",
    "R-16": "A flood of unknown key ids causes at most one fetch per cool-down.",
    "R-17": "A new key works after one fetch.",
    "R-18": "While the auth server is away known keys serve for an hour, then the answer is 503.",
    "R-19": "A broken answer of the auth server leaves the old keys in place.",
    "R-20": "A key that was taken back stops counting within minutes.",
    "R-21": "An auth server that says nothing holds a request for seconds at most.",
    "R-22": "An auth server beyond this machine is reached over TLS or not at all.",
    # Signing in
    "R-23": "A Google ID token becomes a session with exactly the fields that are promised.",
    "R-24": "The ID token may come in the field of the access token.",
    "R-25": "An opaque Google access token is refused without asking anybody.",
    "R-26": "Each refusal of the auth server has an answer of our own, without its words.",
    "R-27": "Without an auth server the sign-in says so and names the way for newcomers.",
    "R-28": "No token reaches a log.",
    "R-29": "Tokens of newcomer mode work on loopback without an auth server, and nowhere else.",
    # Who may do what
    "R-30": "On every route, what is another's is answered like what is not there.",
    "R-31": "Speaking in another's session stores nothing, and no chat model is asked.",
    "R-32": "Lists and counts are of one's own.",
    "R-33": "The database itself keeps users apart.",
    "R-34": "Fetching values and leaving for good ask whether the sign-in still stands.",
    # Secrets
    "R-35": "No credential, host key or token is found outside the answer that hands out values.",
    "R-36": "Credentials of a wrong shape are refused without repeating them.",
    "R-37": "An error while saving shows no value.",
    "R-38": "History names stored credentials and never shows them.",
    "R-39": "A sealed value moved to another place does not open, and counts as missing.",
    "R-40": "The same value is never sealed the same way twice.",
    "R-41": "Values can be sealed anew under a new key, and an interrupted run can be finished.",
    "R-42": "Sealing keys that are unusable are refused without showing them.",
    "R-43": "A deleted credential is gone and is asked for again.",
    "R-44": "A key pasted into a message is cut out before anything else happens to it.",
    "R-45": "Key files are for their owner alone, or the start is refused.",
    "R-46": "Fields named like secrets are hidden in every log line.",
    # Servers and models
    "R-47": "Only credentials that the catalogue declares for a server are taken.",
    "R-48": "A value that could break out of its place is refused; any other arrives as it is.",
    "R-49": "A catalogue entry that starts other programs or sets how they start is found.",
    "R-50": "Nothing that is asked over HTTP writes the catalogue.",
    "R-51": "One user's agent holds nothing of another's, and the catalogue stays as it was.",
    "R-52": "No value decides which host is called.",
    "R-53": "Text that wants to be obeyed brings in no server and gets no secret.",
    "R-54": "A model sees names and descriptions, and no values, addresses or ids.",
    "R-55": "An agent is handed out by reference; its values come in one limited, uncached answer.",
    "R-56": "Whoever makes an agent is shown each command, its arguments and variables.",
    # The interface
    "R-57": "Only pages of listed origins may read answers, and never with cookies.",
    "R-58": "Headers of strangers decide neither who asks nor which host is meant.",
    "R-59": "Bodies are bounded and unstorable text is refused, whichever way it comes.",
    "R-60": "Every error is a problem document that tells nothing of the inside.",
    "R-61": "Who asks too often is told when to come back, and nobody else is touched.",
    "R-62": "A request repeated under its key is answered from what was recorded.",
    "R-63": "A model that hangs ends in an answer in time, and in no half-saved turn.",
    "R-64": "A deleted account leaves no data, and its token brings none back.",
    "R-65": "Sign-ins, and what is done with credentials, agents and accounts, are noted for good.",
    "R-66": "Every answer has its security headers, and the documents can be switched off.",
    "R-67": "Everything that is installed is locked by hash.",
}

# What nothing proves yet, and why; a requirement may be here in part.
OPEN: dict[str, str] = {}
