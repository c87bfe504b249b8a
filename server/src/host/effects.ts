import type { Effect } from '../engine/workflow/derive.ts';
import { createCallbacks, type Post } from './callbacks/callbacks.ts';
import { createCrossRun } from './cross-run.ts';
import type { DispatchEffect } from './dispatch.ts';
import type { Host } from './host.ts';
import type { Loaded } from './loaded.ts';

/** Does what runs ask for outside of themselves: tasks to their queues, word to other runs, and to the world outside. */
export interface Effects {
  perform(effect: Effect, loaded: Loaded): void;
  close(): Promise<void>;
}

export interface EffectsOptions {
  readonly dispatch: (effect: DispatchEffect, loaded: Loaded) => void;
  readonly post: Post;
  readonly onBug: (error: unknown) => void;
}

export function createEffects(host: Host, { dispatch, post, onBug }: EffectsOptions): Effects {
  const crossRun = createCrossRun(host, onBug);
  const callbacks = createCallbacks(host, post, onBug);
  return {
    perform(effect, loaded) {
      switch (effect.kind) {
        case 'dispatch-workflow-task':
        case 'dispatch-activity':
          return dispatch(effect, loaded);
        case 'call-back':
          return callbacks.perform(effect, loaded);
        default:
          return crossRun.perform(effect, loaded);
      }
    },
    close() {
      crossRun.close();
      return callbacks.close();
    },
  };
}
