import type { PageTables } from '../parts';

/** What the page says before a photo is opened, in Japanese. */
export const tables: PageTables = {
  page: {
    'app.name': 'Enlarger',
    'open.button': '写真を開く',
    'open.folder': 'フォルダーを開く',
    'open.opening': '{name}を開いています…',
    'open.notFile':
      'ドロップされたのはファイルではありません。画像を保存してから、そのファイルをここにドロップしてください。',
    'open.unreadable':
      'ファイルを読み込めませんでした。移動された可能性があります。「写真を開く」から選んでください。',
    'open.noSample': 'サンプルを読み込めませんでした。お手持ちの写真を開いてください。',
    'empty.title': '写真を大きく。すべて端末の中で。',
    'empty.drop': 'またはドロップ、貼り付けでも開けます',
    'empty.sample': 'サンプルで試す',
    'empty.proof': 'オフラインで動作し、何も送信しません。開発者ツールで確かめられます。',
    'empty.before': '処理前',
    'empty.after': '4×に拡大',
    'empty.picture':
      '猫の顔の小さなJPEG写真の一部。左はぼやけてむらがあり、右はここで拡大した鮮明な画像。',
    'empty.can':
      '小さなニューラルネットワークがGPUで、なければCPUで動作します。カラープロファイル、16ビット、透明度を保ち、元のファイルを無断で変更することはありません。',
    'session.kept': '{name}がここで開かれていました。',
    'session.resume': 'もう一度開く',
    'session.forget': '破棄する',
    'session.many': { other: 'ここに{count}枚の写真がありました。{done}枚は処理済みです。' },
    'session.goOn': { other: '{count}枚の写真の続きを行う' },
    'session.forgetMany': '破棄する',
    'session.clip': '{name}がここで処理中でした。',
    'session.clipOn': '続きを行う',
    'session.clipChoose': 'もう一度選んで続ける',
    'session.clipOther': '別のファイルです。続けるには{name}を選んでください。',
    'session.damaged':
      'ここで開いていた写真を再び読み込めませんでした。元のファイルは変わっていません。もう一度開いてください。',
    'share.large':
      '共有されたデータは300 MBを超えるため保存されませんでした。小さくして共有するか、「写真を開く」をお使いください。',
    'share.empty':
      '共有されたデータに画像がありません。写真を共有するか、「写真を開く」をお使いください。',
    'share.failed':
      '共有された写真を保存できませんでした。空き容量が足りない可能性があります。「写真を開く」をお使いください。',
    'share.gone':
      '共有された写真はもうありません。もう一度共有するか、「写真を開く」をお使いください。',
    'paste.press': '画像を貼り付けるにはCtrl+V（Macでは⌘V）を押してください。',
    'paste.empty': 'クリップボードに画像がありません。コピーしてから貼り付けてください。',
    'drop.overlay': 'ドロップして開く',
    'room.failed':
      'ページの一部を読み込めませんでした。ファイルは変わっていません。ページを再読み込みして、もう一度開いてください。',
    'fault.dismiss': '閉じる',
    'fault.retry': '再試行',
    'more.button': 'その他',
    'guide.button': 'ガイド',
    'guide.more': 'できること、できないこと',
    'help.button': 'キーボードショートカット',
    'install.button': 'インストール',
    'language.name': '言語',
    'language.failed':
      'この言語を読み込めませんでした。インターネットに接続して、もう一度選んでください。',
    'framed.refused':
      'Enlargerは他のサイトの中では動作しません。操作を誘導されるおそれがあるためです。何も読み込まず、保存もしていません。',
    'framed.open': 'Enlargerを単独で開く',
    'storage.denied':
      'このブラウザーはこのサイトのデータを保存しません（Cookieまたはサイトデータがブロックされています）。動作はしますが、訪れるたびに読み込み直します。',
    'shelf.button': 'オフライン保存',
    'update.ready': '新しい版が利用できます。',
    'update.replaced': 'このページは別のタブで更新されました。',
    'update.notes': '新しい点',
    'update.closes': '再読み込みすると写真が閉じます。残したいものは先に保存してください。',
    'update.waits': '処理が終わると再読み込みできます。',
    'update.reload': '再読み込み',
    'update.later': '後で',
  },
};
