import { describe, test } from 'node:test';
import { History } from '@perdure/api/history';
import type { Scenario } from './play.ts';
import { type RunView, result, until } from './run-view.ts';
import { sweep } from './sweep.ts';
import { insist, newId, type World } from './world.ts';

const NAMESPACE = 'default';

/** To the last task that was completed. Asked again because the answer got lost, it resets the same run once more. */
async function resetToLastTask(world: World, workflowId: string, runId: string): Promise<void> {
  const execution = { workflowId, runId };
  const { history } = await insist(world, 'GetWorkflowExecutionHistory', { namespace: NAMESPACE, execution });
  const { events } = History.decode(history ?? new Uint8Array(0));
  const last = events.findLast((event) => event.workflowTaskCompletedEventAttributes);
  await insist(world, 'ResetWorkflowExecution', {
    namespace: NAMESPACE,
    workflowExecution: execution,
    workflowTaskFinishEventId: last?.eventId ?? 0,
    requestId: newId(world, 'request'),
    reason: 'once more',
  });
}

/** Has done something, waits for a child and a signal, and is reset then: both are the new run’s. */
const resetInTheMiddle: Scenario = {
  compare: 'last-run',
  workflows: {
    parent(run: RunView) {
      result(run.activity('first', 'note', 'first'));
      const child = run.child('child', 'child');
      result(run.childStarted('child'));
      until(run.signals('go').length > 0);
      const answer = result(child);
      result(run.activity('last', 'note', 'last'));
      return [answer, run.signals('go')];
    },
    child(run: RunView) {
      until(run.signals('finish').length > 0);
      return 'finished';
    },
  },
  activities: { note: (task) => task.effect(`note ${task.input}`) },
  async client(client, world) {
    const runId = await client.start('parent', 'parent');
    await client.sleep(200_000);
    await client.signal('parent', 'go', 'carried over');
    await client.sleep(200_000);
    await resetToLastTask(world, 'parent', runId);
    await client.sleep(200_000);
    await client.signal('child', 'finish');
    return [await client.outcome('child'), await client.outcome('parent')];
  },
};

/** It is over already, and goes on from its last task. */
const resetAfterItsEnd: Scenario = {
  compare: 'last-run',
  workflows: {
    steps(run: RunView) {
      result(run.activity('first', 'note', 'first'));
      return result(run.activity('last', 'note', 'last'));
    },
  },
  activities: { note: (task) => task.effect(`note ${task.input}`) },
  async client(client, world) {
    const runId = await client.start('steps', 'steps');
    const before = await client.outcome('steps', runId);
    await resetToLastTask(world, 'steps', runId);
    return [before, await client.outcome('steps')];
  },
};

describe('wherever the server dies, it comes to the same:', () => {
  test('a workflow that is reset while it waits', () => sweep(resetInTheMiddle));
  test('a workflow that is reset when it has ended', () => sweep(resetAfterItsEnd));
});
