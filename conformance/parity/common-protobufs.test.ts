/**
 * Walks over payloads, messages of protobuf.js and histories in JSON, beside those of the official package.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import * as ourInternals from '@perdure/common/lib/internal-non-workflow';
import * as ourProtoUtils from '@perdure/common/lib/proto-utils';
import * as ourProtobufs from '@perdure/common/lib/protobufs';
import { temporal } from '@perdure/proto';
import Long from 'long';
import protobuf from 'protobufjs';
import { bytes, comparable, outcome, wirePayload } from './side-by-side.ts';

const require = createRequire(import.meta.url);
type Internals = typeof ourInternals;
type Protobufs = typeof ourProtobufs;
type ProtoUtils = typeof ourProtoUtils;
const theirInternals: Internals = require('@temporalio/common/lib/internal-non-workflow');
const theirProtobufs: Protobufs = require('@temporalio/common/lib/protobufs');
const theirProtoUtils: ProtoUtils = require('@temporalio/common/lib/proto-utils');

describe('walks', () => {
  type Visitor = (root: object, env: ourInternals.WalkEnv<string>, context: string) => Promise<unknown>[];
  const names = Object.keys(theirInternals).filter((name) => name.startsWith('walk')) as (keyof Internals)[];
  const types = messageTypes();

  test('there is one for every message', () => {
    assert.deepEqual(
      Object.keys(ourInternals)
        .filter((name) => name.startsWith('walk'))
        .sort(),
      [...names].sort(),
    );
  });

  for (const name of names) {
    test(`${name} finds the same payloads, in the same order and with the same contexts`, async () => {
      const visit = async (internals: Internals, skip: boolean) => {
        const message = fill(types.get(name.replace(/^walk/, '')) ?? assert.fail(`no type for ${name}`), 6);
        const seen: unknown[] = [];
        const env: ourInternals.WalkEnv<string> = {
          transformPayload: async (payload, at) => {
            seen.push(['one', String(payload.data), at]);
            return { data: bytes('new') };
          },
          transformPayloads: async (payloads, at) => {
            seen.push(['many', payloads.map(({ data }) => String(data)), at]);
            return [];
          },
          deriveContext: (_message, typeName, outer) => `${outer}>${typeName.split('.').at(-1)}`.slice(-200),
          skipHeaders: skip,
          skipSearchAttributes: skip,
        };
        await Promise.all((internals[name] as unknown as Visitor)(message, env, 'root'));
        return { seen, message };
      };
      for (const skip of [false, true])
        assert.deepEqual(await visit(ourInternals, skip), await visit(theirInternals, skip));
    });
  }

  /** Message types by what the walk over them is called. */
  function messageTypes(): Map<string, protobuf.Type> {
    const found = new Map<string, protobuf.Type>();
    const collect = (namespace: protobuf.NamespaceBase) => {
      for (const inner of namespace.nestedArray) {
        if (isType(inner)) {
          const parts = inner.fullName.slice(1).split(/[._]/);
          found.set(parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(''), inner);
          if (/^\.(coresdk|temporal\.api\.workflowservice\.v1)\./.test(inner.fullName)) found.set(inner.name, inner);
        }
        if ('nestedArray' in inner) collect(inner as protobuf.NamespaceBase);
      }
    };
    const root = (temporal.api.common.v1.Payload as unknown as protobuf.Type).root;
    collect(root.lookup('temporal.api') as protobuf.NamespaceBase);
    collect(root.lookup('coresdk') as protobuf.NamespaceBase);
    return found;
  }

  /** A message with something in every field that is a message, to some depth. */
  function fill(type: protobuf.Type, depth: number): Record<string, unknown> {
    const message: Record<string, unknown> = {};
    if (type.name === 'Payload') return { data: bytes(`payload ${depth}`) };
    if (depth === 0) return message;
    for (const field of type.fieldsArray) {
      const { resolvedType } = field.resolve();
      if (!isType(resolvedType)) continue;
      const inner = () => fill(resolvedType, depth - 1);
      if (field.map) message[field.name] = { x: inner(), y: inner() };
      else message[field.name] = field.repeated ? [inner()] : inner();
    }
    return message;
  }

  function isType(value: unknown): value is protobuf.Type {
    return (value as { constructor: { className?: string } } | null)?.constructor.className === 'Type';
  }
});

