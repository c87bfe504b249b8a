/** Random requests: of every shape that the protocol knows, and of none. */
import root from '@temporalio/proto/protos/json-module.js';
import type { Enum, Field, Root, Type } from 'protobufjs';
import type { Chance } from './chance.ts';

const protocol = root as unknown as Root;
protocol.resolveAll();

export interface Rpc {
  readonly path: string;
  readonly name: string;
  readonly request: Type;
}

/** Every RPC of the services that the server offers for a Temporal client. */
export const rpcs: readonly Rpc[] = [
  'temporal.api.workflowservice.v1.WorkflowService',
  'temporal.api.operatorservice.v1.OperatorService',
  'temporal.api.testservice.v1.TestService',
  'grpc.health.v1.Health',
].flatMap((service) =>
  protocol
    .lookupService(service)
    .methodsArray.filter(({ responseStream }) => !responseStream)
    .map(({ name, requestType }) => {
      const scope = protocol.lookupService(service).parent ?? protocol;
      return { path: `/${service}/${name}`, name, request: scope.lookupType(requestType) };
    }),
);

/** Things that a conversation with the server is about: with them a request is about something that is there. */
export interface Words {
  readonly strings: string[];
  readonly bytes: Uint8Array[];
}

const deepest = 6;

/** A request within the protocol, encoded. */
export function wellFormed(chance: Chance, { request }: Rpc, words: Words): Uint8Array {
  return request.encode(request.fromObject(message(chance, request, words, 0))).finish();
}

function message(chance: Chance, type: Type, words: Words, depth: number): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const field of type.fieldsArray) {
    field.resolve();
    const isNamespace = field.name === 'namespace';
    const often = depth === 0 ? 0.75 : 0.45;
    if (!isNamespace && !chance.is(depth > deepest ? 0 : often)) continue;
    if (field.map) made[field.name] = { [chance.of(words.strings)]: value(chance, field, words, depth) };
    else if (field.repeated)
      made[field.name] = Array.from({ length: chance.below(3) }, () => value(chance, field, words, depth));
    else made[field.name] = value(chance, field, words, depth);
  }
  return made;
}

function value(chance: Chance, field: Field, words: Words, depth: number): unknown {
  const { resolvedType } = field;
  if (resolvedType && 'fields' in resolvedType) return message(chance, resolvedType as Type, words, depth + 1);
  if (resolvedType) return chance.is(0.05) ? 999 : chance.of(Object.values((resolvedType as Enum).values));
  switch (field.type) {
    case 'string':
      if (field.name === 'namespace') return chance.is(0.9) ? 'default' : chance.of(['', 'nobody', 'fuzzed']);
      return text(chance, words);
    case 'bytes':
      return chance.is(0.7) ? chance.of(words.bytes) : Buffer.from(text(chance, words));
    case 'bool':
      return chance.is(0.5);
    case 'double':
    case 'float':
      return chance.of([0, -1, 1.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY]);
    default:
      return chance.of([0, 0, 1, 1, 2, 3, 5, 10, 100, 1_000, -1, 2 ** 31 - 1]);
  }
}

const text = (chance: Chance, words: Words): string =>
  chance.is(0.85)
    ? chance.of(words.strings)
    : chance.of(['', ' ', 'x'.repeat(1_001), '\u0000', '💥', "' OR 1=1 --", 'a.b', '/_sys/x', 'Temporal', '../..']);

/** A request as no library would send it. */
export function malformed(chance: Chance, bytes: Uint8Array): Uint8Array {
  const broken = Buffer.from(bytes);
  const at = () => chance.below(Math.max(broken.length, 1));
  switch (chance.below(7)) {
    case 0:
      return broken.subarray(0, at());
    case 1:
      for (let n = chance.below(8); n >= 0; n--) broken[at()] = chance.below(256);
      return broken;
    case 2:
      return Buffer.concat([broken.subarray(0, at()), Buffer.from([0xff, 0xfe, 0xc0]), broken.subarray(at())]);
    case 3: // A field that nobody knows, of every kind.
      return Buffer.concat([broken, Buffer.from([0x98, 0x7f, 0x01, 0x9a, 0x7f, 0x01, 0x41, 0x9d, 0x7f, 1, 2, 3, 4])]);
    case 4: // A length that is not there.
      return Buffer.concat([broken, Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])]);
    case 5:
      return nested(chance.of([0x0a, 0x12, 0x1a, 0x22, 0x2a, 0x32]), chance.of([50, 500, 5_000]));
    default:
      return Buffer.from(Array.from({ length: chance.below(64) }, () => chance.below(256)));
  }
}

/** One field inside of another, very deep. */
function nested(tag: number, depth: number): Uint8Array {
  const parts: number[][] = [];
  for (let level = 0, size = 0; level < depth; level++) {
    const head = [tag, ...varint(size)];
    parts.push(head);
    size += head.length;
  }
  return Buffer.from(parts.reverse().flat());
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left >>>= 7) {
    if (left < 0x80) return [...bytes, left];
    bytes.push((left & 0x7f) | 0x80);
  }
}
