"""The verbs by which steps in German, Spanish and French ask for something, or rule it out."""

import re

from outfitter.core.words.text import stems

READ = stems(
    "lies lese lesen überwache überwachen prüfe prüfen suche suchen hole holen finde finden "
    "beobachte zeige zeig liste durchsuche lee leer leo busca buscar revisa revisar vigila "
    "vigilar monitorea supervisa obtén muestra muéstrame consulta lis lire surveille "
    "surveiller cherche chercher vérifie vérifier récupère trouve montre parcours fasse fasst "
    "zusammenfassen résume résumer resumir resúmeme resúmelo resúmelos analysiere analiza".split()
)
WRITE = stems(
    "speichere speichern sichere schreibe schreib schreiben erstelle erstellen trage füge "
    "lege aktualisiere aktualisieren ergänze archiviere archivieren verschiebe verschieben "
    "guarda guardar guárdalo guárdala guárdalos guárdalas escribe escribir crea crear añade "
    "añadir agrega agregar actualiza actualizar archiva mueve enregistre enregistrer "
    "sauvegarde écris écrire crée créer ajoute ajouter mets archive déplace".split()
)
SEND = stems(
    "sende senden schicke schick schicken verschicke verschicken versende versenden poste "
    "posten veröffentliche antworte antworten melde benachrichtige envía envíe envíes enviar "
    "envíame manda mandes mandar publica publicar publiques responde responder respondas "
    "avísame notifica schreibe schreib schreiben escribe escribir écris écrire envoie envoies "
    "envoyer envoyez publie publier réponds répondre préviens".split()
)
DELETE = stems(
    "lösche lösch löschen lösches entferne entfernen leere borra borre borres borrar elimina "
    "elimine elimines eliminar supprime supprimes supprimer efface effaces effacer".split()
)
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
# In Chinese no space parts a verb from what rules it out.
HAN = re.compile(
    "(?:\u4e0d\u8981|\u4e0d|\u522b|\u7981\u6b62|\u52ff)\\w{0,2}?"
    "(?:(?P<delete>\u5220\u9664)|(?P<send>\u53d1\u9001|\u53d1\u5e03|\u56de\u590d|\u53d1)"
    "|(?P<change>\u4fee\u6539|\u66f4\u6539|\u6539\u52a8)|(?P<write>\u5199\u5165|\u5199))"
)
