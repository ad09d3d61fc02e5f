import type { Change, Fault, FrameProgress, FrameResult } from '../protocol';

/** The events of the element, by name, with their details. */
export interface PhotoEnhancerEvents {
  ready: CustomEvent<null>;
  progress: CustomEvent<FrameProgress>;
  result: CustomEvent<FrameResult>;
  change: CustomEvent<Change>;
  error: CustomEvent<Fault>;
}