describe('messages of protobuf.js', () => {
  const source = `syntax = "proto3"; package some.where;
    message Outer { string text = 1; bytes raw = 2; repeated Inner inners = 3; map<string, bytes> map = 4; int64 big = 5; }
    message Inner { bytes raw = 1; Kind kind = 2; } enum Kind { NONE = 0; SOME = 1; } message nested { string name = 1; }`;
  const { root } = protobuf.parse(source, { keepCase: false });
  const outer = root.lookupType('some.where.Outer');
  const message = outer.create({
    text: 'x',
    raw: Buffer.from('raw'),
    inners: [{ raw: Buffer.from('a'), kind: 1 }],
    map: { k: Buffer.from('v') },
    big: Long.fromNumber(2 ** 40),
  });
  const sameProtobufs = (run: (protobufs: Protobufs) => unknown) =>
    assert.deepEqual(comparable(outcome(() => run(ourProtobufs))), comparable(outcome(() => run(theirProtobufs))));
  const encoding = (type: string, name = 'some.where.Outer') => ({ encoding: bytes(type), messageType: bytes(name) });

  for (const kind of ['ProtobufJsonPayloadConverter', 'ProtobufBinaryPayloadConverter'] as const) {
    test(`${kind} writes, reads and refuses the same`, () => {
      sameProtobufs((protobufs) => {
        const converter = new protobufs[kind](root);
        const payload = converter.toPayload(message) ?? assert.fail();
        const back = converter.fromPayload<Record<string, unknown>>(payload);
        return {
          wire: wirePayload(payload),
          back: outer.toObject(back as unknown as protobuf.Message),
          isBuffer:
            kind.includes('Json') && [back['raw'], (back['map'] as Record<string, unknown>)['k']].map(Buffer.isBuffer),
          others: [1, {}, null, undefined, { $type: {} }].map((value) => converter.toPayload(value)),
          refused: [
            outcome(() => converter.fromPayload({ metadata: encoding('x') })),
            outcome(() => converter.fromPayload({ metadata: {}, data: bytes('{}') })),
            outcome(() => converter.fromPayload({ data: bytes('{}') })),
            outcome(() => converter.fromPayload({ metadata: encoding('x', 'no.Such'), data: bytes('{}') })),
            outcome(() => new protobufs[kind]().fromPayload(payload)),
            outcome(() => new protobufs[kind]({ not: 'a root' })),
          ],
        };
      });
    });
  }

  test('fields that are not known are dropped', () => {
    sameProtobufs(({ ProtobufJsonPayloadConverter }) => {
      const data = bytes('{"text":"x","newer":1,"inners":[{"kind":"NEWER"}]}');
      return outer.toObject(
        new ProtobufJsonPayloadConverter(root).fromPayload({ metadata: encoding('json/protobuf'), data }),
      );
    });
  });

  test('the converter with everything chooses the same encodings', () => {
    sameProtobufs(({ DefaultPayloadConverterWithProtobufs }) => {
      const converter = new DefaultPayloadConverterWithProtobufs({
        protobufRoot: root as unknown as Record<string, unknown>,
      });
      return [undefined, new Uint8Array([1]), message, { a: 1 }].map((value) =>
        wirePayload(converter.toPayload(value)),
      );
    });
  });

  test('a patched root has packages and messages as members, and is a root', () => {
    sameProtobufs(({ patchProtobufRoot, ProtobufJsonPayloadConverter }) => {
      const patched = patchProtobufRoot(root as unknown as Record<string, unknown>) as Record<string, never> &
        protobuf.Root;
      const { some } = patched as unknown as { some: { where: Record<string, unknown> } };
      const copied = Object.assign({}, patched);
      return {
        members: [some.where['Outer'] === outer, 'nested' in some.where, typeof some.where['nested']],
        found: patched.lookupType('some.where.Inner').name,
        usable: new ProtobufJsonPayloadConverter(copied).encodingType,
        keys: Object.keys(copied).sort(),
      };
    });
  });
});

describe('histories and payloads in JSON', () => {
  const sameUtils = (run: (utils: ProtoUtils) => unknown) =>
    assert.deepEqual(comparable(outcome(() => run(ourProtoUtils))), comparable(outcome(() => run(theirProtoUtils))));
  const { History } = temporal.api.history.v1;
  const encoded = (history: ourProtoUtils.History) =>
    Buffer.from(History.encode(History.fromObject(history)).finish()).toString('hex');

  const started = {
    eventId: '1',
    eventTime: '2022-07-06T00:33:18.000Z',
    eventType: 'WorkflowExecutionStarted',
    workflowExecutionStartedEventAttributes: {
      taskQueue: { name: 'q', kind: 'Normal' },
      initiator: 'CronSchedule',
      input: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'MQ==' }] },
      unheard: 'of',
    },
  };
  const child = {
    eventId: '2',
    eventType: 'EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED',
    startChildWorkflowExecutionInitiatedEventAttributes: {
      parentClosePolicy: 'RequestCancel',
      workflowIdReusePolicy: 'AllowDuplicateFailedOnly',
    },
  };
  const failed = {
    eventId: '3',
    eventType: 'ChildWorkflowExecutionFailed',
    childWorkflowExecutionFailedEventAttributes: { retryState: 'RetryPolicyNotSet' },
  };

  test('a history in either form of enums is read, and written again', () => {
    sameUtils(({ historyFromJSON, historyToJSON }) => {
      const history = historyFromJSON({ events: [started, child, failed], more: 1 });
      return {
        wire: encoded(history),
        json: historyToJSON(history),
        again: encoded(historyFromJSON(JSON.parse(historyToJSON(history)))),
      };
    });
  });

  for (const bad of [
    undefined,
    null,
    5,
    {},
    { events: {} },
    { events: [{}] },
    { events: [{ eventType: 'X', xEventAttributes: {} }] },
  ]) {
    test(`${JSON.stringify(bad)} is refused in the same way`, () => {
      sameUtils(({ historyFromJSON }) => encoded(historyFromJSON(bad)));
    });
  }

  test('a payload is written and read', () => {
    sameUtils(({ payloadToJSON, JSONToPayload }) => {
      const json = payloadToJSON({ metadata: { encoding: bytes('x') }, data: bytes('data') });
      return {
        json,
        back: wirePayload(JSONToPayload(json)),
        empty: [payloadToJSON({}), wirePayload(JSONToPayload({}))],
      };
    });
  });
});
