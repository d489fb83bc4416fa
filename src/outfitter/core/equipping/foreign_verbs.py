"""The verbs by which steps in four other languages ask for something, or rule it out."""

import re

from outfitter.core.equipping.doing import Effect, Effects
from outfitter.core.words.text import stems, tokens
from outfitter.core.words.vocabulary import ACTION, THINKING

OF = {
    Effect.READ: stems(
        "lies lese lesen überwache überwachen prüfe prüfen suche suchen hole holen finde finden "
        "beobachte zeige zeig liste durchsuche lee leer leo busca buscar revisa revisar vigila "
        "vigilar monitorea supervisa obtén muestra muéstrame consulta lis lire surveille "
        "surveiller cherche chercher vérifie vérifier récupère trouve montre parcours fasse fasst "
        "zusammenfassen résume résumer resumir resúmeme resúmelo resúmelos analysiere "
        "analiza".split()
    ),
    Effect.WRITE: stems(
        "speichere speichern sichere schreibe schreib schreiben erstelle erstellen trage füge lege "
        "aktualisiere aktualisieren ergänze archiviere archivieren verschiebe verschieben "
        "entwirf verfasse range ranger rédige rédiger redacta redactar guárdame guarda "
        "guardar guárdalo guárdala guárdalos guárdalas escribe escribir crea crear añade añadir "
        "agrega agregar actualiza actualizar archiva mueve enregistre enregistrer sauvegarde écris "
        "écrire crée créer ajoute ajouter mets archive déplace".split()
    ),
    Effect.SEND: stems(
        "sende senden schicke schick schicken verschicke verschicken versende versenden poste "
        "posten veröffentliche antworte antworten melde benachrichtige envía envíe envíes enviar "
        "envíame manda mandes mandar publica publicar publiques responde responder respondas "
        "avísame mándame mándalo notifica rappelle schreibe schreib schreiben escribe escribir "
        "écris écrire envoie envoies envoyer envoyez publie publier réponds répondre "
        "préviens".split()
    ),
    Effect.DELETE: stems(
        "lösche lösch löschen lösches entferne entfernen leere borra borre borres borrar elimina "
        "elimine elimines eliminar supprime supprimes supprimer efface effaces effacer".split()
    ),
}
CHANGE = stems(
    "ändere ändern verändere verändern modifica modifiques modificar cambia cambies cambiar "
    "modifie modifier change changer".split()
)
NOT = stems(
    "nie niemals nicht nichts kein keine keinen ohne nunca nada ningún sin jamais rien aucun "
    "aucune sans".split()
)
# Beside an English verb these may be English too: "send it if there is no answer".
NOT_OR_ELSE = frozenset({"no", "ne", "n"})
# Whoever is asked, or names a case, rules out less than that.
LESS = stems(
    "frage fragen fragst wenn falls bis bevor außer ausser preguntar preguntarme si hasta salvo "
    "antes demander sauf avant jusqu".split()
)
QUESTION = stems(
    "wie was welche welcher welches wer wo warum wieviel wieviele qué cuál cuáles cuánto cuánta "
    "cuántos cuántas quién quiénes cómo dónde cuándo wann quel quelle quels quelles combien qui où "
    "pourquoi".split()
)
# What is asked for in Chinese.
_HAN_ASKED = {
    Effect.READ: re.compile(
        "\u8bfb\u53d6|\u9605\u8bfb|\u67e5\u770b|\u76d1\u63a7|\u641c\u7d22|\u67e5\u627e|\u68c0\u67e5|\u603b\u7ed3|\u67e5\u8be2|\u5217\u51fa"
        "|\u591a\u5c11|\u4ec0\u4e48|\u54ea\u4e9b"
    ),
    Effect.WRITE: re.compile(
        "\u4fdd\u5b58|\u521b\u5efa|\u65b0\u5efa|\u6dfb\u52a0|\u65b0\u589e|\u66f4\u65b0|\u4fee\u6539|\u5199\u5165|\u8bb0\u5f55|\u5f52\u6863|\u79fb\u52a8|\u4e0a\u4f20"
        "|\u6807\u8bb0|\u5b58\u5230|\u5199\u5230"
    ),
    Effect.SEND: re.compile(
        "\u53d1\u9001|\u53d1\u5230|\u53d1\u7ed9|\u53d1\u5e03|\u56de\u590d|\u8f6c\u53d1|\u901a\u77e5|\u63d0\u9192|\u544a\u8bc9|\u53d1\u4e00"
    ),
    Effect.DELETE: re.compile("\u5220\u9664|\u6e05\u7a7a|\u79fb\u9664"),
}
# In Chinese no space parts a verb from what rules it out.
HAN = re.compile(
    "(?:\u4e0d\u8981|\u4e0d|\u522b|\u7981\u6b62|\u52ff)\\w{0,2}?"
    "(?:(?P<delete>\u5220\u9664)|(?P<send>\u53d1\u9001|\u53d1\u5e03|\u56de\u590d|\u53d1)"
    "|(?P<change>\u4fee\u6539|\u66f4\u6539|\u6539\u52a8)|(?P<write>\u5199\u5165|\u5199))"
)


# What is English too is told by English words.
_ALL = frozenset().union(*OF.values()) - stems(ACTION | THINKING)


def commands(text: str) -> bool:
    """Whether a text in another language tells somebody to do something.

    >>> commands("mets-les dans un tableau"), commands("in Teams posten"), commands("le tableau")
    (True, True, False)
    """
    spoken = tokens(text)
    # In German the verb may come last.
    ends = (*spoken[:1], *(one for one in spoken[-1:] if one.endswith("en")))
    return not _ALL.isdisjoint(ends) or bool(asked_in_han(text))


def asked_in_han(text: str) -> Effects:
    """What a text in Chinese asks for, but for what it rules out."""
    plain = HAN.sub(" ", text)
    return frozenset(effect for effect, found in _HAN_ASKED.items() if found.search(plain))
