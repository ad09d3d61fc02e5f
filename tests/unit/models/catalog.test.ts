import { describe, expect, test } from 'vitest';
import { withColour } from '../core/fake-tasks';
import { chooseCard, chooseFile, parseCatalog } from '../../../src/models/catalog';

const file = {
  precision: 'int8',
  url: 'a.onnx',
  bytes: 10,
  sha256: 'a'.repeat(64),
  psnrLoss: 0.02,
  golden: { url: 'a.golden.bin', bytes: 20, sha256: 'c'.repeat(64), tolerance: 1 },
};
const card = {
  id: 'up2-fast',
  task: 'upscale',
  tier: 'fast',
  title: 'Fast 2x',
  scale: 2,
  outputs: 3,
  variant: 'faithful',
  halo: 12,
  multiple: 1,
  controls: [],
  macsPerPixel: 50_000,
  widestBytes: 128,
  params: 50_000,
  licence: 'MIT',
  trainedOn: 'drawn pictures',
  metrics: { psnr: 31.2 },
  files: [file, { ...file, precision: 'fp16', url: 'b/a16.onnx', sha256: 'b'.repeat(64) }],
};
const catalog = { version: 1, models: [card] };

describe('reading a catalogue', () => {
  test('a good one comes back typed, without fields it does not know', () => {
    expect(parseCatalog({ ...catalog, extra: 1 })).toEqual(catalog);
  });

  test('a card without a variant is faithful', () => {
    const models = [{ ...card, variant: undefined }];
    expect(parseCatalog({ version: 1, models }).models[0]?.variant).toBe('faithful');
  });

  test('a card without outputs gives a picture, and one that looks for something gives a plane', () => {
    const search = { ...card, id: 'find', task: 'find-damage', scale: 1, outputs: 1 };
    const models = [{ ...card, outputs: undefined }, search];
    expect(parseCatalog({ version: 1, models }).models).toEqual([card, search]);
  });

  test.each<[what: string, fields: object]>([
    ['task', { task: 'colourise', controls: [], halo: 'whole', files: [{ precision: 8 }] }],
    ['tier', { tier: 'best' }],
    ['scale', { scale: 8 }],
    ['number of outputs', { outputs: 2 }],
    ['variant', { variant: 'painted' }],
    ['control', { controls: ['noise', 'mood'] }],
    ['precision', { files: [{ ...file, precision: 'int4' }] }],
    ['need', { needs: ['linear light'] }],
  ])('a card with a %s that is not known is skipped', (_, fields) => {
    const models = [{ ...card, id: 'newer', ...fields }, card];
    expect(parseCatalog({ version: 1, models })).toEqual(catalog);
  });

  test('a card of a task that has a row is read', () => {
    const newer = { ...card, id: 'newer', task: 'colourise', controls: ['warmth'] };
    const read = { version: 1, models: [card, newer] };
    expect(parseCatalog(read, { table: withColour })).toEqual(read);
    expect(parseCatalog(read)).toEqual(catalog);
  });

  test('a file of another precision is skipped, and its card is kept for the others', () => {
    const newer = { ...file, precision: 'int4', url: 'c.onnx', golden: 'of another form' };
    const models = [{ ...card, files: [newer, ...card.files] }];
    expect(parseCatalog({ version: 1, models })).toEqual(catalog);
  });

  const wrong: [path: string, value: unknown][] = [
    ['catalog', null],
    ['catalog', []],
    ['catalog.version', { ...catalog, version: 2 }],
    ['catalog.models', { version: 1 }],
    ['catalog.models[0].id', { version: 1, models: [{ ...card, id: '' }] }],
    ['catalog.models[1].id', { version: 1, models: [card, card] }],
    ['catalog.models[0].task', { version: 1, models: [{ ...card, task: 7 }] }],
    ['catalog.models[0].tier', { version: 1, models: [{ ...card, tier: undefined }] }],
    ['catalog.models[0].scale', { version: 1, models: [{ ...card, scale: '2' }] }],
    ['catalog.models[0].halo', { version: 1, models: [{ ...card, halo: 1.5 }] }],
    ['catalog.models[0].halo', { version: 1, models: [{ ...card, halo: 9e15 }] }],
    ['catalog.models[0].multiple', { version: 1, models: [{ ...card, multiple: 0 }] }],
    ['catalog.models[0].multiple', { version: 1, models: [{ ...card, multiple: 9e15 }] }],
    ['catalog.models[0].widestBytes', { version: 1, models: [{ ...card, widestBytes: 9e15 }] }],
    ['catalog.models[0].widestBytes', { version: 1, models: [{ ...card, widestBytes: 0 }] }],
    ['catalog.models[0].variant', { version: 1, models: [{ ...card, variant: 2 }] }],
    ['catalog.models[0].controls[0]', { version: 1, models: [{ ...card, controls: [null] }] }],
    ['catalog.models[0].needs', { version: 1, models: [{ ...card, needs: 'faces' }] }],
    [
      'catalog.models[0].metrics.psnr',
      { version: 1, models: [{ ...card, metrics: { psnr: '9' } }] },
    ],
    ['catalog.models[0].files', { version: 1, models: [{ ...card, files: [] }] }],
    ...(
      [
        ['precision', 8],
        ['url', 'https://elsewhere.example/a.onnx'],
        ['url', '//elsewhere.example/a.onnx'],
        ['url', '../a.onnx'],
        ['bytes', -1],
        ['bytes', 9e15],
        ['bytes', 2 ** 28 + 1],
        ['sha256', 'A'.repeat(64)],
        ['psnrLoss', NaN],
        ['golden', undefined],
      ] as const
    ).map(([name, value]): [string, unknown] => [
      `catalog.models[0].files[0].${name}`,
      { version: 1, models: [{ ...card, files: [{ ...file, [name]: value }] }] },
    ]),
    ...(
      [
        ['url', '/a.golden.bin'],
        ['bytes', 0],
        ['bytes', 9e15],
        ['sha256', 'c'],
        ['tolerance', 0],
        ['tolerance', 1.5],
      ] as const
    ).map(([name, value]): [string, unknown] => {
      const files = [{ ...file, golden: { ...file.golden, [name]: value } }];
      return [
        `catalog.models[0].files[0].golden.${name}`,
        { version: 1, models: [{ ...card, files }] },
      ];
    }),
  ];

  test('a file lies in the folder that the catalogue was read from, however it is spelt', () => {
    const catalogUrl = 'https://user.example/~me/models/catalog.json';
    const naming = (url: string) => ({
      version: 1,
      models: [{ ...card, files: [{ ...file, url }] }],
    });
    expect(parseCatalog(naming('https:a.onnx'), { catalogUrl }).models).toHaveLength(1);
    for (const url of ['%2e%2e/a.onnx', '\t/a.onnx', 'http:a.onnx'])
      expect(() => parseCatalog(naming(url), { catalogUrl })).toThrow('files[0].url');
  });

  test.each(wrong)('%s is named where it is wrong', (path, value) => {
    expect(() => parseCatalog(value)).toThrow(
      expect.objectContaining({
        ...{ problem: 'catalog-wrong', code: 'model-corrupt' },
        facts: expect.objectContaining({ path }) as unknown,
      }),
    );
  });
});

