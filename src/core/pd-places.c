/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Paydesk contributors
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "pd-places.h"

/* Seller Central's own paths do not depend on the mode. */
#define AMAZON(id_, path_, generations_) \
  { id_, path_, PD_URL_SELLER_CENTRAL, PD_MODE_ANY, generations_, PD_SITE_COMMON, NULL }
/* A path of the Commerce Creator admin (column a of the manual's split) … */
#define CC(id_, path_) { id_, path_, PD_URL_SETTINGS_MANUAL, PD_MODE_CC, PD_GENERATION_ANY, PD_SITE_CC, NULL }
/* … and of the legacy admin (column b). */
#define LEGACY(id_, path_) { id_, path_, PD_URL_MANUAL, PD_MODE_LEGACY, PD_GENERATION_ANY, PD_SITE_LEGACY, NULL }
#define END { NULL }

#define CREDENTIALS \
  "インテグレーション>インテグレーションセントラル>Amazon Pay>futureshop>手順を見る>" \
  "クライアントシークレット及びシークレットアクセスキー取得>Amazon Pay and Login with Amazon Credentials"

/* S039–S046 */
const PdPlace pd_places_credentials[] = { AMAZON ("S046", CREDENTIALS, PD_GENERATION_ANY), END };

/* S051: two values show only after the button was pressed. */
const PdPlace pd_places_credentials_secret[] = {
  AMAZON ("S051", CREDENTIALS ">シークレットを表示", PD_GENERATION_ANY), END
};

/* Seller Central's page of API v2 keys; not in the manual, as futureshop signs with its own keys. */
const PdPlace pd_places_api_keys[] = {
  AMAZON ("API-keys", "インテグレーション>インテグレーションセントラル>APIキー", PD_GENERATION_ANY), END
};

/* S058–S066 */
const PdPlace pd_places_token[] = {
  AMAZON ("S058", "設定-ユーザー権限>サードパーティの開発者およびアプリ>アプリ管理を表示>新しい開発者に権限を付与",
          PD_GENERATION_ANY),
  END
};

/* N2 */
const PdPlace pd_places_api_information[] = {
  CC ("N2", "設定>連携サービス>Amazon設定-Amazon API情報"),
  LEGACY ("N2", "構築>ページ設定>Amazon設定-Amazon API情報"),
  END
};

/* N5, N6: the manual says 'after the upgrade', but a blank token is needed before it too. */
const PdPlace pd_places_token_entered[] = {
  CC ("N2", "設定>連携サービス>Amazon設定-Amazon API情報>MWS認証Token"),
  LEGACY ("N2", "構築>ページ設定>Amazon設定-Amazon API情報>MWS認証Token"),
  END
};

#define APPLICATION \
  "インテグレーション>インテグレーションセントラル>アプリケーションの管理>アプリケーションを確認する>" \
  "既存のクライアントID/Store ID設定>編集する"

/* S069–S072 */
const PdPlace pd_places_application[] = {
  AMAZON ("S071", APPLICATION ">アプリケーション情報", PD_GENERATION_ANY), END
};
const PdPlace pd_places_web_settings[] = {
  AMAZON ("S071", APPLICATION ">ウェブ設定", PD_GENERATION_ANY), END
};

/* N7; the order of the two is reversed in the manual's text. */
const PdPlace pd_places_page_urls[] = {
  CC ("N7", "ページ・URL一覧(コマースクリエイター)"),
  LEGACY ("N7", "構築>その他>各ページURL・タグ一覧"),
  END
};

/* N8 */
const PdPlace pd_places_javascript[] = {
  CC ("N8", "設定>連携サービス>Amazon設定-Amazonセラーセントラルの設定項目-JavaScriptの種類"),
  LEGACY ("N8", "構築>ページ設定>Amazon設定-Amazonセラーセントラルの設定項目-JavaScriptの種類"),
  END
};

/* N9 */
const PdPlace pd_places_redirect[] = {
  CC ("N9", "設定>連携サービス>Amazon設定-Amazonセラーセントラルの設定項目-リダイレクトURL"),
  LEGACY ("N9", "構築>ページ設定>Amazon設定-Amazonセラーセントラルの設定項目-リダイレクトURL"),
  END
};

/* N10 */
const PdPlace pd_places_notification_found[] = {
  { "N10", "設定>連携サービス>Amazon設定-Amazon通知設定", PD_URL_SETTINGS_MANUAL, PD_MODE_CC, PD_GENERATION_ANY, PD_SITE_CC,
    N_("The manual leaves out the step “連携サービス”.") },
  LEGACY ("N10", "構築>ページ設定>Amazon設定-Amazon通知設定"),
  END
};

