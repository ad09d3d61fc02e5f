import type { enProblems } from '../en-problems';
import type { Translation } from '../speak';

/** What can go wrong and what is worth a note, in Japanese: what happened, what is kept, what to do next. */
export const problems: Translation<typeof enProblems> = {
  'problem.file-unreadable':
    'このファイルを読み込めませんでした。移動や変更があったか、メモリーに対して大きすぎます。もう一度選んでください。',
  'problem.file-empty':
    'このファイルは空です。コピーやダウンロードが完了していない可能性があります。別のコピーをお試しください。',
  'problem.file-foreign':
    'これは{kind}で、ここでは開けません。JPEGまたはPNGで書き出してから開いてください。',
  'problem.file-unknown':
    'ファイル名にかかわらず、ここで開ける画像ではありません。開けるのはJPEG、PNG、WebP、TIFF、AVIF、HEIC、JPEG XL、GIF、BMPです。',
  'problem.file-damaged':
    'この{format}ファイルは壊れているか途中で切れていて、開けません。別のコピーをお試しください。',
  'problem.clip.codec':
    'この動画の映像は{codec}で、このブラウザーではデコードできません。H.264に変換するか、別のブラウザーで開いてください。',
  'problem.clip.browser':
    'このブラウザーは単独で動画をデコードできません。新しいChrome、Edge、Safari、Firefoxで開いてください。',
  'problem.clip.pictures':
    'このファイルには音声だけがあり、映像がありません。拡大するものがありません。',
  'problem.clip.protected':
    'この動画はコピー防止で保護されており、鍵を持つアプリでしか開けません。',
  'problem.clip.hdr':
    'この動画はHDRで、ここではハイライトが失われます。通常の（SDRの）動画に変換してから開いてください。',
  'problem.file-cut-off':
    'この{format}ファイルは途中で切れていて、何も表示できません。別のコピーをお試しください。',
  'problem.large-file-undecodable':
    'この{format}ファイル（{width} × {height}）は壊れているか、このブラウザーのメモリーには大きすぎます。ほかのタブを閉じるか、小さいコピーをお試しください。',
  'problem.jpeg-kind-unsupported':
    'これはブラウザーで開けない特殊なJPEG（可逆圧縮または12ビット）です。JPEGまたはPNGで書き出してから開いてください。',
  'problem.tiff-kind-unsupported':
    'この種類のTIFFはここでは開けません（印刷・ファクス・研究用、またはJPEG圧縮）。8または16ビットのグレーかRGBのTIFF、またはPNGで書き出してから開いてください。',
  'problem.photo-too-large':
    'この画像は{width} × {height}（{megapixels}メガピクセル）で、ここで開けるのは{mostMegapixels}メガピクセルまでです。切り抜くか縮小してから開いてください。',
  'problem.no-memory-to-open':
    '{width} × {height}ピクセルを開くにはメモリーが足りませんでした。ほかのタブを閉じるか、小さい画像を開いてください。',
  'problem.result-too-large':
    '{scale}×では{megapixels} MPになり、このブラウザーでは扱えません。{fits}×なら収まります。',
  'problem.result-too-large.crop':
    '{scale}×では{megapixels} MPになり、このブラウザーでは扱えません。先に写真を切り抜くか縮小してください。何も変わっていません。',
  'problem.result-over-limit':
    'このページで扱える結果は{megapixels}メガピクセルまでです。小さいサイズを選んでください。',
  'problem.side-too-long':
    '{format}の一辺は{mostSide}ピクセルまでで、結果は{width} × {height}になります。写真は変わっていません。{others}を選んでください。',
  'problem.area-too-large':
    '{format}で書き出せるのは{mostMegapixels}メガピクセルまでで、結果は{width} × {height}になります。写真は変わっていません。{others}を選んでください。',
  'problem.no-memory-to-save':
    '{width} × {height}ピクセルを{format}で書き出すにはメモリーが足りませんでした。結果は残っています。ほかのタブを閉じて保存し直すか、別の形式で保存してください。',
  'problem.codec-missing':
    '{format}の読み込みに必要な部品を読み込めませんでした。インターネットに接続して、もう一度写真を開いてください。',
  'problem.encoder-missing':
    '{format}のエンコーダーを読み込めず、このブラウザーにもありません。結果は残っています。PNGで保存するか、インターネットに接続して保存し直してください。',
  'problem.catalog-unreadable':
    'モデルの一覧が壊れて届きました。ファイルは変わっていません。ページを再読み込みするか、このネットワークでログインが必要でないか確かめてください。',
  'problem.catalog-wrong':
    'モデルの一覧が壊れています（{path}は{expected}でなければなりません）。ファイルは変わっていません。ページを再読み込みして一覧を取り直してください。',
  'problem.model-not-offered':
    'このサイトには{scale}×の{task}に使えるモデルがありません。写真は変わっていません。別の設定を選んでください。',
  'problem.model-not-runnable':
    'モデル「{title}」には、この端末で動くファイルがありません。写真は変わっていません。別の設定を選んでください。',
  'problem.download-failed':
    '接続に失敗し、必要なものをダウンロードできませんでした。インターネット接続を確かめて、もう一度お試しください。写真は開いたままです。',
  'problem.catalog-too-long':
    'モデルの一覧が異常に長いため読み込みませんでした。ファイルは変わっていません。もう一度試すか、このネットワークでログインが必要でないか確かめてください。',
  'problem.download-stalled':
    'ダウンロードが止まりました。{seconds}秒間何も届いていません。写真は変わっていません。インターネット接続を確かめて、もう一度お試しください。',
  'problem.models-not-served':
    'このサイトは現在モデルを提供していません。写真は変わっていません。後でもう一度試すか、別の設定を選んでください。',
  'problem.model-altered':
    'モデルが不完全か改変されて届いたため、使いませんでした。写真は変わっていません。もう一度お試しください。繰り返す場合は、プロキシやフィルターがダウンロードを変えている可能性があります。',
  'problem.file-altered':
    'ページの一部（{name}）が2度壊れて届いたため、使いませんでした。写真は変わっていません。ページを再読み込みしてください。繰り返す場合は、プロキシやフィルターがダウンロードを変えている可能性があります。',
  'problem.other-origin':
    '別のサイト（{host}）から取得しようとしましたが、このページは決してそうしません。そこには何も送っていません。写真は変わっていません。ページを再読み込みしてください。',
  'problem.model-refused':
    'モデルを読み込めませんでした。写真は変わっていません。もう一度試すか、別の設定を選んでください。',
  'problem.own-model-damaged':
    'このモデルのファイルは壊れているか途中で切れているため（{detail}）、追加しませんでした。別のコピーをお試しください。',
  'problem.own-model-unsafe':
    'このファイルはプログラムの実行を求めていますが（{asks}）、ここでは決して実行しないため、追加しませんでした。同じモデルの.safetensorsまたは.onnxをお探しください。',
  'problem.own-model-too-large':
    'このモデルのファイルは{mostMegabytes} MBを超えているため、追加しませんでした。もっと小さいモデルを選んでください。',
  'problem.own-model.file':
    'これはここに追加できるモデルではありません。追加できるのは.onnx、.safetensors、.pthのファイルと、.paramと.binの組です。',
  'problem.own-model.network':
    'これは{name}という種類のモデルで、ここでは動かないため、追加しませんでした。Compact、SPAN、ESRGAN、RealPLKSRは動きます。',
  'problem.own-model.unknown-network':
    'このモデルの構造はここでは知られていないため（{name}）、追加しませんでした。Compact、SPAN、ESRGAN、RealPLKSRは使えます。ほかの多くのモデルも.onnxなら動きます。',
  'problem.own-model.operator':
    'このモデルにはここで動かない処理があるため（{name}）、追加しませんでした。別のモデルを選んでください。',
  'problem.own-model.elsewhere':
    'このモデルの一部が別のファイルにあるため（{name}）、追加しませんでした。.paramと.binは一緒に選んでください。それ以外は1つのファイルになったものをお探しください。',
  'problem.own-model.shape':
    'このモデルは画像から画像を作るものではないため（{name}）、追加しませんでした。別のモデルを選んでください。',
  'problem.model-without-output':
    'モデルが結果を出しません。写真は変わっていません。別の設定を選んでください。',
  'problem.golden-damaged':
    'モデルのテスト画像が壊れているため、このモデルは使いませんでした。写真は変わっていません。別の設定を選んでください。',
  'problem.own-model-missing':
    'これには「{title}」というご自身のモデルが必要ですが、この端末にありません（SHA-256 {sha256}）。写真は変わっていません。「オフライン保存」でそのファイルを追加するか、別のモデルを選んでください。',
  'problem.own-unfit.run':
    'このモデルは小さな画像でも失敗するため、追加しませんでした。別のモデルを選んでください。',
  'problem.own-unfit.planes':
    'このモデルはカラー画像からカラー画像を作るものではないため、追加しませんでした。別のモデルを選んでください。',
  'problem.own-unfit.scale':
    'このモデルの拡大率は1×、2×、3×、4×、8×のどれでもないため、追加しませんでした。別のモデルを選んでください。',
  'problem.own-unfit.multiple':
    'このモデルは決まったサイズの画像しか扱えず、写真をそのように分けられないため、追加しませんでした。別のモデルを選んでください。',
  'problem.own-unfit.not-a-number':
    'このモデルは画像ではなく数値でない値を返すため、追加しませんでした。別のコピーをお試しください。',
  'problem.own-unfit.black':
    'このモデルはどの画像からも真っ黒な画像を作るため、追加しませんでした。別のコピーをお試しください。',
  'problem.own-unfit.constant':
    'このモデルはどの画像からも同じ一様な画像を作るため、追加しませんでした。別のコピーをお試しください。',
  'problem.own-unfit.unsteady':
    'このモデルは同じ画素でも場所によって違う結果になり、写真の各部分がつながらないため、追加しませんでした。別のモデルを選んでください。',
  'problem.page-insecure':
    '安全でないページではモデルを検証できません。写真は変わっていません。このサイトをhttpsで開いてください。',
  'problem.storage-full':
    'ブラウザーに空きがありません。すでに保存したものは残っています。空き容量を増やして、もう一度お試しください。',
  'problem.gpu-missing':
    'このブラウザーはWebGPUに対応していません。写真は変わっていません。backend=webgpuを外すとCPUを使います。',
  'problem.gpu-lost':
    'グラフィックスドライバーが停止しました。写真は変わっていません。もう一度試すか、先にブラウザーを再起動してください。',
  'problem.gpu-memory':
    'この写真にはGPUの空きメモリーが足りません。写真は変わっていません。ほかのタブやアプリを閉じるか、小さいサイズを選んでください。',
  'problem.gpu-refused':
    'GPUが処理を拒否しました。写真は変わっていません。もう一度試すか、グラフィックスドライバーを更新してください。',
  'problem.gpu-picture-damaged':
    'GPUが壊れた画像を返したため、使いませんでした。写真は変わっていません。もう一度試すか、グラフィックスドライバーを更新してください。',
  'problem.network-size-wrong':
    'ニューラルネットワークが異なるサイズの結果を返したため、使いませんでした。写真は変わっていません。別の設定を選んでください。',
  'problem.network-not-a-number':
    'ニューラルネットワークが数値でない値を返したため、使いませんでした。写真は変わっていません。別の設定を選んでください。',
  'problem.trial-failed':
    'この端末の計算結果が正しくないため、使いませんでした。写真は変わっていません。グラフィックスドライバーを更新するか、別のブラウザーをお試しください。',
  'problem.engine-stopped':
    'エンジンが停止しました。写真は変わっていません。もう一度お試しください。',
  'problem.worker-died':
    'エンジンが停止しました。メモリー不足の可能性があります。写真は変わっていません。もう一度お試しください。',
  'problem.photo-missing': '写真が開かれていません。先に開いてください。',
  'problem.result-missing': 'まだ結果がありません。先に写真を補正してください。',
  'problem.mask-of-other-photo':
    'このマスクは{width} × {height}の写真用に塗られたものです。消すか、その写真を開いてください。',
  'problem.crop-outside-photo':
    '切り抜きがこの写真（{width} × {height}）からはみ出しています。切り抜き直してください。',
  'problem.damage-everywhere':
    '写真全体が傷としてマークされ、修復のもとになる部分がありません。マークを減らしてください。',
  'problem.option-wrong': '{path}は{expected}でなければなりません。',
  'problem.no-memory':
    'ブラウザーのメモリーが足りません。写真は変わっていません。ほかのタブを閉じるか、小さいサイズを選んでください。',
  'problem.unexpected':
    '予期しない問題が起きました（{cause}）。写真は変わっていません。もう一度試すか、ページを再読み込みしてください。',

  'foreign.bigtiff': 'BigTIFFファイル',
  'foreign.icon': 'アイコンファイル',
  'foreign.jpeg-2000': 'JPEG 2000画像',
  'foreign.pdf': 'PDF文書',
  'foreign.photoshop': 'Photoshopファイル',
  'foreign.raw': 'カメラのRAWファイル',
  'foreign.svg': 'SVG図形',
  'foreign.video': '動画',
  'foreign.video-or-unknown': '動画または不明な形式',
  'foreign.zip': 'ZIPファイルまたは文書',

  'expected.object': 'オブジェクト',
  'expected.list': 'リスト',
  'expected.filled-list': '空でないリスト',
  'expected.text': '文字列',
  'expected.number': '数値',
  'expected.boolean': 'trueまたはfalse',
  'expected.sha256': '小文字の16進数64桁',
  'expected.unique': '一意',
  'expected.keeping-size': 'サイズを変えない手順',
  'expected.colour': '「#8fb8e0」のような色、またはnull',
  'expected.pairs': 'xとyの繰り返し',
  'expected.path-below': 'カタログより下のパス',
  'expected.url': 'パスワードを含まないhttpまたはhttpsのURL',
  'expected.file': 'FileまたはBlob',
  'expected.function': '関数',
  'expected.abort-signal': 'AbortSignal',
  'expected.writable': 'ロックされていないWritableStream',
  'expected.oneOf': '{choices}',
  'expected.names': '{names}のいずれか',
  'expected.range': '{least}から{most}までの数値',
  'expected.wholeRange': '{least}から{most}までの整数',
  'expected.bytes': '{bytes}個の値を持つUint8Array',
  'expected.wholeFrom': '{least}以上の整数',
  'expected.mostItems': '{most}件以下のリスト',
  'expected.before': '「{other}」より前',
  'expected.equalTo': '省略するか、{other}（{value}）と同じ値',

  'note.first-frame': '最初の1枚だけを開きました。',
  'note.cut-off': 'ファイルが途中で切れているか壊れています。読み込めた部分を表示しています。',
  'note.depth-lost': '1チャンネル8ビットを超えていますが、8ビットで読み込みました。',
  'note.colours-converted': '色をsRGBに変換しました。',
  'note.metadata-broken':
    '{parts}のデータが壊れているため、結果には含まれません。画像そのものは無事です。',
  'note.gain-map-kept':
    'HDRゲインマップは、JPEGで保存するときに一緒に拡大して残します。ほかの形式や、明るさ・色を変えた場合は残りません。',
  'note.gain-map-dropped': 'HDRゲインマップは結果に含まれません。',
  'note.gain-map-lost': 'HDRゲインマップを引き継げませんでした。このファイルには含まれていません。',
  'note.model-not-kept':
    'モデルをオフライン用に保存できませんでした。次に必要になったときに再びダウンロードします。',
  'note.pattern-missing': '紙や印刷の模様は見つからず、何も取り除いていません。',
  'note.speech.decoder':
    '{codec}の音声は元のままです。このブラウザーではデコードできないため、音声のノイズを除去できません。',
  'note.speech.encoder':
    '{codec}の音声は元のままです。このブラウザーではこの種類のファイル用の音声をエンコードできないため、ノイズを除去できません。',
  'note.sound-converted':
    'この種類のファイルは{codec}の音声を格納できないため、{to}にエンコードし直しました。',
  'note.left-out.decoder':
    '{codec}の音声は含まれていません。この種類のファイルには格納できず、このブラウザーではデコードもできません。',
  'note.left-out.encoder':
    '{codec}の音声は含まれていません。この種類のファイルには格納できず、このブラウザーでは代わりの音声をエンコードできません。',
  'note.text-left-out.subtitles':
    '字幕は含まれていません。ここでは読み取れないか、この種類のファイルにはそのままの形で格納できません。',
  'note.text-left-out.chapters':
    'チャプターは含まれていません。ここでは読み取れないか、この種類のファイルにはそのままの形で格納できません。',
  'note.text-left-out.metadata':
    '動画のメタデータの一部は含まれていません。この種類のファイルには格納できません。',
  'note.shake-taken-back': '約{pixels}ピクセルの手ぶれを補正しました。',
  'note.recovered': '{cause}{measure}',
  'cause.memory': 'メモリーが足りませんでした。',
  'cause.device': 'グラフィックスドライバーが停止しました。',
  'cause.picture': 'この端末の計算結果が正しくありませんでした。',
  'cause.work': 'GPUが処理を拒否しました。',
  'cause.model': 'モデルを読み込めませんでした。',
  'cause.engine': 'エンジンが停止しました。',
  'measure.tile': 'そこからは小さいタイルを使いました。',
  'measure.device': 'GPUを再起動して続行しました。',
  'measure.worker': 'エンジンを再起動して続行しました。',
  'measure.precision': '半精度の代わりに単精度を使いました。',
  'measure.runtime': '代わりに別の実行環境を使いました。',
  'measure.cpu': '残りはCPUで処理しました。',
  'measure.cpu-anew': 'CPUで処理しました。',
};
