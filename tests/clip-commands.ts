/** Clips for tests in the browser: what `clips.ts` does, asked for from there; bytes go as base64. */
import type { BrowserCommand } from 'vitest/node';
import {
  makeClip,
  picturesOf,
  probeClip,
  soundOf,
  soundPackets,
  tagsOf,
  textsOf,
  type Probed,
  type ProbedTexts,
} from './clips.ts';

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

const make: BrowserCommand<[string, readonly string[]]> = (_, name, args) =>
  makeClip(name, args).toString('base64');
const probe: BrowserCommand<[string]> = (_, clip) => probeClip(bytesOf(clip));
const pictures: BrowserCommand<[string]> = (_, clip) =>
  picturesOf(bytesOf(clip)).toString('base64');
const heard: BrowserCommand<[string]> = (_, clip) => soundOf(bytesOf(clip)).toString('base64');
const sounds: BrowserCommand<[string]> = (_, clip) => [...soundPackets(bytesOf(clip))];
const tags: BrowserCommand<[string]> = (_, clip) => tagsOf(bytesOf(clip));
const texts: BrowserCommand<[string]> = (_, clip) => textsOf(bytesOf(clip));

export const clipCommands = {
  makeClip: make,
  probeClip: probe,
  picturesOf: pictures,
  soundOf: heard,
  soundPackets: sounds,
  tagsOf: tags,
  textsOf: texts,
};

declare module 'vitest/browser' {
  interface BrowserCommands {
    makeClip: (name: string, args: readonly string[]) => Promise<string>;
    probeClip: (clip: string) => Promise<Probed>;
    picturesOf: (clip: string) => Promise<string>;
    soundOf: (clip: string) => Promise<string>;
    soundPackets: (clip: string) => Promise<string[]>;
    tagsOf: (clip: string) => Promise<Readonly<Record<string, unknown>>>;
    textsOf: (clip: string) => Promise<ProbedTexts>;
  }
}
