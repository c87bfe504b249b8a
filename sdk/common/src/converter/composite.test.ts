import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { decode, encode } from '../encoding.ts';
import type { Payload } from '../interfaces.ts';
import type { TypeInfo } from '../type-info.ts';
import { CompositePayloadConverter, defaultPayloadConverter, RawValue, rawValueTypeInfo } from './composite.ts';
import type { PayloadConverterWithEncoding } from './contract.ts';
import {
  arrayFromPayloads,
  fromPayloadsAtIndex,
  fromPayloadWithTypeInfo,
  mapFromPayloads,
  mapToPayloads,
  toPayloads,
  toPayloadWithTypeInfo,
} from './payloads.ts';
import { JsonPayloadConverter } from './plain-converters.ts';

describe('the default converter', () => {
  const values: [name: string, value: unknown, encoding: string, data: string | undefined][] = [
    ['undefined', undefined, 'binary/null', undefined],
    ['bytes', encode('raw'), 'binary/plain', 'raw'],
    ['null', null, 'json/plain', 'null'],
    ['an object', { a: [1, 'é'] }, 'json/plain', '{"a":[1,"é"]}'],
  ];
  for (const [name, value, encoding, data] of values) {
    test(`takes ${name} as ${encoding}`, () => {
      const payload = defaultPayloadConverter.toPayload(value);
      assert.equal(decode(payload.metadata?.['encoding'] ?? new Uint8Array()), encoding);
      assert.equal(payload.data && decode(payload.data), data);
      assert.deepEqual(defaultPayloadConverter.fromPayload(payload), value);
    });
  }

  test('gives bytes of another realm as bytes of this one', () => {
    const foreign = runInNewContext('new Uint8Array([1, 2, 3]).subarray(1)') as Uint8Array;
    const bytes = defaultPayloadConverter.fromPayload({
      metadata: { encoding: encode('binary/plain') },
      data: foreign,
    });
    assert.ok(bytes instanceof Uint8Array);
    assert.deepEqual([...bytes], [2, 3]);
  });

  const refused: [Payload, string][] = [
    [{ data: encode('1') }, 'Missing payload metadata'],
    [{ metadata: { encoding: encode('odd') } }, 'Unknown encoding: odd'],
    [{ metadata: { encoding: encode('json/plain') } }, 'Got payload with no data'],
  ];
  for (const [payload, message] of refused) {
    test(`refuses a payload: ${message}`, () => {
      assert.throws(() => defaultPayloadConverter.fromPayload(payload), { name: 'ValueError', message });
    });
  }

  test('refuses what nobody can convert', () => {
    assert.throws(() => defaultPayloadConverter.toPayload(1n), {
      name: 'ValueError',
      message: 'Unable to convert 1 to payload',
    });
  });
});

describe('a composite', () => {
  test('needs a converter', () => {
    assert.throws(() => new CompositePayloadConverter(), { name: 'PayloadConverterError' });
  });

  const upper: PayloadConverterWithEncoding = {
    encodingType: 'upper',
    toPayload: (value) => ({ metadata: { encoding: encode('upper') }, data: encode(String(value).toUpperCase()) }),
    fromPayload: <T>({ data }: Payload) => decode(data ?? new Uint8Array()) as T,
    validateConverterHint: ({ converter }) => converter === 'upper',
  };
  const converter = new CompositePayloadConverter(new JsonPayloadConverter(), upper);
  const hint = { converter: 'upper' };

  test('asks only converters that follow a hint', () => {
    assert.equal(converter.fromPayload(converter.toPayload('x')), 'x');
    assert.equal(converter.fromPayload(converter.toPayload('x', undefined, hint), undefined, hint), 'X');
  });

  test('refuses a hint that nobody follows', () => {
    assert.throws(() => converter.toPayload('x', undefined, { converter: 'other' }), {
      message: "No payload converter supports converter hint 'other'",
    });
    assert.throws(() => converter.fromPayload(converter.toPayload('x'), undefined, hint), {
      name: 'PayloadConverterError',
      message: "Payload encoding 'json/plain' does not support converter hint 'upper'",
    });
  });

  test('gets what the transfer converter made, and gives it what it converts back', () => {
    const typeInfo: TypeInfo<Date, string> = {
      transferTypeConverter: {
        toTransferType: (date) => date.toISOString(),
        fromTransferType: (text) => new Date(text),
      },
      payloadConverterHint: hint,
    };
    const payload = toPayloadWithTypeInfo(converter, new Date(0), undefined, typeInfo);
    assert.equal(decode(payload.data ?? new Uint8Array()), '1970-01-01T00:00:00.000Z');
    assert.deepEqual(fromPayloadWithTypeInfo(converter, payload, undefined, typeInfo), new Date(0));
  });
});

describe('a raw value', () => {
  const payload: Payload = { metadata: { encoding: encode('own') } };

  test('is sent as it is', () => {
    assert.equal(defaultPayloadConverter.toPayload(RawValue.fromPayload(payload)), payload);
    assert.equal(
      toPayloadWithTypeInfo(defaultPayloadConverter, RawValue.fromPayload(payload), undefined, rawValueTypeInfo),
      payload,
    );
  });

  test('is what arrives where type info says so, whatever its encoding', () => {
    assert.equal(
      fromPayloadWithTypeInfo(defaultPayloadConverter, payload, undefined, rawValueTypeInfo).payload,
      payload,
    );
  });

  test('converts a value when it is made', () => {
    assert.equal(defaultPayloadConverter.fromPayload(new RawValue('x').payload), 'x');
  });

  test('is required where type info says so', () => {
    assert.throws(
      () => toPayloadWithTypeInfo(defaultPayloadConverter, 'x' as unknown, undefined, rawValueTypeInfo as TypeInfo),
      {
        message: 'RawValue TypeInfo requires a RawValue value',
      },
    );
  });
});

test('no values are no payloads, and absent payloads no values', () => {
  assert.equal(toPayloads(defaultPayloadConverter), undefined);
  assert.deepEqual(arrayFromPayloads(defaultPayloadConverter, null), []);
  assert.equal(mapFromPayloads(defaultPayloadConverter, null), undefined);
  assert.equal(fromPayloadsAtIndex(defaultPayloadConverter, 1, toPayloads(defaultPayloadConverter, 'only')), undefined);
});

test('lists and maps keep their places', () => {
  const payloads = toPayloads(defaultPayloadConverter, 1, undefined, 'x');
  assert.deepEqual(arrayFromPayloads(defaultPayloadConverter, payloads), [1, undefined, 'x']);
  assert.equal(fromPayloadsAtIndex(defaultPayloadConverter, 2, payloads), 'x');
  const map = mapToPayloads(defaultPayloadConverter, { a: 1, b: null });
  assert.deepEqual(mapFromPayloads(defaultPayloadConverter, map), { a: 1, b: null });
});
