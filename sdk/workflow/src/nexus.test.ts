import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import * as nexusRpc from 'nexus-rpc';
import * as wf from './index.ts';
import { openRun, payload, type Run, resultOf, valueIn } from './run.fixture.ts';

const service = nexusRpc.service('greeter', { greet: nexusRpc.operation<string, string>({ name: 'say-hello' }) });

describe('a Nexus operation', () => {
  let run: Run;
  afterEach(() => run.dispose());

  test('is asked for by its name, started, and ended', async () => {
    run = openRun(async () => {
      const client = wf.createNexusServiceClient({ endpoint: 'there', service });
      const handle = await client.startOperation('greet', 'you', { scheduleToCloseTimeout: '1s' });
      return [handle.service, handle.operation, handle.token, await handle.result()];
    });
    const [command] = await run.start();
    const { endpoint, operation, input } = command?.scheduleNexusOperation ?? {};
    assert.deepEqual(
      { endpoint, operation, input: valueIn(input) },
      { endpoint: 'there', operation: 'say-hello', input: 'you' },
    );
    await run.tell({ resolveNexusOperationStart: { seq: 1, operationToken: 'token' } });
    const ended = await run.tell({ resolveNexusOperation: { seq: 1, result: { completed: payload('hello') } } });
    assert.deepEqual(resultOf(ended), ['greeter', 'say-hello', 'token', 'hello']);
  });

  test('may end without having been said to start', async () => {
    run = openRun(() => wf.createNexusServiceClient({ endpoint: 'there', service }).executeOperation('greet', 'you'));
    await run.start();
    const result = { completed: payload('at once') };
    assert.equal(resultOf(await run.tell({ resolveNexusOperation: { seq: 1, result } })), 'at once');
    await assert.rejects(run.tell({ resolveNexusOperation: { seq: 1, result } }), /No completion for taskSeq 1/);
  });
});
