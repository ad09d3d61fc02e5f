/** Names of one word each, in small letters, that people give to what they say of a model; what is believed first, first. */
const names = {
  title: ['name', 'title', 'model name', 'model_name'],
  licence: ['license_name', 'licence', 'license'],
  author: ['author', 'authors', 'author(s)', 'creator', 'creators'],
} as const;

/** Most characters of a text that are looked at: what it is of stands at its beginning. */
const mostCharacters = 64_000;

/** Most of one line: longer ones are paragraphs, and what is told is short. */
const mostInLine = 1000;

/** What a text says, by the kind of word, with its marks taken off; what it does not say is left out. */
export type TextWords = Partial<Record<keyof typeof names, string>>;

/**
 * Reads what a page of text says of a model: a head between lines of `---`, as the pages of model collections have, lines as
 * `License: MIT` or `**Author:** Ann`, in a list or a table too, a paragraph under a heading `License`, and the first heading as its name.
 *
 * @param text Markdown, or plain text; of a page of HTML nothing is read.
 * @returns Of each kind the first that is said; the head's before all others.
 */
export function readText(text: string): TextWords {
  const lines = text
    .slice(0, mostCharacters)
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .map((line) => line.slice(0, mostInLine));
  if (/^\s*<(!doctype|html|\?xml)/i.test(lines.find((line) => line.trim() !== '') ?? '')) return {};
  const { head, body } = splitHead(lines);
  const said = withoutCode(body);
  const heading = said.map((_, at) => headingAt(said, at) ?? '').find(isName);
  const title = heading === undefined ? {} : { title: heading };
  return { ...title, ...sections(said), ...fields(said), ...fields(head) };
}

/** What stands between lines of three dashes at the beginning. */
function splitHead(lines: readonly string[]): {
  readonly head: readonly string[];
  readonly body: readonly string[];
} {
  const end =
    lines[0]?.trim() === '---'
      ? lines.findIndex((line, at) => at > 0 && line.trim() === '---')
      : -1;
  return { head: lines.slice(1, Math.max(1, end)), body: lines.slice(end + 1) };
}

/** Without what stands between fences, which are commands and programs. */
function withoutCode(lines: readonly string[]): readonly string[] {
  let fence = '';
  return lines.filter((line) => {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1] ?? '';
    const isOutside = fence === '' && mark === '';
    if (mark !== '' && (fence === '' || fence === mark)) fence = fence === '' ? mark : '';
    return isOutside;
  });
}

/** A heading's text: after number signs, or with a line of signs below it; null where there is none. */
function headingAt(lines: readonly string[], at: number): string | null {
  const line = lines[at] ?? '';
  const marked = /^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$/.exec(line)?.[1];
  if (marked !== undefined) return clean(marked);
  const isUnderlined = /^ {0,3}(=+|-{3,})\s*$/.test(lines[at + 1] ?? '');
  return isUnderlined && /^ {0,3}[^\s#>|*+-]/.test(line) ? clean(line) : null;
}

/** Whether a heading may be a model's name: not what its section is of. */
const isName = (heading: string): boolean =>
  heading !== '' && kindOf(heading) === null && fieldIn(heading) === null;

const kinds = Object.keys(names) as (keyof typeof names)[];

function kindOf(name: string): keyof typeof names | null {
  const known = name.toLowerCase();
  return kinds.find((kind) => (names[kind] as readonly string[]).includes(known)) ?? null;
}

/** What is said as `License: MIT`, or in a table's row. */
function fieldIn(line: string): { readonly name: string; readonly value: string } | null {
  const plain = line.replace(/\*\*|__|`/g, '').replace(/^[\s>*_+•|-]+/, '');
  const [, name = '', value = ''] = /^([\w ()]{4,12}?)[\s*_]*[:：|](.*)$/.exec(plain) ?? [];
  return kindOf(name) === null ? null : { name: name.toLowerCase(), value: clean(value) };
}

function fields(lines: readonly string[]): TextWords {
  const found = new Map<string, string>();
  lines.forEach((line, at) => {
    const field = fieldIn(line);
    if (!field || found.has(field.name)) return;
    const value = field.value || listAfter(lines, at);
    if (value !== '') found.set(field.name, value);
  });
  const said: TextWords = {};
  for (const kind of kinds) {
    const name = names[kind].find((each) => found.has(each));
    if (name !== undefined) said[kind] = found.get(name)!;
  }
  return said;
}

/** The entries of a list that follows a line at once, as one text. */
function listAfter(lines: readonly string[], at: number): string {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !/^\s*[-*+]\s/.test(line));
  const entries = end < 0 ? rest : rest.slice(0, end);
  if (entries.some((line) => fieldIn(line))) return '';
  return entries.map((line) => clean(line.replace(/^\s*[-*+]\s+/, ''))).join(', ');
}

/** The first line under a heading that is the name of a word. */
function sections(lines: readonly string[]): TextWords {
  const said: TextWords = {};
  lines.forEach((_, at) => {
    const kind = kindOf(headingAt(lines, at) ?? '');
    if (!kind || kind === 'title' || said[kind] !== undefined) return;
    let next = at + 1;
    while (next < lines.length && !/[^\s=-]/.test(lines[next]!)) next++;
    if (headingAt(lines, next) !== null) return;
    const value = clean((lines[next] ?? '').replace(/^\s*[-*+]\s+/, ''));
    if (value !== '') said[kind] = value;
  });
  return said;
}

/** Without links, marks and quotes; empty where it has tags, which nobody reads here. */
function clean(text: string): string {
  const plain = text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<((?:https?:|mailto:)[^>\s]*)>/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(/^[\s|*_]+|[\s|*]+$/g, '')
    .replace(/^\[(.*)\]$|^"(.*)"$|^'(.*)'$/, '$1$2$3');
  return /<[a-z!/]/i.test(plain) ? '' : plain.trim();
}
