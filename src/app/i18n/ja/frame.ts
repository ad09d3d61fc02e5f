import type { enFrame } from '../en-frame';
import type { FrameTables, DeskTables } from '../parts';
import type { Translation } from '../speak';
import { tables as deskTables } from './desk';

/** What the frame in other sites' pages says, in Japanese. */
const own: Translation<typeof enFrame> = {
  'embed.title': '写真の補正',
  'embed.alone':
    'このページは他のサイトの中で表示するためのものです。ここで写真を補正するには、Enlargerを開いてください。',
  'embed.open': 'Enlargerを開く',
  'embed.other': '別の写真を開く',
  'embed.adjust': '調整',
  'embed.dropHere': 'またはここにドロップ、貼り付け',
  'embed.proof': 'お使いの端末で動作します。結果は{host}だけに渡されます。',
  'embed.proofOwn':
    'お使いの端末で動作します。「補正する」を押すと、結果とその名前、サイズが{host}に渡されます。それまでは何も渡されません。',
  'embed.dropMany': 'またはここにまとめてドロップ、貼り付け',
  'embed.several':
    '写真{place} / {count}。「補正する」を一度押すと、残りのすべてを順に補正します。',
  'embed.proofMany':
    'お使いの端末で動作します。「補正する」を押すと、残りのすべての写真の結果とその名前、サイズが{host}に渡されます。それまでは何も渡されません。',
  'embed.leftOut': '{name}は除外されました。{reason}',
  'embed.unheard':
    'その操作は無効でした。ボタン全体が何にも覆われず0.5秒間見えている必要があります。その後もう一度押してください。',
  'embed.withheld': 'これはほぼ元の写真そのものなので、{host}には渡していません。保存はできます。',
  'embed.original':
    '1×では結果がほぼ写真そのものになり、利用者自身の写真がそのまま渡されることはありません。',
  'embed.ownStrength': '利用者自身の写真では、options.strengthは利用者が決めます。',
  'embed.ownFinish': '利用者自身の写真では、recipe.finishは利用者が決めます。',
  'embed.badAccent': 'accentは変数を含まない不透明な1色でなければなりません。既定値を使います。',
  'embed.badRadius':
    'radiusは0から{mostRadius}pxまでの長さでなければなりません。既定値を使います。',
  'embed.asks': '{host}が、お使いの端末でこの写真を補正したいと求めています。',
  'embed.download': '初回は{size}と、最大{engine}のエンジンを1度だけダウンロードします。',
  'embed.engine': '初回は最大{engine}のエンジンを読み込むことがあります。',
  'embed.waiting': 'このページの別の写真を待っています…',
  'embed.busy': '別の処理が進行中です。終わるのを待つか、キャンセルしてください。',
  'embed.model.site': 'このツール自身のもの',
  'embed.model.get': '{name}をダウンロード（{size}）',
  'embed.model.told': '{host}のモデルです。このブラウザーに、{host}専用として保存されます。',
  'embed.model.coming': '{name}をダウンロード中：{done} / {size}',
  'embed.model.broken':
    '{name}は{host}から最後まで届かなかったため、何も保存されませんでした。もう一度お試しください。',
  'embed.model.more':
    '{host}から送られた{name}は申告より大きかったため、何も保存されませんでした。',
  'embed.model.unsized':
    '{name}はサイズが示されていないか、別のオリジンのものか、{most}を超えているため、訪問者には提示されません。',
};

/** All that the frame says, in Japanese. */
export const tables: DeskTables & FrameTables = {
  ...deskTables,
  frame: { ...deskTables.main, ...own },
};
