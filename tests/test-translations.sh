#!/bin/bash
# Japanese is complete: every string of the sources is in po/ja.po, translated and not fuzzy; every source with strings is listed.
cd "$(dirname "$0")/.." || exit 1
t=$(mktemp -d); trap 'rm -rf "$t"' EXIT
echo 1..3
xgettext --from-code=UTF-8 --files-from=po/POTFILES.in -o "$t/paydesk.pot" -k_ -kN_ -kC_:1c,2 -kNC_:1c,2 -kngettext:1,2 -kg_dngettext:2,3 2>"$t/log"
msgmerge --quiet --no-fuzzy-matching po/ja.po "$t/paydesk.pot" -o "$t/ja.po"
missing=$(msgattrib --untranslated --no-obsolete "$t/ja.po" | grep -c '^msgid "' )
fuzzy=$(msgattrib --only-fuzzy --no-obsolete "$t/ja.po" | grep -c '^msgid "')
if [ "$missing" -le 0 ] && [ "$fuzzy" -le 0 ]; then echo 'ok 1 /translations/ja-complete'; else
  msgattrib --untranslated --no-obsolete "$t/ja.po" | sed 's/^/# /' | head -40; echo 'not ok 1 /translations/ja-complete'; fi
if msgfmt --check-format -o /dev/null "$t/ja.po" 2>"$t/log"; then echo 'ok 2 /translations/ja-formats'; else sed 's/^/# /' "$t/log"; echo 'not ok 2 /translations/ja-formats'; fi
unlisted=$(grep -rlE '(^|[^A-Za-z0-9_])(N?C?_|ngettext) ?\("|translatable="yes"' src data | grep -E '\.(c|ui)$' | sort | comm -23 - <(grep -v '^#' po/POTFILES.in | sort))
if [ -z "$unlisted" ]; then echo 'ok 3 /translations/every-source-listed'; else echo "# not in po/POTFILES.in:" $unlisted; echo 'not ok 3 /translations/every-source-listed'; fi
