import type { Effect } from '../engine/workflow/derive.ts';
import type { RunKey } from '../engine/workflow/state.ts';
import type { Cancel } from '../kernel/clock.ts';
import { ServiceError } from '../kernel/errors.ts';
import type { CallBackEffect } from './callbacks/callbacks.ts';
import type { DispatchEffect } from './dispatch.ts';
import { deliverExternal } from './externals.ts';
import { closeChild, confirmWithParent, startChild, tellParent } from './families.ts';
import type { Host } from './host.ts';
import type { Loaded } from './loaded.ts';

/**
 * What runs do to each other: parents and children, signals and cancel requests between workflows.
 *
 * Each effect says what is still to be done, and is derived again for as long as it is. It is attempted once at a time,
 * after the transition that asked for it but in the same turn of the event loop where nothing has to be read, so that
 * the changes on both sides share a commit. An attempt looks at both runs anew and takes it from there, wherever an
 * earlier one, or a crash, left off.
 */
export interface CrossRun {
  perform(effect: CrossRunEffect, loaded: Loaded): void;
  /** Nothing is attempted again; what is left is derived after the next start. */
  close(): void;
}

export type CrossRunEffect = Exclude<Effect, DispatchEffect | CallBackEffect>;

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 10_000;

export function createCrossRun(host: Host, onBug: (error: unknown) => void): CrossRun {
  /** Effects that an attempt is under way for, or planned, with what calls that off. */
  const underWay = new Map<string, Cancel | null>();
  let closed = false;

  async function attempt(id: string, effect: CrossRunEffect, key: RunKey, failures: number): Promise<void> {
    underWay.set(id, null);
    try {
      await carryOut(host, effect, key);
      underWay.delete(id);
    } catch (error) {
      if (closed) return;
      if (!(error instanceof ServiceError)) onBug(error);
      const delay = Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
      const again = (): void => void attempt(id, effect, key, failures + 1);
      underWay.set(id, host.clock.schedule(host.clock.now() + delay, again));
    }
  }

  return {
    perform(effect, { run: { key } }) {
      const id = `${key.runId}/${effect.kind}/${'initiatedEventId' in effect ? effect.initiatedEventId : ''}`;
      if (closed || underWay.has(id)) return;
      underWay.set(id, null);
      queueMicrotask(() => void attempt(id, effect, key, 0));
    },
    close() {
      closed = true;
      for (const cancel of underWay.values()) cancel?.();
      underWay.clear();
    },
  };
}

function carryOut(host: Host, effect: CrossRunEffect, key: RunKey): Promise<void> {
  switch (effect.kind) {
    case 'start-child':
      return startChild(host, key, effect.initiatedEventId);
    case 'confirm-with-parent':
      return confirmWithParent(host, key);
    case 'tell-parent':
      return tellParent(host, key);
    case 'close-child':
      return closeChild(host, key, effect.initiatedEventId);
    case 'deliver-external':
      return deliverExternal(host, key, effect.initiatedEventId);
    case 'delete-run':
      return host.deleteRun(key);
  }
}
