import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pendingStacks } from './built-in-queries.ts';
import * as wf from './index.ts';
import { openRun, valueIn } from './run.fixture.ts';

const stack = (formatted: string) => ({ formatted, structured: [] });

describe('the stack trace query', () => {
  test('shows promises that no other hangs on, each place once', () => {
    const [inner, outer, twin, bare, unknown] = [0, 0, 0, 0, 0].map(() => new Promise<void>(() => {}));
    assert.ok(inner && outer && twin && bare && unknown);
    const promiseToStack = new Map([
      [inner, stack('    at inner')],
      [outer, stack('    at outer')],
      [twin, stack('    at outer')],
      [bare, stack('    at Promise.then (<anonymous>)\n')],
    ]);
    const childToParent = new Map([
      [outer, new Set([inner])],
      [inner, new Set<Promise<unknown>>()],
      [twin, new Set<Promise<unknown>>()],
      [bare, new Set<Promise<unknown>>()],
      [unknown, new Set<Promise<unknown>>()],
    ]);
    assert.deepEqual(pendingStacks({ childToParent, promiseToStack }), [stack('    at outer')]);
  });

  test('is refused where the worker keeps no stacks', async () => {
    const run = openRun(async () => {}, { stackTracesEnabled: false });
    const [answer] = await run.tell({ queryWorkflow: { queryId: 'q', queryType: '__stack_trace' } });
    assert.match(String(answer?.respondToQuery?.failed?.message), /not enabled on this worker/);
    run.dispose();
  });
});

describe('the metadata query', () => {
  test('tells what the workflow handles and what it is at', async () => {
    const run = openRun(async () => {
      wf.setHandler(wf.defineSignal('go'), () => {}, { description: 'goes' });
      wf.setCurrentDetails('waiting');
      await wf.condition(() => false);
    });
    await run.start();
    const query = { queryId: 'q', queryType: '__temporal_workflow_metadata' };
    const [answer] = await run.tell({ queryWorkflow: query });
    const told = valueIn(answer?.respondToQuery?.succeeded?.response) as {
      definition: { type: string; signalDefinitions: unknown[] };
      currentDetails: string;
    };
    assert.equal(told.currentDetails, 'waiting');
    assert.equal(told.definition.type, 'example');
    assert.deepEqual(told.definition.signalDefinitions, [{ name: 'go', description: 'goes' }]);
    run.dispose();
  });
});
