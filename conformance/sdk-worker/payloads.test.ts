/** What happens to payloads between workflow code and the server: codecs, external storage, limits. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { activityInfo, cancelled, heartbeat } from '@perdure/activity';
import { Client, type WorkflowFailedError, type WorkflowHandle } from '@perdure/client';
import {
  ApplicationFailure,
  type DataConverter,
  ExternalStorage,
  type Payload,
  type PayloadCodec,
  type SerializationContext,
  StorageDriverClaim,
} from '@perdure/common';
import { temporal } from '@perdure/proto';
import type { callActivity, callLocal, untilTold } from './workflows.ts';
import { openWorld } from './world.ts';

const world = await openWorld({ server: { limits: { blobSizeError: 20_000 } } });

/** Turns all bits over, and notes for whom. */
function turning() {
  const seen: (SerializationContext | undefined)[] = [];
  const turn = (data: Uint8Array) => data.map((byte) => byte ^ 0xff);
  const encoding = Buffer.from('binary/turned');
  const codec: PayloadCodec = {
    async encode(payloads, context) {
      seen.push(context);
      return payloads.map((payload) => ({
        metadata: { encoding },
        data: turn(temporal.api.common.v1.Payload.encode(payload).finish()),
      }));
    },
    async decode(payloads) {
      return payloads.map(({ metadata, data }) => {
        assert.equal(Buffer.from(metadata?.['encoding'] ?? []).toString(), 'binary/turned');
        return temporal.api.common.v1.Payload.decode(turn(data ?? new Uint8Array())) as Payload;
      });
    },
  };
  return { codec, seen };
}

/** A client and a worker that convert alike. */
async function pair(dataConverter: DataConverter, activities: object) {
  const client = new Client({ connection: world.client.connection, dataConverter });
  return { client, worker: await world.createWorker({ dataConverter, activities }) };
}

/** The names of encodings of all payloads in a history, but those of markers' notes. */
async function encodingsIn(handle: WorkflowHandle): Promise<Set<string>> {
  const found = new Set<string>();
  const look = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    const encoding = (value as Payload).metadata?.['encoding'];
    if (encoding && key !== 'data') found.add(Buffer.from(encoding).toString());
    for (const [name, inner] of Object.entries(value)) if (name !== 'data') look(inner, name);
  };
  look((await handle.fetchHistory()).events, '');
  return found;
}

test('a codec sees everything that goes to the server, and nobody behind it notices', async () => {
  const { codec, seen } = turning();
  const activity = async (text: string) => {
    if (activityInfo().attempt > 1) return `${text} and ${activityInfo().heartbeatDetails}`;
    heartbeat('details');
    throw new Error('again');
  };
  const { client, worker } = await pair({ payloadCodecs: [codec] }, { activity });
  await worker.runUntil(async () => {
    const handle = await client.workflow.start<typeof callActivity>('callActivity', {
      ...world.on(worker),
      args: ['activity', ['input'], { retry: { initialInterval: 1 } }],
    });
    assert.equal(await handle.result(), 'input and details');
    assert.deepEqual(await encodingsIn(handle), new Set(['binary/turned']));
    const { workflowId } = handle;
    const kinds = seen.map((context) => (context?.type === 'activity' ? context.activityId : context?.workflowId));
    assert.ok(kinds.includes('1') && kinds.includes(workflowId), `codecs were told of ${kinds}`);
  });
});

test('a codec is used for what local activities leave in the history, and for queries and signals', async () => {
  const { codec } = turning();
  const { client, worker } = await pair({ payloadCodecs: [codec] }, { activity: async (text: string) => `${text}!` });
  await worker.runUntil(async () => {
    const local = await client.workflow.start<typeof callLocal>('callLocal', {
      ...world.on(worker),
      args: ['activity', ['local'], {}],
    });
    assert.equal(await local.result(), 'local!');
    assert.deepEqual(await encodingsIn(local), new Set(['binary/turned']));
    const told = await client.workflow.start<typeof untilTold>('untilTold', world.on(worker));
    assert.deepEqual(await told.query('told'), []);
    await told.signal('tell', 'something');
    assert.equal(await told.result(), 'something');
    assert.deepEqual(await told.query('told'), ['something']);
  });
});

test('a payload that a codec does not take fails the task, which is tried again', async () => {
  const { codec } = turning();
  let refusals = 0;
  const moody: PayloadCodec = {
    encode: codec.encode,
    async decode(payloads, context) {
      if (context?.type === 'workflow' && refusals++ === 0) throw new Error('not today');
      return codec.decode(payloads, context);
    },
  };
  const client = new Client({ connection: world.client.connection, dataConverter: { payloadCodecs: [codec] } });
  const worker = await world.createWorker({ dataConverter: { payloadCodecs: [moody] } });
  await worker.runUntil(async () => {
    const handle = await client.workflow.start('echo', { ...world.on(worker), args: ['value'] });
    assert.equal(await handle.result(), 'value');
    const { events } = await handle.fetchHistory();
    const failed = events?.find((event) => event.workflowTaskFailedEventAttributes);
    assert.equal(failed?.workflowTaskFailedEventAttributes?.failure?.message, 'not today');
  });
});

