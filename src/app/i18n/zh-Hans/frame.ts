import type { enFrame } from '../en-frame';
import type { FrameTables, DeskTables } from '../parts';
import type { Translation } from '../speak';
import { tables as deskTables } from './desk';

/** What the frame in other sites' pages says, in Simplified Chinese. */
const own: Translation<typeof enFrame> = {
  'embed.title': '照片增强',
  'embed.alone': '此页面用于显示在其他网站内。要在这里增强照片，请打开 Enlarger 本身。',
  'embed.open': '打开 Enlarger',
  'embed.other': '打开另一张照片',
  'embed.adjust': '调整',
  'embed.dropHere': '或拖放到这里，或直接粘贴',
  'embed.proof': '在您的设备上运行。结果只交给 {host}，不去别处。',
  'embed.proofOwn':
    '在您的设备上运行。按下“增强”后，{host} 会得到结果及其名称和尺寸；在此之前什么也得不到。',
  'embed.dropMany': '或将多张照片拖放到这里，或直接粘贴',
  'embed.several': '第 {place} 张，共 {count} 张。按一次“增强”即处理余下的所有照片。',
  'embed.proofMany':
    '在您的设备上运行。按下“增强”后，{host} 会得到余下所有照片的结果及其名称和尺寸；在此之前什么也得不到。',
  'embed.leftOut': '已略过 {name}。{reason}',
  'embed.unheard': '这次按下无效：按钮必须完整可见、无遮挡达半秒。请届时再按一次。',
  'embed.withheld': '这几乎就是您的照片本身，因此没有交给 {host}。您仍可保存它。',
  'embed.original': '1× 时结果几乎就是照片本身，而访客自己的照片绝不会这样交出。',
  'embed.ownStrength': '对于访客自己的照片，options.strength 由访客设置。',
  'embed.ownFinish': '对于访客自己的照片，recipe.finish 由访客设置。',
  'embed.badAccent': 'accent 必须是一种不含变量的不透明颜色：采用默认值。',
  'embed.badRadius': 'radius 必须是 0 到 {mostRadius}px 的长度：采用默认值。',
  'embed.asks': '{host} 希望在您的设备上增强这张照片。',
  'embed.download': '首次运行：下载 {size}，以及最多 {engine} 的引擎，仅此一次。',
  'embed.engine': '首次运行可能会加载引擎，最多 {engine}。',
  'embed.waiting': '正在等待此页面上的另一张照片…',
  'embed.busy': '正在进行其他处理。请等待结束，或将其取消。',
  'embed.model.site': '本工具自带',
  'embed.model.get': '下载 {name}（{size}）',
  'embed.model.told': '{host} 的模型。保存在此浏览器中，仅供 {host} 使用。',
  'embed.model.coming': '正在下载 {name}：{done} / {size}',
  'embed.model.broken': '{name} 未能从 {host} 完整下载，没有保存任何内容。请重试。',
  'embed.model.more': '{host} 发来的 {name} 超出了事先说明的大小，没有保存任何内容。',
  'embed.model.unsized': '{name} 未说明大小、来自其他来源或超过 {most}，因此不提供给访问者。',
};

/** All that the frame says, in Simplified Chinese. */
export const tables: DeskTables & FrameTables = {
  ...deskTables,
  frame: { ...deskTables.main, ...own },
};
