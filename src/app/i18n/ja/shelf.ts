import type { enShelf } from '../en-shelf';
import type { Translation } from '../speak';

/** What is kept in the browser, and for how long, in Japanese. */
export const shelf: Translation<typeof enShelf> = {
  'shelf.mended':
    '壊れて届いたか壊れて保存されていたため使わず、取得し直しました：{names}。頻繁に起きる場合は、プロキシ、フィルター、ディスクが原因かもしれません。',
  'shelf.title': 'オフライン保存',
  'shelf.loading': '確認中…',
  'shelf.failed': '一覧を読み込めませんでした：{reason}',
  'shelf.bytes': '{bytes}バイト',
  'shelf.shell': 'このページ',
  'shelf.always': '常時',
  'shelf.engine': 'エンジン',
  'shelf.formats': 'と画像形式',
  'shelf.speech': '音声をクリアに',
  'shelf.speechNote': '最初に使う動画で取得',
  'shelf.codec': '最初に使うときに取得',
  'shelf.kept': '保存済み',
  'shelf.partly': '{size}保存済み',
  'shelf.notKept': '未保存',
  'shelf.delete': '{name}を削除',
  'shelf.deleteAll': 'すべて削除',
  'shelf.keepAll': 'すべてオフラインに保存、{size}',
  'shelf.keepRest': '残りを保存、{size}',
  'shelf.allKept': 'すべて保存済みです。ネットワークなしで動作します。',
  'shelf.keeping': 'すべてオフラインに保存中',
  'shelf.progress': '{loaded}/{total}',
  'shelf.cancel': 'キャンセル',
  'shelf.cancelled': '停止しました。届いた分は保存されています。',
  'shelf.full':
    'すべてを保存する空きがありませんでした。届いた分は保存されています。空き容量を増やして、もう一度お試しください。',
  'shelf.broken': '一部を取得できませんでした。届いた分は保存されています：{reason}',
  'session.name': '開いている写真',
  'session.note': '再読み込みやクラッシュに備え暗号化して保持、このタブがある間',
  'session.switch': '再読み込みやクラッシュに備えて写真を保持する',
  'session.queue': '複数の写真',
  'session.clips': '処理中の動画',
  'session.clipsNote': '完成した部分（続きを行うため）',
  'session.queueNote': '再読み込みやクラッシュの後、または後日に続けるため',
  'session.full':
    '{name}を再読み込みやクラッシュに備えて保持する空きがありませんでした。開いたままで、何も失われていません。',
  'session.refused': '写真は再び開きましたが、設定は戻せませんでした：{reason}',
  'shelf.used': 'ブラウザーが許可する{quota}のうち、このサイトは{used}を使っています。',
  'shelf.persistent': 'ブラウザーが自動で削除することはありません。',
  'shelf.fleeting': '空きが少なくなるとブラウザーが削除することがあります。',
};
