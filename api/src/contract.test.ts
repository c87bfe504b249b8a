import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import official from '@temporalio/proto/protos/json-module.js';
import protobuf from 'protobufjs/light.js';
import { codec, DecodeError } from './codec.ts';
import { StartWorkflowExecutionRequest } from './generated/workflowservice.js';
import { descriptors } from './schema.ts';

type Random = (below: number) => number;

function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Content for an official type: most fields set, one member of each oneof, some values at their defaults. */
function arbitrary(type: protobuf.Type, random: Random, depth = 0): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  for (const field of type.fieldsArray) {
    field.resolve();
    if (
      field.partOf !== null &&
      type.fieldsArray.some((other) => other.partOf === field.partOf && other.name in message)
    )
      continue;
    if (random(8) < Math.min(depth, 6)) continue;
    const value = (): unknown => arbitraryValue(field, random, depth);
    if (field.map)
      message[field.name] = Object.fromEntries(Array.from({ length: random(3) }, () => [random(1000), value()]));
    else message[field.name] = field.repeated ? Array.from({ length: random(3) }, value) : value();
  }
  return message;
}

function arbitraryValue(field: protobuf.Field, random: Random, depth: number): unknown {
  if (field.resolvedType instanceof protobuf.Type) return arbitrary(field.resolvedType, random, depth + 1);
  if (field.resolvedType instanceof protobuf.Enum) return random(40);
  const sign = random(2) === 0 ? 1 : -1;
  switch (field.type) {
    case 'string':
      return ['', 'text', 'é€💾', 'x'.repeat(300)][random(4)];
    case 'bytes':
      return Uint8Array.from({ length: random(200) }, () => random(256));
    case 'bool':
      return random(2) === 1;
    case 'int64':
      return sign * (random(2 ** 21) * 2 ** random(33));
    case 'int32':
      return sign * random(2 ** 31);
    case 'uint32':
      return random(2 ** 32);
    case 'float':
      return sign * random(1000) * 0.5;
    case 'double':
      return sign * random(1000) * 0.1;
    default:
      throw new Error(`no values of type ${field.type}`);
  }
}

function encodeArbitrary(typeName: string, seed: number): Uint8Array {
  const type = official.lookupType(typeName);
  return type.encode(arbitrary(type, seeded(seed))).finish();
}

function packageOf(typeName: string): string {
  return typeName.slice(0, typeName.search(/\.[A-Z]/));
}

function encoded(typeName: string, seed: number): string {
  return Buffer.from(encodeArbitrary(typeName, seed)).toString('hex');
}

function reencoded(typeName: string, seed: number): string {
  const { encode, decode } = codec<object>(typeName);
  return Buffer.from(encode(decode(encodeArbitrary(typeName, seed)))).toString('hex');
}

describe('every message', () => {
  for (const [name, typeNames] of Map.groupBy(Object.keys(descriptors.messages), packageOf)) {
    test(`of ${name} comes back byte for byte as the official types encode it`, () => {
      for (const typeName of typeNames) {
        for (let seed = 1; seed <= 5; seed++)
          assert.equal(reencoded(typeName, seed), encoded(typeName, seed), typeName);
      }
    });
  }

  test('that is cut short is decoded or refused with a DecodeError', () => {
    const whole = encodeArbitrary(StartWorkflowExecutionRequest.typeName, 7);
    let refused = 0;
    for (let length = 0; length < whole.length; length++) {
      try {
        StartWorkflowExecutionRequest.decode(whole.subarray(0, length));
      } catch (error) {
        assert.ok(error instanceof DecodeError, String(error));
        refused++;
      }
    }
    assert.ok(refused > whole.length / 2, `only ${refused} of ${whole.length} were refused`);
  });

  test('that is damaged in one byte is decoded or refused with a DecodeError', () => {
    let refused = 0;
    for (const typeName of Object.keys(descriptors.messages)) {
      const bytes = encodeArbitrary(typeName, 3);
      const random = seeded(bytes.length);
      for (let round = 0; round < 20 && bytes.length > 0; round++) {
        const damaged = Uint8Array.from(bytes);
        damaged[random(bytes.length)] = random(256);
        try {
          codec(typeName).decode(damaged);
        } catch (error) {
          assert.ok(error instanceof DecodeError, `${typeName}: ${error}`);
          refused++;
        }
      }
    }
    assert.ok(refused > 100, `only ${refused} were refused`);
  });
});