test('large payloads are kept elsewhere, and what stands in their place goes to the server', async () => {
  const kept = new Map<string, Payload>();
  const storage = new ExternalStorage({
    payloadSizeThreshold: 1000,
    drivers: [
      {
        name: 'memory',
        type: 'memory',
        async store(_context, payloads) {
          return payloads.map((payload) => {
            const key = randomUUID();
            kept.set(key, payload);
            return new StorageDriverClaim({ key });
          });
        },
        async retrieve(_context, claims) {
          return claims.map(({ claimData }) => kept.get(claimData['key'] ?? '') as Payload);
        },
      },
    ],
  });
  const large = 'x'.repeat(5000);
  const { client, worker } = await pair({ externalStorage: storage }, { activity: async (text: string) => `${text}y` });
  await worker.runUntil(async () => {
    const handle = await client.workflow.start<typeof callActivity>('callActivity', {
      ...world.on(worker),
      args: ['activity', [large], {}],
    });
    assert.equal(await handle.result(), `${large}y`);
    const { events } = await handle.fetchHistory();
    const size = JSON.stringify(events).length;
    assert.ok(kept.size >= 3, `${kept.size} payloads were kept`);
    assert.ok(size < 20_000, `${size} characters of history`);
  });
});

test('a worker without storage refuses what is kept elsewhere, and says why', async () => {
  const reference = {
    metadata: {
      encoding: Buffer.from('json/protobuf'),
      messageType: Buffer.from('temporal.api.sdk.v1.ExternalStorageReference'),
    },
    data: Buffer.from('{"driverName":"memory"}'),
  };
  const client = new Client({
    connection: world.client.connection,
    dataConverter: { payloadCodecs: [{ encode: async () => [reference], decode: async (payloads) => payloads }] },
  });
  const worker = await world.createWorker();
  await worker.runUntil(async () => {
    const handle = await client.workflow.start('echo', { ...world.on(worker), args: ['value'] });
    const failed = await eventually(async () => {
      const { events } = await handle.fetchHistory();
      return events?.find((event) => event.workflowTaskFailedEventAttributes);
    });
    assert.match(failed.workflowTaskFailedEventAttributes?.failure?.message ?? '', /\[TMPRL1105\]/);
    await handle.terminate();
  });
});

test('a result that the server would not take fails the task beforehand', async () => {
  const worker = await world.createWorker({ activities: { activity: async () => 'x'.repeat(500) } });
  await worker.runUntil(async () => {
    const handle = await world.client.workflow.start('repeat', { ...world.on(worker), args: ['x', 30_000] });
    const failed = await eventually(async () => {
      const { events } = await handle.fetchHistory();
      return events?.find((event) => event.workflowTaskFailedEventAttributes);
    });
    const { cause } = failed.workflowTaskFailedEventAttributes ?? {};
    const { WorkflowTaskFailedCause } = temporal.api.enums.v1;
    assert.equal(cause, WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PAYLOADS_TOO_LARGE);
    await handle.terminate();
  });
});

test('a failure that the server would not take fails the task beforehand', async () => {
  const worker = await world.createWorker();
  await worker.runUntil(async () => {
    const handle = await world.client.workflow.start('failWith', { ...world.on(worker), args: [30_000] });
    const failed = await eventually(async () => {
      const { events } = await handle.fetchHistory();
      return events?.find((event) => event.workflowTaskFailedEventAttributes);
    });
    assert.match(failed.workflowTaskFailedEventAttributes?.failure?.message ?? '', /\[TMPRL1103\]/);
    await handle.terminate();
  });
});

test('a result of an activity that the server would not take fails it', async () => {
  let attempts = 0;
  const activity = async () => (++attempts === 1 ? 'x'.repeat(30_000) : 'small');
  const worker = await world.createWorker({ activities: { activity } });
  await worker.runUntil(async () => {
    const args = (maximumAttempts: number): [string, unknown[], object] => [
      'activity',
      [],
      { retry: { maximumAttempts, initialInterval: 1 } },
    ];
    const run = (attemptsAllowed: number) =>
      world.client.workflow.execute<typeof callActivity>('callActivity', {
        ...world.on(worker),
        args: args(attemptsAllowed),
      });
    assert.equal(await run(2), 'small');
    attempts = 0;
    await assert.rejects(run(1), (error: WorkflowFailedError) => {
      const { message, type } = causeOf(error);
      assert.match(message, /\[TMPRL1103\] Attempted to upload payloads .* exceeded the error limit/);
      assert.equal(type, 'PayloadsTooLarge');
      return true;
    });
  });
});

test('details of a heartbeat that the server would not take fail the activity and stop it', async () => {
  const activity = async () => {
    heartbeat('x'.repeat(30_000));
    await cancelled();
  };
  const worker = await world.createWorker({ activities: { activity } });
  await worker.runUntil(async () => {
    const running = world.client.workflow.execute<typeof callActivity>('callActivity', {
      ...world.on(worker),
      args: ['activity', [], { retry: { maximumAttempts: 1 } }],
    });
    await assert.rejects(running, (error: WorkflowFailedError) => {
      assert.equal(causeOf(error).type, 'PayloadsTooLarge');
      return true;
    });
  });
});

/** What an activity that failed a workflow failed with. */
function causeOf({ cause }: WorkflowFailedError): ApplicationFailure {
  assert.ok(cause?.cause instanceof ApplicationFailure);
  return cause.cause;
}

/** Looks until there is something. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
  }
}
