import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { temporal } from '@perdure/proto';
import protobuf from 'protobufjs';
import { decode, encode } from './encoding.ts';
import { historyFromJSON, historyToJSON, JSONToPayload, payloadToJSON } from './proto-utils.ts';
import { DefaultPayloadConverterWithProtobufs, ProtobufJsonPayloadConverter, patchProtobufRoot } from './protobufs.ts';

describe('a history in JSON', () => {
  const { EventType, TaskQueueKind } = temporal.api.enums.v1;
  const event = (eventType: string, kind: string) => ({
    eventId: '1',
    eventType,
    workflowTaskScheduledEventAttributes: { taskQueue: { name: 'q', kind }, unheard: 'of' },
  });

  for (const [type, kind] of [
    ['EVENT_TYPE_WORKFLOW_TASK_SCHEDULED', 'TASK_QUEUE_KIND_STICKY'],
    ['WorkflowTaskScheduled', 'Sticky'],
  ] as const) {
    test(`is read with enums like ${type}`, () => {
      const { events } = historyFromJSON({ events: [event(type, kind)] });
      assert.equal(events?.[0]?.eventType, EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED);
      const { taskQueue } = events[0].workflowTaskScheduledEventAttributes ?? {};
      assert.equal(taskQueue?.kind, TaskQueueKind.TASK_QUEUE_KIND_STICKY);
    });
  }

  test('is written so that it can be read', () => {
    const history = historyFromJSON({ events: [event('WorkflowTaskScheduled', 'Normal')] });
    assert.deepEqual(historyFromJSON(JSON.parse(historyToJSON(history))), history);
  });

  test('needs events, and events need attributes', () => {
    assert.throws(
      () => historyFromJSON({}),
      new TypeError('Invalid history, expected an object with an array of events'),
    );
    assert.throws(() => historyFromJSON({ events: [{ eventId: '1' }] }), /Missing attributes in history event/);
  });

  test('leaves what it was read from as it was', () => {
    const read = { events: [event('WorkflowTaskScheduled', 'Normal')] };
    historyFromJSON(read);
    assert.deepEqual(read, { events: [event('WorkflowTaskScheduled', 'Normal')] });
  });
});

test('a payload in JSON has its bytes in base 64', () => {
  const json = payloadToJSON({ metadata: { encoding: encode('x') }, data: encode('data') });
  assert.deepEqual(json, { metadata: { encoding: 'eA==' }, data: 'ZGF0YQ==' });
  assert.equal(decode(JSONToPayload(json).data ?? new Uint8Array()), 'data');
});

/** Protobuf.js, evaluated once more. */
function anotherProtobuf(): typeof protobuf {
  const require = createRequire(import.meta.url);
  for (const file of Object.keys(require.cache)) if (file.includes('protobufjs')) delete require.cache[file];
  return require('protobufjs');
}

describe('messages of protobuf.js', () => {
  const { root } = protobuf.parse('syntax = "proto3"; package a.b; message M { string t = 1; bytes raw = 2; }');
  const type = root.lookupType('a.b.M');
  const message = type.create({ t: 'x', raw: Buffer.from('r') });
  const protobufRoot = patchProtobufRoot(root as unknown as Record<string, unknown>);

  test('are JSON on the wire, and messages of their type when they come back', () => {
    const converter = new DefaultPayloadConverterWithProtobufs({ protobufRoot });
    const payload = converter.toPayload(message);
    assert.deepEqual(Object.values(payload.metadata ?? {}).map(decode), ['json/protobuf', 'a.b.M']);
    assert.equal(decode(payload.data ?? new Uint8Array()), '{"t":"x","raw":"cg=="}');
    const back = converter.fromPayload<{ t: string; raw: Uint8Array }>(payload);
    assert.ok(back instanceof type.ctor);
    assert.ok(!Buffer.isBuffer(back.raw));
    assert.deepEqual([back.t, [...back.raw]], ['x', [...encode('r')]]);
  });

  test('may be those of another copy of protobuf.js', () => {
    const foreign = anotherProtobuf().Root.fromJSON(root.toJSON());
    const { ctor } = foreign.lookupType('a.b.M');
    assert.ok(!(foreign instanceof protobuf.Root));
    const converter = new ProtobufJsonPayloadConverter(foreign);
    const payload = converter.toPayload(new ctor({ t: 'x', raw: Buffer.from('r') })) ?? {};
    assert.equal(decode(payload.data ?? new Uint8Array()), '{"t":"x","raw":"cg=="}');
    const back = converter.fromPayload<{ t: string; raw: Uint8Array }>(payload);
    assert.ok(back instanceof ctor);
    assert.ok(!Buffer.isBuffer(back.raw));
    assert.deepEqual([back.t, [...back.raw]], ['x', [...encode('r')]]);
  });

  test('of a type that the root does not have are refused', () => {
    const payload = new ProtobufJsonPayloadConverter().toPayload(message) ?? {};
    assert.throws(() => new ProtobufJsonPayloadConverter().fromPayload(payload), { name: 'PayloadConverterError' });
    const other = protobuf.parse('syntax = "proto3"; message O {}').root;
    assert.throws(() => new ProtobufJsonPayloadConverter(other).fromPayload(payload), {
      name: 'PayloadConverterError',
      message: 'Got a `a.b.M` protobuf message but cannot find corresponding message class in `root`',
    });
  });

  test('are found as members of a patched root, and names of protobuf.js’ own are left alone', () => {
    const { root: odd } = protobuf.parse('syntax = "proto3"; package options.deep; message M {}');
    const patched = patchProtobufRoot(odd as unknown as Record<string, unknown>) as unknown as protobuf.Root;
    assert.equal((protobufRoot as unknown as { a: { b: { M: unknown } } }).a.b.M, type);
    assert.notEqual(patched.options, odd.get('options'));
    assert.equal(patched.lookupType('options.deep.M').name, 'M');
  });

  test('need a root that is one', () => {
    assert.throws(
      () => new ProtobufJsonPayloadConverter({}),
      new TypeError('root must be an instance of a protobufjs Root'),
    );
  });
});
