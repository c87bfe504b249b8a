import type { GrpcRetryOptions } from '@perdure/client';
import { Status } from '@perdure/transport';
import { mayPass } from './service.ts';

const MAX_ATTEMPTS = 10;
const MAX_ELAPSED_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const FACTOR = 1.7;
const MAX_PAUSE_MS = 5000;
const JITTER = 0.2;
/** When there is too much going on, pauses begin longer. */
const FIRST_THROTTLED_PAUSE_MS = 1000;
const THROTTLED_FACTOR = 2;
const MAX_THROTTLED_PAUSE_MS = 10_000;

/** How often one call is made again that fails in a way that may pass: for ten seconds, and ten times at most. */
export function retriesOfCall(): GrpcRetryOptions {
  const began = Date.now();
  let throttled = 0;
  return {
    retryableDecider: (attempt, end) => attempt < MAX_ATTEMPTS && mayPass(end) && Date.now() - began < MAX_ELAPSED_MS,
    delayFunction: (attempt, { code }) => {
      const pause = jittered(Math.min(FIRST_PAUSE_MS * FACTOR ** (attempt - 1), MAX_PAUSE_MS));
      if (code !== Status.RESOURCE_EXHAUSTED) return pause;
      const longer = Math.min(FIRST_THROTTLED_PAUSE_MS * THROTTLED_FACTOR ** throttled++, MAX_THROTTLED_PAUSE_MS);
      return Math.max(pause, jittered(longer));
    },
  };
}

const jittered = (ms: number): number => ms * (1 + JITTER * (2 * Math.random() - 1));
