import { loadavg } from 'node:os';
import { makeClip } from '../tests/clips';
import { serveTiny } from './memory';
import type { ClipPace, ClipTier } from './pages/clip';
import { withSourcePage } from './source-page';
import { figure, printTable, type Cells } from './table';

/** What a measurement is asked for by. */
const usual = { size: '640x360', seconds: '4' };

/**
 * Frames a second of clips that ffmpeg makes, and what each part takes by itself: decoding, the network, the steps of film and encoding, and the whole.
 *
 * @param args Tiers: `wasm`, `webgpu`, or the milliseconds of a network that takes no processor; `wasm`, 20 and 80 by default.
 *   `--size 640x360`, `--seconds 4`, `--steps` for Deflicker, Steady detail and Deband, `--tiny` for the tests' networks, which cost next to nothing,
 *   in place of the site's, `--markdown` for a document.
 */
export async function measureClip(args: readonly string[]): Promise<void> {
  const { size, seconds, tiers, withSteps } = readArgs(args);
  const drawn = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25:d=${seconds}`];
  const sound = ['-f', 'lavfi', '-i', `sine=440:d=${seconds}:r=48000`];
  const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const body = makeClip('clip.mp4', [...drawn, ...sound, ...coded]);
  const rows: Cells[] = [];
  const busy = () => loadavg()[0]!;
  await withSourcePage('clip', async (page, version) => {
    page.on('console', (message) => {
      if (message.text().startsWith('clip: ')) console.error(message.text());
    });
    if (args.includes('--tiny')) await serveTiny(page);
    await page.route('**/clip.mp4', (route) => route.fulfill({ body, contentType: 'video/mp4' }));
    for (const tier of tiers) {
      const before = busy();
      const pace = await page.evaluate(([each, steps]) => paceClip('/clip.mp4', each, steps), [
        tier,
        withSteps,
      ] as const);
      rows.push({ ...cellsOf(tier, pace), 'load before': figure(before, 1) });
    }
    console.log(`Chromium ${version}, clip of ${seconds} s, ${size}`);
  });
  printTable(rows, args.includes('--markdown'));
}

function cellsOf(tier: ClipTier, pace: ClipPace): Cells {
  const { decode, network, steps, encode, inTurn, whole } = pace;
  const all = decode + network + steps + encode;
  const share = (ms: number) => `${figure(ms, 1)} (${figure((100 * ms) / all, 0)} %)`;
  const slowest = Math.max(decode, network, steps, encode);
  return {
    tier: typeof tier === 'number' ? `stand-in, ${tier} ms` : `${tier}, ${pace.device}`,
    frames: String(pace.frames),
    size: pace.size,
    'decode, ms': share(decode),
    'network, ms': share(network),
    'steps, ms': share(steps),
    'encode, ms': share(encode),
    'in turn, ms': figure(inTurn, 1),
    'at once, ms': figure(whole, 1),
    'frames a second': figure(1000 / whole, 1),
    'of the slowest part’s pace': `${figure((100 * slowest) / whole, 0)} %`,
  };
}

function readArgs(args: readonly string[]) {
  const given = (name: keyof typeof usual) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? usual[name] : args[at + 1]!;
  };
  const named = ['--size', '--seconds'];
  const plain = args.filter(
    (arg, i) => !arg.startsWith('--') && !named.includes(args[i - 1] ?? ''),
  );
  const tiers = plain.map((tier): ClipTier => {
    return tier === 'wasm' || tier === 'webgpu' ? tier : Number(tier);
  });
  return {
    size: given('size'),
    seconds: Number(given('seconds')),
    tiers: tiers.length > 0 ? tiers : (['wasm', 20, 80] as const),
    withSteps: args.includes('--steps'),
  };
}
