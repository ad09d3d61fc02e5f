import { expect, test } from 'vitest';
import { Reporter, type Line } from '../../../src/cli/report';

/** What is said of a photo, and how far it is before that. */
function tellOf(line: Line, json = false): string {
  let said = '';
  const write = (text: string) => void (said += text);
  const streams = { out: write, err: write, isTerminal: true };
  const reporter = new Reporter(streams, { json, quiet: false, total: 1 });
  reporter.progress(line.file, 'decode', 0, null);
  reporter.tell(line);
  return said;
}

const name = 'a\u001b[2J\n\u202egpj.exe';

test('a name with what terminals obey is shown, and obeyed by none', () => {
  for (const line of [
    { file: name, status: 'skipped', output: name },
    { file: name, status: 'failed', problem: 'file-damaged', message: `${name} is damaged.` },
  ] as unknown as Line[]) {
    const said = tellOf(line);
    expect(said).toContain('a\\u001b[2J\\u000a\\u202egpj.exe');
    // What begins a line anew is the reporter's own.
    const foreign = said.replaceAll('\r\u001b[K', '').replace(/\n$/, '');
    expect(foreign).not.toMatch(/[\p{Cc}\u202e]/u);
    expect((JSON.parse(tellOf(line, true).split('\u001b[K').at(-1)!) as Line).file).toBe(name);
  }
});
