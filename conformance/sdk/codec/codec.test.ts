import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { ApplicationFailure, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { concurrency } from '../both-times.ts';
import { openWorld } from '../world.ts';
import { ask, secretFailure, secretive, tell, whisper } from './workflows.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const SECRET = 'correct horse battery staple';
const key = randomBytes(32);

const codec: PayloadCodec = {
  async encode(payloads) {
    return payloads.map((payload): Payload => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(PayloadMessage.encode(payload).finish()), cipher.final()]);
      const data = Buffer.concat([iv, cipher.getAuthTag(), sealed]);
      return { metadata: { encoding: Buffer.from('binary/encrypted') }, data };
    });
  },
  async decode(payloads) {
    return payloads.map(({ data }) => {
      const bytes = Buffer.from(data ?? []);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return PayloadMessage.decode(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]));
    });
  },
};

const activities = {
  async keep(secret: string): Promise<string> {
    if (secret.startsWith('fail')) throw ApplicationFailure.create({ message: 'no', type: 'No', details: [SECRET] });
    return `kept ${secret}`;
  },
};

const dataConverter = { payloadCodecs: [codec] };
const world = await openWorld({ worker: { activities, dataConverter }, client: { dataConverter } });
after(() => world.close());

async function assertNothingLeaks(workflowId: string): Promise<void> {
  const { connection } = world;
  const namespace = 'default';
  const execution = { workflowId };
  const history = await connection.workflowService.getWorkflowExecutionHistory({ namespace, execution });
  const { GetWorkflowExecutionHistoryResponse: Response } = proto.temporal.api.workflowservice.v1;
  const bytes = Buffer.from(Response.encode(history).finish());
  assert.ok(bytes.includes('binary/encrypted'));
  assert.ok(!bytes.includes(SECRET), 'the history holds the secret in clear text');
}

describe('a payload codec', { concurrency }, () => {
  test('keeps the server from reading arguments, results, signals, updates and memos', async () => {
    const handle = await world.client.workflow.start(secretive, {
      ...world.at('secret'),
      args: [SECRET],
      memo: { note: SECRET },
    });
    assert.equal(await handle.executeUpdate(whisper, { args: [`psst: ${SECRET}`] }), `psst: ${SECRET}, heard`);
    assert.equal(await handle.query(ask, 'it is'), `it is ${SECRET}`);
    await handle.signal(tell, `also ${SECRET}`);
    assert.deepEqual(await handle.result(), [`kept ${SECRET}`, `psst: ${SECRET}`, `also ${SECRET}`]);
    assert.deepEqual((await handle.describe()).memo, { note: SECRET });
    await assertNothingLeaks(handle.workflowId);
  });

  test('covers the details of failures', async () => {
    const handle = await world.client.workflow.start(secretFailure, {
      ...world.at('failure'),
      args: [`fail ${SECRET}`],
    });
    await assert.rejects(handle.result(), (error) => {
      assert.ok(error instanceof Error && error.cause instanceof ApplicationFailure);
      assert.deepEqual(error.cause.details, [SECRET]);
      return true;
    });
    await assertNothingLeaks(handle.workflowId);
  });
});
