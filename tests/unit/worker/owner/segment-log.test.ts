import { describe, expect, test, vi } from 'vitest';
import type { ClipSegment } from '../../../../src/formats/clip/segment';
import { isSameCoding } from '../../../../src/formats/clip/segment';
import { SegmentLog } from '../../../../src/worker/owner/segment-log';
import { MemoryFile } from '../../../memory-file';

const name = new Uint8Array(32).fill(7);

const segment = (from: number, until: number): ClipSegment => ({
  packets: [
    { timestamp: from / 1e6, duration: 0.04, isKey: true, data: Uint8Array.of(1, 2, 3) },
    { timestamp: from / 1e6 + 0.04, duration: 0.04, isKey: false, data: Uint8Array.of(4) },
  ],
  config: { codec: 'avc1.64090c', codedWidth: 64, description: Uint8Array.of(1, 100) },
  ...{ from, until },
});

function twoSegments() {
  const file = new MemoryFile();
  const log = SegmentLog.open(file, name);
  expect(log.until).toBeNull();
  log.add(segment(-40_000, 2_000_000));
  const one = file.size();
  log.add(segment(2_000_000, 4_000_000));
  return { file, one };
}

test('what was added is there when it is opened again', () => {
  const { file } = twoSegments();
  const log = SegmentLog.open(file, name);
  expect([log.from, log.until]).toEqual([-40_000, 4_000_000]);
  expect([...log.segments()]).toEqual([segment(-40_000, 2_000_000), segment(2_000_000, 4_000_000)]);
});

describe('torn in the middle of a segment', () => {
  test.each([1, 5, 12, 20, 60])(
    '%i bytes in, it ends with the one before, and goes on from there',
    (bytes) => {
      const { file, one } = twoSegments();
      const torn = new MemoryFile(file.bytes.slice(0, one + bytes));
      const log = SegmentLog.open(torn, name);
      expect(log.until).toBe(2_000_000);
      expect(torn.size()).toBe(one);
      log.add(segment(2_000_000, 3_000_000));
      const all = [...SegmentLog.open(torn, name).segments()];
      expect(all.map(({ until }) => until)).toEqual([2_000_000, 3_000_000]);
    },
  );

  test('what is no segment ends it, too', () => {
    const { file, one } = twoSegments();
    file.bytes.fill(0, one);
    expect(SegmentLog.open(file, name).until).toBe(2_000_000);
  });
});

test('after one that found no room none is added, though it would: until it is gone on with from what is there', () => {
  const file = new MemoryFile();
  const log = SegmentLog.open(file, name);
  log.add(segment(0, 2_000_000));
  const write = vi.spyOn(file, 'write').mockImplementationOnce(() => {
    throw new Error('full');
  });
  expect(() => log.add(segment(2_000_000, 4_000_000))).toThrow('full');
  // There is room again, for pictures of which those before are missing.
  expect(() => log.add(segment(4_000_000, 6_000_000))).toThrow();
  expect(write).toHaveBeenCalledTimes(1);
  const read = [...log.segments()].map(({ until }) => until);
  expect(read).toEqual([2_000_000]);
  log.add(segment(2_000_000, 4_000_000));
  expect(SegmentLog.open(file, name).until).toBe(4_000_000);
});

test('the segments of something else are deleted', () => {
  const { file } = twoSegments();
  const log = SegmentLog.open(file, new Uint8Array(32).fill(8));
  expect(log.until).toBeNull();
  expect(file.size()).toBe(32);
  expect(SegmentLog.open(file, name).until).toBeNull();
});

test('a full disk leaves the log as it was', () => {
  const { file, one } = twoSegments();
  const small = new MemoryFile(file.bytes.slice(0, one), one + 10);
  const log = SegmentLog.open(small, name);
  expect(() => log.add(segment(2_000_000, 4_000_000))).toThrow('full');
  expect(log.until).toBe(2_000_000);
  expect(SegmentLog.open(small, name).until).toBe(2_000_000);
});

test('encoders that differ in what players must be told are told apart', () => {
  const { config } = segment(0, 1);
  expect(isSameCoding(config, { ...config })).toBe(true);
  expect(isSameCoding(config, { ...config, description: Uint8Array.of(1, 77) })).toBe(false);
  expect(isSameCoding(config, { codec: config.codec })).toBe(false);
});
