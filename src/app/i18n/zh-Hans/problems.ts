import type { enProblems } from '../en-problems';
import type { Translation } from '../speak';

/** What can go wrong and what is worth a note, in Simplified Chinese: what happened, what is kept, what to do next. */
export const problems: Translation<typeof enProblems> = {
  'problem.file-unreadable': '无法读取此文件：可能已被移动、更改，或超出内存容量。请重新选择。',
  'problem.file-empty': '此文件是空的：可能没有复制或下载完整。请尝试另一份副本。',
  'problem.file-foreign': '这是{kind}，无法在此打开：请导出为 JPEG 或 PNG 后再打开。',
  'problem.file-unknown':
    '无论文件名是什么，这都不是可在此打开的图片：支持 JPEG、PNG、WebP、TIFF、AVIF、HEIC、JPEG XL、GIF 和 BMP。',
  'problem.file-damaged': '此 {format} 文件已损坏或不完整，无法打开：请尝试另一份副本。',
  'problem.clip.codec':
    '此视频的画面采用 {codec} 编码，当前浏览器无法解码：请转换为 H.264，或换用其他浏览器打开。',
  'problem.clip.browser':
    '当前浏览器自身无法解码视频：请使用较新的 Chrome、Edge、Safari 或 Firefox 打开。',
  'problem.clip.pictures': '此文件只有声音，没有画面：没有可以放大的内容。',
  'problem.clip.protected': '此视频有防复制保护，只能在持有其密钥的程序中打开。',
  'problem.clip.hdr': '此视频为 HDR，在此处理会丢失高光：请先转换为普通（SDR）视频，再打开。',
  'problem.file-cut-off': '此 {format} 文件不完整，无法显示任何内容：请尝试另一份副本。',
  'problem.large-file-undecodable':
    '此 {format} 文件（{width} × {height}）已损坏，或超出此浏览器的内存：请关闭其他标签页，或尝试较小的副本。',
  'problem.jpeg-kind-unsupported':
    '这是浏览器无法打开的少见 JPEG（无损或 12 位）：请导出为 JPEG 或 PNG 后再打开。',
  'problem.tiff-kind-unsupported':
    '此类 TIFF 无法在此打开（用于印刷、传真或实验室，或采用 JPEG 压缩）：请导出为 8 或 16 位的灰度或 RGB TIFF，或 PNG，再打开。',
  'problem.photo-too-large':
    '此图片为 {width} × {height}，即 {megapixels} 百万像素，此处最多可打开 {mostMegapixels} 百万像素：请裁剪或缩小后再打开。',
  'problem.no-memory-to-open':
    '内存不足，无法打开 {width} × {height} 像素：请关闭其他标签页，或打开较小的图片。',
  'problem.result-too-large': '{scale}× 将得到 {megapixels} MP，超出此浏览器的容量。{fits}× 可以。',
  'problem.result-too-large.crop':
    '{scale}× 将得到 {megapixels} MP，超出此浏览器的容量。请先裁剪或缩小照片；没有任何改变。',
  'problem.result-over-limit': '此页面最多接受 {megapixels} 百万像素的结果。请选择较小的尺寸。',
  'problem.side-too-long':
    '{format} 每边最多 {mostSide} 像素，而结果将是 {width} × {height}。您的照片没有改变：请选择 {others}。',
  'problem.area-too-large':
    '{format} 最多写入 {mostMegapixels} 百万像素，而结果将是 {width} × {height}。您的照片没有改变：请选择 {others}。',
  'problem.no-memory-to-save':
    '内存不足，无法将 {width} × {height} 像素写为 {format}。结果已保留：请关闭其他标签页后重新保存，或改用其他格式。',
  'problem.codec-missing': '无法加载 {format} 的解码器：请连接互联网后重新打开照片。',
  'problem.encoder-missing':
    '无法加载 {format} 编码器，此浏览器也没有。结果已保留：请保存为 PNG，或连接互联网后重新保存。',
  'problem.catalog-unreadable':
    '模型列表送达时已损坏。您的文件没有改变：请刷新页面，或检查此网络是否要求先登录。',
  'problem.catalog-wrong':
    '模型列表已损坏（{path} 必须是{expected}）。您的文件没有改变：请刷新页面重新获取列表。',
  'problem.model-not-offered':
    '本网站没有适用于 {scale}× 的模型（{task}）。您的照片没有改变：请选择其他设置。',
  'problem.model-not-runnable':
    '模型“{title}”没有此设备能运行的文件。您的照片没有改变：请选择其他设置。',
  'problem.download-failed':
    '连接失败，无法下载所需内容：请检查互联网连接后重试。您的照片仍然打开着。',
  'problem.catalog-too-long':
    '模型列表长得不正常，未予读取。您的文件没有改变：请重试，或检查此网络是否要求先登录。',
  'problem.download-stalled':
    '下载已停止：{seconds} 秒内没有收到任何数据。您的照片没有改变：请检查互联网连接后重试。',
  'problem.models-not-served':
    '本网站目前不提供模型。您的照片没有改变：请稍后重试，或选择其他设置。',
  'problem.model-altered':
    '模型送达时不完整或被改动，未予使用。您的照片没有改变：请重试。若再次发生，可能是代理或过滤器改动了下载内容。',
  'problem.file-altered':
    '页面的一部分（{name}）两次送达时已损坏，未予使用。您的照片没有改变：请刷新页面。若再次发生，可能是代理或过滤器改动了下载内容。',
  'problem.other-origin':
    '有内容要从另一个网站（{host}）获取，而此页面绝不这样做：没有向那里发送任何内容。您的照片没有改变：请刷新页面。',
  'problem.model-refused': '无法加载模型。您的照片没有改变：请重试，或选择其他设置。',
  'problem.own-model-damaged': '此模型文件已损坏或不完整（{detail}），未添加：请换一份副本再试。',
  'problem.own-model-unsafe':
    '此文件要求运行程序（{asks}），而此处绝不运行，因此未添加。请寻找同一模型的 .safetensors 或 .onnx 文件。',
  'problem.own-model-too-large': '此模型文件超过 {mostMegabytes} MB，未添加：请选择较小的模型。',
  'problem.own-model.file':
    '这不是可以在此添加的模型：可添加 .onnx、.safetensors 和 .pth 文件，以及成对的 .param 和 .bin。',
  'problem.own-model.network':
    '这是 {name} 类型的模型，无法在此运行，因此未添加。Compact、SPAN、ESRGAN 和 RealPLKSR 可以运行。',
  'problem.own-model.unknown-network':
    '此处不认识这个模型的结构（{name}），因此未添加。可识别 Compact、SPAN、ESRGAN 和 RealPLKSR；许多其他模型可以用 .onnx 运行。',
  'problem.own-model.operator':
    '此模型包含无法在此运行的运算（{name}），因此未添加：请选择其他模型。',
  'problem.own-model.elsewhere':
    '此模型的一部分在另一个文件中（{name}），因此未添加：.param 和 .bin 请一起选择，其他模型请寻找单个文件的版本。',
  'problem.own-model.shape':
    '此模型不是由图片生成图片的模型（{name}），因此未添加：请选择其他模型。',
  'problem.model-without-output': '模型没有给出结果。您的照片没有改变：请选择其他设置。',
  'problem.golden-damaged':
    '某个模型的测试图已损坏，因此未使用该模型。您的照片没有改变：请选择其他设置。',
  'problem.own-model-missing':
    '这需要您的模型“{title}”，而它不在此设备上（SHA-256 {sha256}）。您的照片没有改变：请在“离线保存”中添加它的文件，或选择其他模型。',
  'problem.own-unfit.run': '此模型连小图也无法处理，未添加：请选择其他模型。',
  'problem.own-unfit.planes': '此模型不是由彩色图片生成彩色图片的模型，未添加：请选择其他模型。',
  'problem.own-unfit.scale': '此模型的放大倍数不是 1×、2×、3×、4× 或 8×，未添加：请选择其他模型。',
  'problem.own-unfit.multiple':
    '此模型只接受特定尺寸的图片，照片无法按此切分，因此未添加：请选择其他模型。',
  'problem.own-unfit.not-a-number': '此模型给出的不是图片，而是非数值，未添加：请换一份副本再试。',
  'problem.own-unfit.black': '此模型把任何图片都变成黑色，未添加：请换一份副本再试。',
  'problem.own-unfit.constant': '此模型把任何图片都变成同样的单色，未添加：请换一份副本再试。',
  'problem.own-unfit.unsteady':
    '同样的像素在不同位置，此模型给出的结果不同，照片各部分无法拼合，因此未添加：请选择其他模型。',
  'problem.page-insecure':
    '在不安全的页面上无法校验模型。您的照片没有改变：请通过 https 打开本网站。',
  'problem.storage-full': '浏览器没有足够空间。之前保存的内容仍在：请释放空间后重试。',
  'problem.gpu-missing':
    '此浏览器不支持 WebGPU。您的照片没有改变：请去掉 backend=webgpu，改用 CPU。',
  'problem.gpu-lost': '显卡驱动已停止。您的照片没有改变：请重试，或先重启浏览器。',
  'problem.gpu-memory':
    'GPU 的可用内存不足以处理此照片，照片没有改变：请关闭其他标签页和程序，或选择较小的尺寸。',
  'problem.gpu-refused': 'GPU 拒绝了任务。您的照片没有改变：请重试，或更新显卡驱动。',
  'problem.gpu-picture-damaged':
    'GPU 返回了损坏的图像，未予使用。您的照片没有改变：请重试，或更新显卡驱动。',
  'problem.network-size-wrong':
    '神经网络返回了其他尺寸的结果，未予使用。您的照片没有改变：请选择其他设置。',
  'problem.network-not-a-number':
    '神经网络返回了非数值的结果，未予使用。您的照片没有改变：请选择其他设置。',
  'problem.trial-failed':
    '此设备计算出的图像有误，未予使用。您的照片没有改变：请更新显卡驱动，或换用其他浏览器。',
  'problem.engine-stopped': '引擎已停止。您的照片没有改变：请重试。',
  'problem.worker-died': '引擎已停止，可能是内存不足。您的照片没有改变：请重试。',
  'problem.photo-missing': '没有打开的照片。请先打开一张。',
  'problem.result-missing': '还没有结果。请先增强照片。',
  'problem.mask-of-other-photo':
    '此蒙版是为 {width} × {height} 的照片绘制的。请清除它，或打开那张照片。',
  'problem.crop-outside-photo': '裁剪范围超出了这张 {width} × {height} 的照片。请重新裁剪。',
  'problem.damage-everywhere': '整张照片都被标记为损伤，没有可用于修复的部分。请减少标记。',
  'problem.option-wrong': '{path} 必须是{expected}。',
  'problem.no-memory': '浏览器内存不足。您的照片没有改变：请关闭其他标签页，或选择较小的尺寸。',
  'problem.unexpected': '发生了不应发生的错误（{cause}）。您的照片没有改变：请重试，或刷新页面。',

  'foreign.bigtiff': ' BigTIFF 文件',
  'foreign.icon': '图标文件',
  'foreign.jpeg-2000': ' JPEG 2000 图片',
  'foreign.pdf': ' PDF 文档',
  'foreign.photoshop': ' Photoshop 文件',
  'foreign.raw': '相机 RAW 文件',
  'foreign.svg': ' SVG 图形',
  'foreign.video': '视频',
  'foreign.video-or-unknown': '视频或未知格式',
  'foreign.zip': ' ZIP 压缩包或文档',

  'expected.object': '对象',
  'expected.list': '列表',
  'expected.filled-list': '非空列表',
  'expected.text': '文本',
  'expected.number': '数字',
  'expected.boolean': ' true 或 false',
  'expected.sha256': ' 64 位小写十六进制数字',
  'expected.unique': '唯一的',
  'expected.keeping-size': '保持尺寸的步骤',
  'expected.colour': '“#8fb8e0”这样的颜色，或 null',
  'expected.pairs': '交替的 x 和 y',
  'expected.path-below': '目录之下的路径',
  'expected.url': '不含密码的 http 或 https 网址',
  'expected.file': ' File 或 Blob',
  'expected.function': '函数',
  'expected.abort-signal': ' AbortSignal',
  'expected.writable': '未锁定的 WritableStream',
  'expected.oneOf': '{choices}',
  'expected.names': '{names} 之一',
  'expected.range': '{least} 到 {most} 之间的数字',
  'expected.wholeRange': '{least} 到 {most} 之间的整数',
  'expected.bytes': '含 {bytes} 个值的 Uint8Array',
  'expected.wholeFrom': '不小于 {least} 的整数',
  'expected.mostItems': '最多 {most} 项的列表',
  'expected.before': '在“{other}”之前',
  'expected.equalTo': '省略，或等于 {other}（{value}）',

  'note.first-frame': '只打开了其中的第一帧或第一张图。',
  'note.cut-off': '此文件不完整或已损坏：显示能读取的部分。',
  'note.depth-lost': '每通道超过 8 位，只能读取 8 位。',
  'note.colours-converted': '色彩已转换为 sRGB。',
  'note.metadata-broken': '其 {parts} 数据已损坏，不会出现在结果中。图像本身完好。',
  'note.gain-map-kept':
    '其 HDR 增益图会随照片一起放大并保留在 JPEG 中；存为其他格式，或改变了光线或颜色时，则不会保留。',
  'note.gain-map-dropped': '其 HDR 增益图不会出现在结果中。',
  'note.gain-map-lost': '其 HDR 增益图无法保留：此文件中不含增益图。',
  'note.model-not-kept': '某个模型无法离线保存：下次需要时将重新下载。',
  'note.pattern-missing': '没有发现纸张或印刷纹理：未去除任何内容。',
  'note.speech.decoder': '{codec} 音轨保持原样：此浏览器无法解码它，因此无法净化其中的人声。',
  'note.speech.encoder':
    '{codec} 音轨保持原样：此浏览器无法为此类文件编码音频，因此无法净化其中的人声。',
  'note.sound-converted': '此类文件不支持 {codec} 音轨：已重新编码为 {to}。',
  'note.left-out.decoder': '{codec} 音轨未包含在内：此类文件不支持它，且此浏览器无法解码它。',
  'note.left-out.encoder':
    '{codec} 音轨未包含在内：此类文件不支持它，且此浏览器无法为其编码其他音频。',
  'note.text-left-out.subtitles': '字幕未包含在内：此处无法读取，或此类文件不支持其原有格式。',
  'note.text-left-out.chapters': '章节未包含在内：此处无法读取，或此类文件不支持其原有格式。',
  'note.text-left-out.metadata': '视频的部分元数据未包含在内：此类文件无法容纳。',
  'note.shake-taken-back': '相机抖动约 {pixels} 像素：已校正。',
  'note.recovered': '{cause}{measure}',
  'cause.memory': '内存不足。',
  'cause.device': '显卡驱动已停止。',
  'cause.picture': '此设备计算出的图像有误。',
  'cause.work': 'GPU 拒绝了任务。',
  'cause.model': '无法加载模型。',
  'cause.engine': '引擎已停止。',
  'measure.tile': '此后改用较小的图块。',
  'measure.device': '已重启 GPU 并继续处理。',
  'measure.worker': '已重启引擎并继续处理。',
  'measure.precision': '改用全精度代替半精度。',
  'measure.runtime': '改用了另一种运行环境。',
  'measure.cpu': '其余由 CPU 完成。',
  'measure.cpu-anew': '由 CPU 完成。',
};
