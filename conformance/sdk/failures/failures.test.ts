import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure, WorkflowFailedError } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertStory, theEvent } from '../histories.ts';
import { openWorld } from '../world.ts';
import { failsItself, failsThroughActivity, failsThroughChild, seesDetails } from './workflows.ts';

const activities = {
  async throwsChain(): Promise<void> {
    throw new TypeError('outer', { cause: new RangeError('middle', { cause: new Error('inner') }) });
  },
  async throwsDetails(): Promise<void> {
    throw ApplicationFailure.nonRetryable('detailed', 'Detailed', 1, { two: 2 }, null);
  },
};

const world = await openWorld({ worker: { activities } });
after(() => world.close());

/** An error and its causes, outermost first. */
async function chainOf(result: Promise<unknown>): Promise<Error[]> {
  const chain: Error[] = [];
  let error: unknown = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  for (; error instanceof Error; error = error.cause) chain.push(error);
  return chain;
}

describe('failures', { concurrency }, () => {
  test('arrive with all their causes', async () => {
    const handle = await world.client.workflow.start(failsThroughActivity, world.at('chain'));
    const chain = await chainOf(handle.result());
    assert.ok(chain[0] instanceof WorkflowFailedError && chain[1] instanceof ActivityFailure);
    assert.ok(chain[2] instanceof ApplicationFailure && chain[2].type === 'TypeError');
    assert.deepEqual(
      chain.slice(2).map((error) => error.message),
      ['outer', 'middle', 'inner'],
    );
    assert.equal(chain[1].activityType, 'throwsChain');
    const events = (await handle.fetchHistory()).events ?? [];
    const recorded = theEvent(events, 'ActivityTaskFailed').activityTaskFailedEventAttributes?.failure;
    assert.equal(recorded?.cause?.cause?.message, 'inner');
    assert.match(recorded?.stackTrace ?? '', /throwsChain/);
  });

  test('pass through child workflows', async () => {
    const handle = await world.client.workflow.start(failsThroughChild, { ...world.at('children'), args: [2] });
    const chain = await chainOf(handle.result());
    assert.ok(chain[1] instanceof ChildWorkflowFailure && chain[2] instanceof ChildWorkflowFailure);
    assert.ok(chain[3] instanceof ActivityFailure);
    assert.equal(chain.at(-1)?.message, 'inner');
  });

  test('keep type, details and whether they may be retried', async () => {
    const seen = await world.client.workflow.execute(seesDetails, world.at('details'));
    assert.deepEqual(seen, ['detailed', 'Detailed', true, [1, { two: 2 }, null]]);
  });

  test('of the workflow itself close it', async () => {
    const handle = await world.client.workflow.start(failsItself, world.at('own'));
    const [, cause] = await chainOf(handle.result());
    assert.ok(cause instanceof ApplicationFailure);
    assert.deepEqual([cause.message, cause.type, cause.details], ['of my own', 'Own', ['a', { b: 1 }]]);
    await assertStory(handle, ['WorkflowExecutionStarted', 'WorkflowExecutionFailed']);
    assert.equal((await handle.describe()).status.name, 'FAILED');
  });
});
