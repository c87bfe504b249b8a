import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { concurrency } from '../both-times.ts';
import { assertHistory } from '../histories.ts';
import { openWorld } from '../world.ts';
import { greet, greetKindly } from './workflows.ts';

const activities = { compliment: async (name: string) => `dear ${name}` };
const world = await openWorld({ worker: { activities } });
after(() => world.close());

describe('the simplest workflows', { concurrency }, () => {
  test('a workflow without activities is five events', async () => {
    const handle = await world.client.workflow.start(greet, { ...world.at('greet'), args: ['Ada'] });
    assert.equal(await handle.result(), 'Hello, Ada!');
    await assertHistory(handle, [
      'WorkflowExecutionStarted',
      'WorkflowTaskScheduled',
      'WorkflowTaskStarted',
      'WorkflowTaskCompleted',
      'WorkflowExecutionCompleted',
    ]);
    const described = await handle.describe();
    assert.equal(described.status.name, 'COMPLETED');
    assert.equal(described.type, 'greet');
    assert.equal(described.historyLength, 5);
    assert.equal(described.taskQueue, world.taskQueue);
  });

  test('an activity adds three events and a second workflow task', async () => {
    const handle = await world.client.workflow.start(greetKindly, { ...world.at('kind'), args: ['Ada'] });
    assert.equal(await handle.result(), 'Hello, dear Ada!');
    const events = await assertHistory(handle, [
      'WorkflowExecutionStarted',
      'WorkflowTaskScheduled',
      'WorkflowTaskStarted',
      'WorkflowTaskCompleted',
      'ActivityTaskScheduled',
      'ActivityTaskStarted',
      'ActivityTaskCompleted',
      'WorkflowTaskScheduled',
      'WorkflowTaskStarted',
      'WorkflowTaskCompleted',
      'WorkflowExecutionCompleted',
    ]);
    assert.equal(events[4]?.activityTaskScheduledEventAttributes?.activityType?.name, 'compliment');
    assert.equal(events[5]?.activityTaskStartedEventAttributes?.attempt, 1);
  });

  test('thirty at a time do not get in each other’s way', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `guest ${index}`);
    const greetings = await Promise.all(
      names.map((name) => world.client.workflow.execute(greetKindly, { ...world.at('many'), args: [name] })),
    );
    assert.deepEqual(
      greetings,
      names.map((name) => `Hello, dear ${name}!`),
    );
  });
});