describe('choosing', () => {
  const both = parseCatalog({
    version: 1,
    models: [
      card,
      { ...card, id: 'up2', tier: 'quality' },
      { ...card, id: 'up4', scale: 4 },
      { ...card, id: 'up2-crisp', variant: 'crisp' },
      { ...card, id: 'up4-real', scale: 4, variant: 'real' },
    ],
  });
  const twice = { task: 'upscale', scale: 2, variant: 'faithful' } as const;

  test('the wanted tier is taken, else the one there is', () => {
    expect(chooseCard(both, twice, 'quality').id).toBe('up2');
    expect(chooseCard(both, twice, 'fast').id).toBe('up2-fast');
    expect(chooseCard(both, { ...twice, scale: 4 }, 'quality').id).toBe('up4');
  });

  test('the variant must be the wanted one', () => {
    expect(chooseCard(both, { ...twice, variant: 'crisp' }, 'quality').id).toBe('up2-crisp');
  });

  test('what an older catalogue calls it is the crisp one', () => {
    const wanted = { ...twice, scale: 4, variant: 'crisp' } as const;
    expect(chooseCard(both, wanted, 'fast').id).toBe('up4-real');
  });

  test.each([{ task: 'clean' }, { scale: 3 }] as const)('no model for %o is said so', (other) => {
    const missing = expect.objectContaining({ code: 'model-missing' }) as Error;
    expect(() => chooseCard(both, { ...twice, ...other }, 'fast')).toThrow(missing);
  });

  test('fp16 falls back to int8, and int8 never to fp16', () => {
    const chosen = chooseCard(both, twice, 'fast');
    const [int8, fp16] = chosen.files;
    if (!int8 || !fp16) throw new Error('two files');
    expect(chooseFile(chosen, 'fp16')).toBe(fp16);
    expect(chooseFile({ ...chosen, files: [int8] }, 'fp16')).toBe(int8);
    expect(() => chooseFile({ ...chosen, files: [fp16] }, 'int8')).toThrow(
      expect.objectContaining({ code: 'model-missing' }),
    );
  });
});
