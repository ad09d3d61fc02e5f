import type { Capabilities, MemoryClass } from '../../core/plan/tile-size';
import type { Machine } from './protocol';

/** What Chromium tells and others do not. */
type Hints = {
  readonly userAgent: string;
  readonly deviceMemory?: number;
  readonly userAgentData?: { readonly mobile: boolean };
};

/**
 * How much this machine can hold, as far as the browser tells.
 *
 * @returns `small` on a phone; `large` where nothing speaks against it.
 */
export function memoryClass(): MemoryClass {
  const { deviceMemory = 8, userAgentData, userAgent } = navigator as Hints;
  if (userAgentData?.mobile ?? /Android|iPhone|iPod|Mobi/.test(userAgent)) return 'small';
  return deviceMemory <= 4 ? 'medium' : 'large';
}

/**
 * Network runs after which an engine is replaced. On WebKit, pages have died after about 500 runs
 * (onnxruntime issue 27584); a new worker costs a second.
 *
 * @returns Infinity on other browsers.
 */
export function runBudget(): number {
  const isWebKit = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);
  return isWebKit ? 200 : Infinity;
}

/**
 * What a plan depends on.
 *
 * @param machine What the engine runs on.
 * @returns The machine's capabilities.
 */
export function capabilitiesOf({ backend, software, bindingBytes }: Machine): Capabilities {
  return { backend, software, bindingBytes, memory: memoryClass() };
}
