"""What steps in other languages speak of, in the English words that tools are named by."""

import re
from functools import lru_cache

from outfitter.core.words.text import stem

# How the words begin, in German, Spanish and French, then Chinese: most of their forms follow.
_BEGINNINGS = """
add: hinzu|füg|trag\\b|trage|añad|agreg|ajout|添加|新增|增加|加入
answer: antwort|respond|répon|回复|答复
approve: genehmig|aprueb|aprob|approuv|批准
archive: archivier|archiv[ae]r?\\b|归档|存档
assign: zuweis|zuordn|asign|attribu|分配|指派
close: schließ|schliess|cierr|cerrar|fermer?\\b|关闭
comment: kommentar|kommentier|coment|commentaire|评论
complete: erledig|abgeschlossen|abschließ|completad|terminad|terminé|achev|完成
create: erstell|lege\\b|legen\\b|anleg|anzuleg|crea\\b|crear\\b|crée|créer|创建|新建|建立
delete: lösch|entfern|borr[ae]|elimin|supprim|effac|删除|移除
download: herunterlad|descarg|télécharg|下载
draft: entwurf|entwürf|borrador|brouillon|草稿
forward: weiterleit|leite|reenví|transfér|转发
list: auflist|zeig|muestr|mostrar|montr|列出|显示
merge: zusammenführ|fusion|合并
move: verschieb|muev|mover|déplac|移动|移到
notify: benachrichtig|melde|avís|avisar|notific|préven|通知|提醒
publish: veröffentlich|public[ao]|publiqu|publie|发布
read: lies|lese|leer\\b|lee\\b|lis\\b|lire\\b|读取|阅读|查看
save: speicher|guard[ae]|enregistr|sauvegard|保存
search: such[et]|durchsuch|finde|busc[ao]|buscar|cherch|trouv|搜索|查找
send: sende\\b|senden\\b|schick|versend|env[ií]a|envoi|envoy|mand[ae]|发送|发到|发给|发一
share: teile|compart|partag|分享|共享
summary: zusammenfass|fasse|resum|résum|总结|汇总
update: aktualisier|actualiz|mettre à jour|更新
upload: hochlad|lade|sube\\b|subir\\b|上传
attachment: anhang|anhäng|adjunt|pièces? jointe|附件
calendar: kalender|calendari|calendrier|日历
card: karten?\\b|tarjeta|carte|卡片
channel: kanal|kanäl|canal|频道|群
contact: kontakt|contacto|联系人
customer: kund|cliente|客户
database: datenbank|base de datos|base de données|数据库
document: dokument|documento|文档
event: termine?\\b|terminen\\b|besprechung|reuni|réunion|evento|événement|日程|会议
file: datei|archivo|fichier|文件
free: frei\\b|libres?\\b|disponib|空闲|有空
folder: ordner|carpeta|dossier|文件夹
image: bild|fotos?\\b|imagen|图片|照片
invoice: rechnung|factur|发票
issue: fehler|incidencia|ticket
label: etiket|etiquet|étiquet|libellé|标签|标记
mail: e-?mails?\\b|mails?\\b|correos?\\b|courriel|邮件
message: nachricht|mensaje|消息|信息
note: notiz|notas?\\b|笔记
order: bestell|pedido|commande|订单
page: seiten?\\b|página|页面
payment: zahlung|pagos?\\b|paiement|付款|支付
price: preis|precio|prix\\b|价格
product: produkt|producto|produit|产品|商品
report: bericht|informe|rapport|报告
row: zeile|filas?\\b|lignes?\\b|一行|新行
song: lied|canci|chanson|歌曲
spreadsheet: tabelle|hoja|feuille|tableur|表格
subscription: abonnement|suscripci|订阅
task: aufgab|tarea|tâche|任务|待办
weather: wetter|tiempo|clima|météo|天气
""".strip().splitlines()


def _found_by(beginnings: str) -> re.Pattern[str]:
    ways = beginnings.split("|")
    # In Chinese no space parts a word from the one before.
    han = [one for one in ways if one[0] >= "\u4e00"]
    spaced = rf"\b(?:{'|'.join(one for one in ways if one not in han)})"
    return re.compile("|".join((spaced, *han)), re.IGNORECASE)


_TOLD = [line.split(": ") for line in _BEGINNINGS]
_ENGLISH = {stem(word): _found_by(beginnings) for word, beginnings in _TOLD}
# Most texts have none of them, and to find that out one by one takes five times as long.
_ANY = _found_by("|".join(beginnings for _, beginnings in _TOLD))


@lru_cache(maxsize=4096)
def in_english(text: str) -> frozenset[str]:
    """The stems of the English words for what a text in another language speaks of.

    >>> sorted(in_english("Verschiebe Rechnungen in den Ordner Steuer"))
    ['folder', 'invoic', 'mov']
    """
    if not _ANY.search(text):
        return frozenset()
    return frozenset(word for word, found in _ENGLISH.items() if found.search(text))
