/** What the build wrote for other sites, without a browser. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { dist } from '../../scripts/serve.mjs';

const read = (file: string) => readFileSync(join(dist, file), 'utf8');

test('the element is one file of at most 6 kB, gzipped', () => {
  const script = read('embed/v1.js');
  const bytes = gzipSync(script).length;
  console.log(`element: ${bytes} bytes`);
  expect(bytes).toBeLessThanOrEqual(6000);
  expect(script).not.toMatch(/\bimport\s*[("'{*]|\bfrom\s*["']/);
  expect(script).not.toMatch(/https?:\/\/|innerHTML|insertAdjacentHTML|document\.write|\beval\b/);
});

test('the headers file lets others frame the embed page alone', () => {
  const rules = read('_headers')
    .split(/^(?=\/)/m)
    .map((rule) => rule.trimEnd().split('\n'));
  /** Values as a static host joins them: all rules that fit. */
  const valuesOf = (path: string, name: string) =>
    rules
      .filter(([pattern = '']) =>
        pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
      )
      .flatMap(([, ...lines]) => lines.map((line) => line.trim()))
      .filter((line) => line.startsWith(`${name}:`))
      .join();
  const policy = 'Content-Security-Policy';
  const resource = 'Cross-Origin-Resource-Policy';
  expect(valuesOf('/embed.html', policy)).not.toContain("frame-ancestors 'none'");
  expect(valuesOf('/embed.html', policy)).toContain("default-src 'self'");
  expect(valuesOf('/embed.html', resource)).toBe(`${resource}: cross-origin`);
  expect(valuesOf('/embed/v1.js', resource)).toBe(`${resource}: cross-origin`);
  expect(valuesOf('/embed/v1.js', 'Access-Control-Allow-Origin')).toMatch(/: \*$/);
  for (const page of ['/', '/index.html'])
    expect(valuesOf(page, policy)).toContain("frame-ancestors 'none'");
  // As the specification has it: this one counts only where no policy speaks of ancestors.
  for (const path of ['/nothing', '/a/fallback', '/404.html', '/models/none.onnx', '/sw.js'])
    expect(valuesOf(path, 'X-Frame-Options'), path).toBe('X-Frame-Options: DENY');
  for (const path of ['/nothing', '/embed.html', '/assets/a.js', '/'])
    expect(valuesOf(path, policy), path).toContain("require-trusted-types-for 'script'");
  expect(valuesOf('/embed.html', policy)).toContain('frame-ancestors *');
  expect(valuesOf('/embed', policy)).toContain('frame-ancestors *');
  expect(valuesOf('/assets/a.js', resource)).toBe(`${resource}: same-origin`);
});

test('the engine has the size that the widget states before it is fetched', () => {
  const sum = (build: string) =>
    readdirSync(join(dist, 'assets'))
      .filter((name) => name.includes(build) && name.endsWith('.wasm'))
      .reduce((bytes, name) => bytes + statSync(join(dist, 'assets', name)).size, 0);
  // As in src/embed/frame/PlanNote.svelte.
  expect(Math.round(sum('.jspi') / 1e6)).toBe(17);
  expect(Math.round(sum('.asyncify') / 1e6)).toBe(27);
});
