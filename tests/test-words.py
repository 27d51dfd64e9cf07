#!/usr/bin/python3
"""What can be told of words without reading them: both languages use the same signs, dots, brackets and keys everywhere.
Rules of the desktop's guidelines for English, of GNOME's guide for Japanese, but for the names of things, which stand as the
manual writes them."""
import os
import re
import sys
import xml.etree.ElementTree

PO = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "po", "ja.po")
JA = "ぁ-んァ-ヶ一-龠々ー"


def read(path):
    """(original, translation) of each entry in use."""
    with open(path, encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        entry, key = {}, None
        for line in block.split("\n"):
            begun = re.match(r'(msgid_plural|msgid|msgstr(?:\[0\])?) "(.*)"$', line)
            if begun:
                key = begun.group(1).replace("[0]", "")
                entry[key] = begun.group(2)
            elif line.startswith('"') and key:
                entry[key] += line[1:-1]
        if entry.get("msgid"):
            yield tuple(entry[key].replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\") for key in ("msgid", "msgstr"))


# Mixed names as the manual has them, what is quoted, and what is put in; the rest of a sentence has a space there.
TERMS = ("クライアントID カスタマーサービスのEメールアドレス Eメール リターンURL 出品者ID "
         "MWS認証Token MWS認証 JavaScriptオリジン 以前からのECサイト 専用ECサイト ECサイト "
         "Amazonアカウント プライバシーポリシーURL AmazonAPI情報 API情報 AmazonAPI設定 開発者ID アクセスキーID "
         "Amazonジャパン MB以下 Amazonログイン GIF形式 Amazonセラーセントラル Pay設定 各ID").split()
NAMES = re.compile("|".join([*TERMS, "「[^」]*」", r"%(?:\d+\$)?[-+ 0-9.']*l*[a-zA-Z]", r"<[^>]*>"]))


def shorten(name):
    """What its neighbours see of it."""
    return "\0" if name[0][0] == "%" else f"{name[0][0]}\0{name[0][-1]}"


MIXED = re.compile(f"[{JA}][A-Za-z]|[A-Za-z][0-9]*[{JA}]")
SPACED = re.compile("|".join(re.sub(f"(?<=[A-Za-z])(?=[{JA}])|(?<=[{JA}])(?=[A-Za-z])", " ", term) for term in TERMS))


def is_prose(text):
    """Not about what is typed, whose words keep their spaces."""
    return not re.search(r"paydeskctl|--|\b(?:json|csv|html|md|en|ja|request|button|mws)\b(?![.:/])", text) and "$" not in re.sub(r"%\d+\$", "", text)


# In the window as the locale has it, in files and to the other side by ISO 8601; a format that fits one country only is none.
DATES = {"%x", "%X", "%x %X", "%x %H:%M", "%x %H:%M:%S"}
SOURCES = os.path.join(os.path.dirname(PO), "..", "src")
KEY = re.compile(r"(?<!_)_(?=[^\W_])")
# rule: what it is called, and what of an entry breaks it
RULES = {
    "typographic signs in English": lambda en, ja: re.search(r"\w'\w|\.\.\.|(?<=\w) - (?=\w)", en) and is_prose(en),
    "no abbreviations in English": lambda en, ja: re.search(r"\b(?:e\.g|i\.e|etc)\.", en),
    "one sign for dots in Japanese": lambda en, ja: "..." in ja or "・・・" in ja,
    "letters, digits, brackets of half width": lambda en, ja: re.search("[Ａ-Ｚａ-ｚ０-９（）？！：％＋＝～]", ja),
    "kana of full width": lambda en, ja: re.search("[ｦ-ﾟ]", ja),
    "long vowels": lambda en, ja: re.search(
        "(?:ユーザ|サーバ|フォルダ|コンピュータ|ブラウザ|パラメータ|ヘッダ|エディタ|プリンタ|メンバ|ドライバ|マネージャ|メモリ)(?!ー)", ja),
    "a space between Latin and Japanese": lambda en, ja: MIXED.search(NAMES.sub(shorten, ja)),
    "no space within a name": lambda en, ja: is_prose(ja) and SPACED.search(ja),
    "no space beside a full stop or a comma": lambda en, ja: re.search("[、。] | [、。]", ja),
    "a full stop only where English has one": lambda en, ja: ja.rstrip().endswith("。") and not re.search(r"[.!?]”?$", en.rstrip()),
    "more follows: in both or in none": lambda en, ja: en.endswith("…") != ja.endswith("…"),
    "access key at the end, in capitals, before the dots": lambda en, ja: len(en) < 60 and KEY.search(en) and not re.search(
        r"^[^\n]*\(_[A-Z0-9]\)…?$", ja),
    "no access key where English has none": lambda en, ja: not KEY.search(en) and re.search(r"\(_[A-Z]\)", ja),
    "one way to write what one asks for": lambda en, ja: re.search("下さい|出来[るまな]|(?<!一)致しま|頂[いきけ]|あなた|私たち", ja),
    "a question asks in both or in none": lambda en, ja: re.search(r"[^.!?]\?$", en) and not ja.endswith("?"),
    "one word for a thing": lambda en, ja: re.search(
        "練習用の接続先|練習用エンドポイント|練習ショップ|プライバシー規約(?!URL)|わか[らりる]|構いません|[二三]つ|メモリー内|コンマ|くわしく|(?<!Eメール)(?<!IP )アドレス(?!バー)|"
        "(?<!新規ご利用)店舗(?!名|サイト|の状態)|ご注文(?!手続き)|通知先|受信先|(?<!販売)事業者|パーセント符号|要素|〜|を消す$|[u0-9] ?個|置く机", ja),
    "plain English": lambda en, ja: re.search(
        r"\b[Mm]end|\banew\b|(?:^|\. )Else\b|; (?:else|where)\b|(?:^|\. )Where (?!it was shown)[^.]*,|\bset-up\b|\b[Rr]equest id\b|\ba mail\b|\b(?:Mine|Theirs|Remind Me)\b", en),
    "is not a, not is no": lambda en, ja: re.search(r"(?<!there )\b(?:is|are) no (?!longer|more)", en, re.I),
    "ID in capitals": lambda en, ja: re.search(r"(?<!-)\bids?\b(?!-|=)", en),
    "the tests’ button is called checks": lambda en, ja: re.search("run the tests", en, re.I),
    "a full stop where English has one": lambda en, ja: re.search(r"\w\.(?<!Co\.)$", en) and not re.search("[。!?…]」?$", ja),
    "quotes": lambda en, ja: re.search("“(?!Looking)", ja),
}


def read_dates():
    """(source, format) of each date that is written."""
    for folder, _, names in os.walk(SOURCES):
        for name in filter(lambda name: name.endswith(".c"), names):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                for form in re.findall(r'g_date_time_format \([^"]*?"([^"]*)"', file.read()):
                    yield name, form


def read_together():
    """(where, the texts) of what is on show at once with a key of its own: the items of each menu, the answers of each dialog."""
    folder = os.path.join(SOURCES, "..", "data", "ui")
    for name in sorted(os.listdir(folder)):
        for menu in xml.etree.ElementTree.parse(os.path.join(folder, name)).iter("menu"):
            yield f"{name}, {menu.get('id')}", [each.text for each in menu.iter("attribute") if each.get("name") == "label"]
    for folder, _, names in os.walk(SOURCES):
        for name in filter(lambda name: name.endswith(".c"), names):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            for how, call in re.findall(r"\b(pd_confirm_(?:ask|choose)|adw_message_dialog_add_responses) (\(.*?\));", text, re.S):
                words = [word for word in re.findall(r'_\("([^"]*)"\)', call) if KEY.search(word)]
                yield name, ["_Cancel", *words] if how.startswith("pd_confirm") else words
            built = re.findall(r'g_menu_(?:append|item_new) \([^;]*?_\("([^"]*)"\)', text)
            yield f"{name}, its menu", list(dict.fromkeys(built))


def find_twice(texts):
    """The texts with a key that another one has, too."""
    keys = [text[KEY.search(text).end()].lower() if KEY.search(text) else None for text in texts]
    return [text for text, key in zip(texts, keys) if key and keys.count(key) > 1]


def main():
    entries = list(read(PO))
    print(f"1..{len(RULES) + 3}")
    print("ok 1 /words/read" if len(entries) > 2000 else f"not ok 1 /words/read - {len(entries)}", flush=True)
    bad = 0
    for number, (name, broken) in enumerate(RULES.items(), 2):
        wrong = [(en, ja) for en, ja in entries if broken(en, ja)]
        for en, ja in wrong:
            print(f"# {en!r} → {ja!r}")
        print(f"{'not ok' if wrong else 'ok'} {number} /words/{name.replace(' ', '-').replace(',', '').replace(':', '')}", flush=True)
        bad += bool(wrong)
    dates = list(read_dates())
    wrong = [each for each in dates if each[1] not in DATES and not re.match(r"%Y-?%m-?%d", each[1])]
    for each in wrong:
        print("#", *each)
    print(f"{'not ok' if wrong or len(dates) < 20 else 'ok'} {len(RULES) + 2} /words/dates", flush=True)
    known, together, twice = dict(entries), list(read_together()), 0
    for where, texts in together:
        for found in (find_twice(texts), find_twice([known.get(text, text) for text in texts])):
            twice += len(found)
            if found:
                print("#", where, *found)
    print(f"{'not ok' if twice or len(together) < 20 else 'ok'} {len(RULES) + 3} /words/one-thing-for-a-key", flush=True)
    sys.exit(1 if bad or wrong or twice else 0)


main()
