import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../../../scripts/programs.mjs';

test('the better name wins over the nearer folder, and what cannot be run is no program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'enlarger-programs-'));
  const put = (name: string, mode: number) => {
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), mode);
    return join(folder, name);
  };
  try {
    put('fox', 0o644);
    const esr = put('fox-esr', 0o755);
    const spare = put('spare', 0o755);
    expect(findProgram(['fox', 'fox-esr'], [folder], [spare])).toBe(esr);
    expect(findProgram(['fox'], [folder], [spare])).toBe(spare);
    expect(findProgram(['fox'], [folder])).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
