import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { after, describe, test } from 'node:test';
import { defaultPayloadConverter } from '@temporalio/common';
import { concurrency } from '../both-times.ts';
import { theEvent } from '../histories.ts';
import { openWorld } from '../world.ts';
import { HEADER } from './workflow-interceptors.ts';
import { askAround } from './workflows.ts';

const user = new AsyncLocalStorage<string>();

const world = await openWorld({
  client: {
    interceptors: {
      workflow: [
        {
          start(input, next) {
            const header = defaultPayloadConverter.toPayload(user.getStore() ?? 'nobody');
            return next({ ...input, headers: { ...input.headers, [HEADER]: header } });
          },
        },
      ],
    },
  },
  worker: {
    activities: { whoAmI: async () => user.getStore() ?? 'unknown' },
    interceptors: {
      activity: [
        () => ({
          inbound: {
            execute(input, next) {
              const header = input.headers[HEADER];
              return header ? user.run(defaultPayloadConverter.fromPayload(header), () => next(input)) : next(input);
            },
          },
        }),
      ],
    },
  },
});
after(() => world.close());

describe('interceptors', { concurrency }, () => {
  test('pass a header on from client to workflow to activity', async () => {
    const asked = (name: string) => user.run(name, () => world.client.workflow.execute(askAround, world.at('header')));
    assert.deepEqual(await Promise.all([asked('Ada'), asked('Grace')]), ['Ada', 'Grace']);
  });

  test('whose headers are kept in the history', async () => {
    const handle = await user.run('Ada', () => world.client.workflow.start(askAround, world.at('header')));
    await handle.result();
    const events = (await handle.fetchHistory()).events ?? [];
    const headers = [
      theEvent(events, 'WorkflowExecutionStarted').workflowExecutionStartedEventAttributes?.header,
      theEvent(events, 'ActivityTaskScheduled').activityTaskScheduledEventAttributes?.header,
    ];
    for (const header of headers) assert.equal(String(Buffer.from(header?.fields?.[HEADER]?.data ?? [])), '"Ada"');
  });
});
