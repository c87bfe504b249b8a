import { describe, test } from 'node:test';
import { WorkflowIdConflictPolicy } from '@perdure/api/enums';
import type { Scenario } from './play.ts';
import { type RunView, result } from './run-view.ts';
import { sweep } from './sweep.ts';

const calling = (url: string) => ({ completionCallbacks: [{ nexus: { url } }] });

/** Somebody waits from the start, another attaches itself; both are told of the last attempt, and of that only. */
const awaited: Scenario = {
  // Who attaches himself too late, because an answer got lost, meets the retry.
  compare: 'last-run',
  workflows: {
    steps(run: RunView) {
      result(run.timer('while', 1_000));
      if (run.attempt === 1) throw new Error('not yet');
      result(run.timer('longer', 60_000));
      return `attempt ${run.attempt}`;
    },
  },
  async client(client) {
    const retryPolicy = { initialInterval: { seconds: 1 }, maximumAttempts: 5 };
    await client.start('steps', 'steps', null, { retryPolicy, ...calling('https://first') });
    await client.start('steps', 'steps', null, {
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      onConflictOptions: { attachRequestId: true, attachCompletionCallbacks: true },
      ...calling('https://second'),
    });
    return client.outcome('steps');
  },
};

describe('wherever the server dies, it comes to the same:', () => {
  test('those who wait for the end of a workflow outside of the server', () => sweep(awaited));
});