/* S093, S094 */
const PdPlace pd_places_notification_entered[] = {
  AMAZON ("S093", "設定>インテグレーション>インテグレーション設定>インスタント通知設定", PD_GENERATION_ANY), END
};

/* N1 */
const PdPlace pd_places_upgrade[] = {
  CC ("N1", "設定>連携サービス>Amazon設定-Amazon Payバージョンアップ設定"),
  LEGACY ("N1", "構築>ページ設定>Amazon設定-Amazon Payバージョンアップ設定"),
  END
};

/* The switch of Amazon Pay itself; after the deadline futureshop set it to 利用しない (FAQ 8214). */
const PdPlace pd_places_use[] = {
  CC ("use", "設定>連携サービス>Amazon設定-利用設定"),
  LEGACY ("use", "構築>ページ設定>Amazon設定-利用設定"),
  END
};

/* Where the access that futureshop was granted is withdrawn, once the shop has stopped (FAQ 4419645569945). */
const PdPlace pd_places_revoke_grant[] = {
  AMAZON ("revoke-grant",
          "インテグレーション>インテグレーションセントラル>futureshop>手順を見る>Authorization Tokens>アクセス権の取り消し",
          PD_GENERATION_ANY),
  END
};
const PdPlace pd_places_revoke_app[] = {
  AMAZON ("revoke-app", "設定-ユーザー権限>アプリ管理を表示>株式会社フューチャーショップ>無効化", PD_GENERATION_ANY), END
};

/* Where grants are listed, with what is known of their end. */
const PdPlace pd_places_app_permissions[] = {
  AMAZON ("app-permissions", "設定-ユーザー権限>サードパーティの開発者およびアプリ>アプリ管理を表示", PD_GENERATION_ANY), END
};

/* N11 */
const PdPlace pd_places_preview[] = {
  CC ("N11", "コマースクリエイター>ページ-ご注文手続き(Amazon)"),
  LEGACY ("N11", "プレビューボタン"),
  END
};

/* N3 to N6: the same words in both admins, with two link targets. */
const PdPlace pd_places_api_page[] = {
  CC ("N3", "Amazon設定-Amazon API情報"),
  LEGACY ("N3", "Amazon設定-Amazon API情報"),
  END
};
const PdPlace pd_places_settings_manual[] = {
  CC ("N4", "Amazon Pay設定マニュアル"),
  LEGACY ("N4", "Amazon Pay設定マニュアル"),
  END
};
const PdPlace pd_places_token_look[] = {
  CC ("N5", "設定>連携サービス>Amazon設定>MWS認証Token"),
  LEGACY ("N5", "構築>ページ設定>Amazon設定>MWS認証Token"),
  END
};
const PdPlace pd_places_token_after[] = {
  CC ("N6", "設定>連携サービス>Amazon設定(バージョンアップ後)"),
  LEGACY ("N6", "構築>ページ設定>Amazon設定(バージョンアップ後)"),
  END
};

/* S039–S041 */
const PdPlace pd_places_steps[] = {
  AMAZON ("S041", "インテグレーション>インテグレーションセントラル>Amazon Pay>futureshop>手順を見る", PD_GENERATION_ANY), END
};

/* S069–S071 */
const PdPlace pd_places_application_edit[] = {
  AMAZON ("S070", APPLICATION, PD_GENERATION_ANY), END
};

/* S093 */
const PdPlace pd_places_integration[] = {
  AMAZON ("S093-open", "設定>インテグレーション>インテグレーション設定", PD_GENERATION_ANY), END
};

/**
 * pd_places_lookup:
 * @id: the manual's number of a path, such as "N8"
 * @site: which of the two admins; %PD_SITE_COMMON for Seller Central's own
 *
 * Returns: (nullable): the place
 */
const PdPlace *
pd_places_lookup (const char *id,
                  PdSite      site)
{
  const PdPlace *all[] = {
    pd_places_credentials,       pd_places_credentials_secret, pd_places_api_keys,
    pd_places_token,             pd_places_api_information,    pd_places_token_entered,
    pd_places_application,       pd_places_web_settings,       pd_places_page_urls,
    pd_places_javascript,        pd_places_redirect,           pd_places_notification_found,
    pd_places_notification_entered, pd_places_upgrade,         pd_places_preview,
    pd_places_api_page,          pd_places_settings_manual,    pd_places_token_look,
    pd_places_token_after,       pd_places_steps,              pd_places_application_edit,
    pd_places_integration,
    pd_places_use,                pd_places_revoke_grant,
    pd_places_revoke_app,        pd_places_app_permissions,
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    for (const PdPlace *place = all[i]; place->path != NULL; place++) {
      if (g_str_equal (place->id, id) && place->site == site)
        return place;
    }
  }
  return NULL;
}
