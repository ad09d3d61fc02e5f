import type { ToolTables } from '../parts';

/** What is said of many photos, in Japanese. */
export const queue: ToolTables['queue'] = {
  'queue.name': '写真',
  'queue.list': '写真：矢印キーで選択、Enterで開く、Alt＋矢印キーで並べ替え',
  'queue.enhance': 'すべて補正',
  'queue.size': '約{size}',
  'queue.sizeHere':
    'これからできる結果は約{size}です。ZIPにまとめる間は、さらに同じだけの容量を使います。ここの空きは{free}です。',
  'queue.sizeFolder':
    'これからできる結果は約{size}です。{folder}の空き容量はブラウザーからは分かりません。始める前にご確認ください。',
  'queue.sizeUnknown':
    'これからできる結果は約{size}です。ZIPにまとめる間は、さらに同じだけの容量を使います。このブラウザーは空き容量を知らせません。',
  'queue.noRoom':
    '開始していません。結果とそのZIPファイルには約{size}が必要ですが、ここの空きは{free}です。フォルダーに保存する（オプション）か、サイズを小さくするか、写真を減らしてください。これは概算です。「再開」を押すと、このまま始めます。',
  'queue.pause': '一時停止',
  'queue.resume': '再開',
  'queue.skip': 'スキップ',
  'queue.save': 'すべて保存',
  'queue.retry': '失敗分を再試行',
  'queue.more': 'オプション',
  'queue.progress': '完了した写真',
  'queue.title': '複数の写真',
  'queue.pattern': '結果のファイル名',
  'queue.patternHint': '{parts}が置き換わります。{from}は{to}になります。',
  'queue.folder': 'フォルダーに保存',
  'queue.folderOther': '別のフォルダー',
  'queue.folderIs':
    '結果はできあがるたびに{folder}の同じサブフォルダーに入ります。既にあるファイルは上書きされません。',
  'queue.folderNone':
    '結果は「すべて保存」で1つのZIPファイルにまとめるまでここに保持されます。フォルダーに保存すれば、できあがるたびにファイルとして残ります。',
  'queue.folderCannot':
    '結果は「すべて保存」で1つのZIPファイルにまとめるまでここに保持されます。このブラウザーはフォルダーに書き込めません。',
  'queue.skipsDone': 'フォルダーに既にあるものはスキップする',
  'queue.report': 'レポート',
  'queue.csv': 'レポートを保存（CSV）',
  'queue.file': 'ファイル',
  'queue.state': '状態',
  'queue.seconds': '秒数',
  'queue.saveOne': '{name}を保存',
  'queue.removeOne': '{name}をリストから外す',
  'queue.removeAll': 'リストを空にする',
  'queue.moreRows': { other: 'ほか{count}件は保存したレポートにあります。' },
  'csv.file': 'ファイル',
  'csv.state': '状態',
  'csv.result': '結果',
  'csv.width': '幅',
  'csv.height': '高さ',
  'csv.bytes': 'バイト',
  'csv.seconds': '秒数',
  'csv.where': '実行環境',
  'csv.did': '処理内容',
  'csv.notes': '注記',
  'csv.fault': 'エラー',
  'queue.fit': '全体の設定',
  'queue.fitEach': '写真ごとに最適化',
  'queue.fitPreset': '{preset}（写真ごとに調整）',
  'queue.fitSame': '現在の設定',
  'queue.fitHeld': '{name}の設定',
  'queue.earlier': '{name}を1つ前へ',
  'queue.later': '{name}を1つ後ろへ',
  'queue.moved': '{name}は{total}枚中{place}番目になりました。',
  'queue.own': 'この写真だけ',
  'queue.ownHint':
    '現在の設定をこの写真だけに使います。もう一度押すと、全体の設定に戻ります。切り抜き、傷のマーク、ブラシで塗った部分は、いずれの場合もこの写真だけのものです。',
  'queue.hasOwn': '個別の設定',
  'queue.hasRetouch': '手作業で切り抜き・加筆済み',
  'queue.hasFilm': '「動画」で個別に設定済み',
  'queue.ready': { other: '写真{count}枚、{size}。' },
  'queue.readyClips': { other: 'ファイル{count}個（うち動画{clips}本）、{size}。' },
  'queue.status': '{total}枚中{done}枚完了、失敗{failed}枚',
  'queue.skipped': { other: '、スキップ{count}枚' },
  'queue.sentence': '{said}。',
  'queue.left': '残り{time}。',
  'queue.ended': '終了しました。',
  'queue.unwritten': {
    other: 'フォルダーに書き込めなかった結果が{count}件あります。「すべて保存」を押してください。',
  },
  'queue.pausing': '{name}のあとで一時停止します。',
  'queue.paused': '一時停止中。',
  'queue.saving': { other: '写真{count}枚をまとめています…' },
  'queue.saved': '{name}を保存しました（{size}）。',
  'queue.wrote': { other: '写真{count}枚を{folder}に書き込みました。' },
  'queue.saveFailed':
    '写真を1つのファイルにまとめられませんでした。ディスクの空きが足りないのかもしれません。写真はここに残っています。オプションでフォルダーを選ぶか、1枚ずつ保存してください。',
  'queue.others': { other: '写真でも動画でもないファイル{count}個を除外しました。' },
  'queue.unread': '{names}を読み取れませんでした。ほかの写真は開いています。',
  'queue.locked': {
    other: 'パスワード付きアーカイブ内の写真{count}枚を除外しました。先に展開してください。',
  },
  'queue.unreadMany': {
    other: 'ファイルまたはフォルダー{count}個を読み取れませんでした。ほかの写真は開いています。',
  },
  'queue.none':
    '写真も動画も見つかりませんでした。それらのあるフォルダーを選ぶか、1つずつ開いてください。',
  'queue.reading': '写真を探しています…',
  'queue.copied': '処理の必要なし：ファイルはそのままです。',
  'queue.there': 'スキップ：{path}は既にあります。',
  'queue.keptHere':
    '{folder}に書き込めなかったため、ここに残してあります。「すべて保存」を押すか、個別に保存してください。',
  'queue.unreadable':
    '一時停止しました。ブラウザーは{folder}を読み取れなくなりました。完了した分は失われません。「再開」を押して、もう一度許可してください。',
  'queue.gone': 'ファイルが見つからないか、読み取れません。もう一度追加してください。',
  'queue.retouchLost':
    'この写真の切り抜き、傷のマーク、または塗った部分を保持できませんでした。開いてやり直すか、「失敗分を再試行」を押すと、それらなしで処理します。',
  'queue.lost':
    '再読み込み後はブラウザーがこのファイルへのアクセスを許可しません。もう一度追加してください。',
  'queue.lostMany': {
    other:
      '{count}枚の写真をもう一度追加してください。再読み込み後はブラウザーがアクセスを許可しません。処理済みの写真がやり直されることはありません。',
  },
  'queue.partial':
    'これらのファイルの一部は再読み込みに備えて保持できませんでした。再読み込みした場合はもう一度選んでください。処理済みの写真がやり直されることはありません。',
  'queue.lowBattery':
    '一時停止しました。バッテリー残量は{level}%です。充電を始めると自動で再開します。このまま続けるには「再開」を押してください。',
  'queue.savesData':
    '一時停止しました。ブラウザーがデータ節約の設定になっており、{size}のニューラルネットワークをダウンロードする必要があります。ダウンロードするには「再開」を押してください。',
  'queue.notify': '終わったら通知する',
  'queue.silenced':
    'ブラウザーがこのページからの通知を許可していません。このサイトの設定で変更できます。',
  'queue.full':
    '一時停止しました。{folder}のディスクに空きがありません。完了した分はここに残っています。空きを作って「再開」を押すか、「すべて保存」を押してください。',
  'queue.refused':
    '一時停止しました。ブラウザーは{folder}に書き込めなくなりました。完了した分はここに残っています。オプションでフォルダーを選び直すか、「すべて保存」を押してください。',
  'queue.folderGone':
    '一時停止しました。フォルダー{folder}が見つかりません。完了した分はここに残っています。オプションで別のフォルダーを選ぶか、「すべて保存」を押してください。',
  'queue.folderFailed':
    '一時停止しました。{folder}にファイルを書き込めませんでした。完了した分はここに残っています。「再開」で再試行するか、「すべて保存」を押してください。',
  'state.waiting': '待機中',
  'state.opening': '開いています',
  'state.running': '補正中',
  'state.saving': '書き込み中',
  'state.done': '完了',
  'state.failed': '失敗',
  'state.skipped': 'スキップ',
  'state.gone': 'ファイルなし',
};
