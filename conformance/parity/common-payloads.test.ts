/**
 * Payloads and search attributes, beside those of the official package.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as ourSearchAttributes from '@perdure/common/lib/converter/payload-search-attributes';
import officialSearchAttributes from '@temporalio/common/lib/converter/payload-search-attributes.js';
import { bytes, type Common, ours, outcome, same, theirs, wirePayload } from './side-by-side.ts';

describe('payload converters', () => {
  const circular: Record<string, unknown> = {};
  circular['itself'] = circular;
  const values: [name: string, value: unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['a text', 'text'],
    ['a text beyond the basic plane', 'Zürich 𝒳 😀'],
    ['a text with a lone surrogate', '\ud800'],
    ['an empty text', ''],
    ['a number', 1.5],
    ['not a number', Number.NaN],
    ['zero', 0],
    ['a boolean', false],
    ['a list', [1, 'two', null, undefined]],
    ['an object', { a: { b: [1] }, none: undefined }],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array([0, 1, 255])],
    ['no bytes', new Uint8Array()],
    ['a buffer', Buffer.from('buffer')],
    ['a function', () => 1],
    ['a symbol', Symbol.iterator],
    ['a big integer', 1n],
    ['what contains itself', circular],
    ['a map', new Map([[1, 2]])],
    ['an error', new TypeError('wrong')],
    ['what has toJSON', { toJSON: () => 'other' }],
  ];

  for (const [name, value] of values) {
    test(`${name} has the same payload, and comes back the same`, () => {
      same((common) => {
        const payload = common.defaultPayloadConverter.toPayload(value);
        const back = outcome(() => common.defaultPayloadConverter.fromPayload(payload));
        return { wire: wirePayload(payload), back };
      });
    });
  }

  const arriving: [name: string, payload: ours.Payload][] = [
    ['no metadata', { data: bytes('1') }],
    ['metadata of null', { metadata: null, data: bytes('1') }],
    ['no encoding', { metadata: {}, data: bytes('1') }],
    ['an encoding that nobody knows', { metadata: { encoding: bytes('text/rot13') }, data: bytes('1') }],
    ['JSON without data', { metadata: { encoding: bytes('json/plain') } }],
    ['JSON that is none', { metadata: { encoding: bytes('json/plain') }, data: bytes('{') }],
    [
      'JSON with a byte order mark in a text',
      { metadata: { encoding: bytes('json/plain') }, data: bytes('"\ufeffx"') },
    ],
    ['bytes without data', { metadata: { encoding: bytes('binary/plain') } }],
    [
      'a protobuf message',
      { metadata: { encoding: bytes('json/protobuf'), messageType: bytes('X') }, data: bytes('{}') },
    ],
  ];
  for (const [name, payload] of arriving) {
    test(`a payload with ${name} is read or refused in the same way`, () => {
      same((common) => common.defaultPayloadConverter.fromPayload(payload));
    });
  }

  test('lists and maps are converted in the same way', () => {
    same((common) => {
      const converter = common.defaultPayloadConverter;
      const payloads = common.toPayloads(converter, 1, undefined, 'x') ?? [];
      return {
        none: common.toPayloads(converter),
        list: payloads.map(wirePayload),
        back: common.arrayFromPayloads(converter, payloads),
        absent: [common.arrayFromPayloads(converter, null), common.arrayFromPayloads(converter)],
        at: [0, 1, 2, 3].map((at) => common.fromPayloadsAtIndex(converter, at, payloads)),
        atNone: common.fromPayloadsAtIndex(converter, 0, null),
        map: Object.entries(common.mapToPayloads(converter, { a: 1, b: undefined })).map(([k, p]) => [
          k,
          wirePayload(p),
        ]),
        mapBack: common.mapFromPayloads(converter, common.mapToPayloads(converter, { a: 1, b: undefined })),
        mapAbsent: [common.mapFromPayloads(converter, null), common.mapFromPayloads(converter)],
        optional: [null, undefined].map((value) => common.convertOptionalToPayload(converter, value)),
        zero: wirePayload(common.convertOptionalToPayload(converter, 0) ?? {}),
      };
    });
  });

  test('raw values keep their payload', () => {
    same((common) => {
      const converter = common.defaultPayloadConverter;
      const payload = { metadata: { encoding: bytes('own') }, data: bytes('x') };
      const raw = common.RawValue.fromPayload(payload);
      return {
        itself: converter.toPayload(raw) === payload,
        converted: wirePayload(new common.RawValue({ a: 1 }).payload),
        byInfo: common.toPayloadWithTypeInfo(converter, raw, undefined, common.rawValueTypeInfo) === payload,
        byCopy: common.toPayloadWithTypeInfo(converter, raw, undefined, { ...common.rawValueTypeInfo }) === payload,
        back:
          common.fromPayloadWithTypeInfo(converter, payload, undefined, common.rawValueTypeInfo).payload === payload,
        refused: outcome(() =>
          common.toPayloadWithTypeInfo(converter, 1 as unknown, undefined, common.rawValueTypeInfo as ours.TypeInfo),
        ),
      };
    });
  });

  test('hints choose a converter, and are refused if none follows them', () => {
    same((common) => {
      const asked: unknown[] = [];
      const hinted: ours.PayloadConverterWithEncoding = {
        encodingType: 'own',
        toPayload: (value, context, hint) => {
          asked.push([value, context, hint]);
          return { metadata: { encoding: bytes('own') }, data: bytes(String(value)) };
        },
        fromPayload: <T>(payload: ours.Payload, _context?: unknown, hint?: unknown) => {
          asked.push(['back', hint]);
          return String(payload.data) as T;
        },
        validateConverterHint: (hint) => hint.converter === 'own',
      };
      const converter = new common.CompositePayloadConverter(new common.JsonPayloadConverter(), hinted);
      const context = { type: 'workflow', namespace: 'n', workflowId: 'w' } as const;
      const typeInfo: ours.TypeInfo<number, string> = {
        transferTypeConverter: { toTransferType: (value) => `<${value}>`, fromTransferType: (text) => text.length },
        payloadConverterHint: { converter: 'own' },
      };
      const payload = common.toPayloadWithTypeInfo(converter, 7, context, typeInfo);
      return {
        wire: wirePayload(payload),
        back: common.fromPayloadWithTypeInfo(converter, payload, context, typeInfo),
        asked,
        nobody: outcome(() => converter.toPayload(1, undefined, { converter: 'other' })),
        nobodyBack: outcome(() => converter.fromPayload(payload, undefined, { converter: 'other' })),
        json: outcome(() => converter.fromPayload(converter.toPayload(1), undefined, { converter: 'own' })),
      };
    });
  });

  test('a composite needs a converter', () => same((common) => new common.CompositePayloadConverter()));
});

describe('search attributes', () => {
  type Converters = typeof ourSearchAttributes;
  const theirConverters = officialSearchAttributes as unknown as Converters;
  const sameConverted = (run: (common: Common, converters: Converters) => unknown) =>
    assert.deepEqual(
      outcome(() => run(ours, ourSearchAttributes)),
      outcome(() => run(theirs, theirConverters)),
    );
  const wires = (map: Record<string, ours.Payload>) =>
    Object.entries(map).map(([key, payload]) => [key, wirePayload(payload)]);

  const untyped: [string, unknown][] = [
    ['texts', ['a', 'b']],
    ['numbers', [1, 2.5]],
    ['booleans', [true]],
    ['dates', [new Date(0)]],
    ['nothing', []],
    ['different things', ['a', 1]],
    ['a date and a text', [new Date(0), 'x']],
    ['objects', [{}]],
    ['null', [null]],
    ['a big integer', [1n]],
    ['a value alone', 'a'],
  ];
  for (const [name, values] of untyped) {
    test(`untyped: ${name}`, () => {
      sameConverted((_common, { encodeUnifiedSearchAttributes, decodeSearchAttributes }) => {
        const encoded = encodeUnifiedSearchAttributes({ key: values as string[] });
        return { wire: wires(encoded), back: decodeSearchAttributes(encoded) };
      });
    });
  }

  const typed: [type: ours.SearchAttributeType, value: unknown][] = [
    ['TEXT', 'a text'],
    ['KEYWORD', 'word'],
    ['INT', 1],
    ['INT', 1.5],
    ['DOUBLE', 1.5],
    ['BOOL', true],
    ['DATETIME', new Date(0)],
    ['DATETIME', '1970-01-01T00:00:00Z'],
    ['KEYWORD_LIST', ['a', 'b']],
    ['KEYWORD_LIST', ['a', 1]],
    ['TEXT', null],
    ['TEXT', 5],
    ['OTHER' as 'TEXT', 'x'],
  ];
  for (const [type, value] of typed) {
    test(`typed: ${type} of ${JSON.stringify(value)}`, () => {
      sameConverted(
        (common, { encodeUnifiedSearchAttributes, decodeTypedSearchAttributes, decodeSearchAttributes }) => {
          const pair = { key: common.defineSearchAttributeKey('key', type), value } as ours.SearchAttributeUpdatePair;
          const encoded = encodeUnifiedSearchAttributes({ key: ['untyped'], other: [1] }, [pair]);
          return {
            wire: wires(encoded),
            typed: decodeTypedSearchAttributes(encoded).getAll(),
            untyped: decodeSearchAttributes(encoded),
          };
        },
      );
    });
  }

  const stored: [metadataType: string | undefined, json: string][] = [
    [undefined, '["x"]'],
    ['Text', '["x"]'],
    ['Text', '["x","y"]'],
    ['Text', '[]'],
    ['Keyword', '"x"'],
    ['INDEXED_VALUE_TYPE_KEYWORD_LIST', '["x"]'],
    ['KeywordList', '"x"'],
    ['Int', '[5]'],
    ['Int', '"5"'],
    ['Double', '5'],
    ['Bool', 'true'],
    ['Datetime', '"2020-01-01T00:00:00Z"'],
    ['Datetime', '["2020-01-01T00:00:00Z"]'],
    ['Datetime', 'null'],
    ['Unheard', '1'],
  ];
  for (const [metadataType, json] of stored) {
    test(`from the server: ${json} as ${metadataType}`, () => {
      const metadata: Record<string, Uint8Array> = { encoding: bytes('json/plain') };
      if (metadataType) metadata['type'] = bytes(metadataType);
      const fields = { key: { metadata, data: bytes(json) } };
      sameConverted((_common, { decodeSearchAttributes }) => decodeSearchAttributes(fields));
      sameConverted((_common, { decodeTypedSearchAttributes }) => decodeTypedSearchAttributes(fields).getAll());
    });
  }

  test('a set of them does the same', () => {
    same((common) => {
      const key = common.defineSearchAttributeKey('k', 'KEYWORD');
      const list = common.defineSearchAttributeKey('l', 'KEYWORD_LIST');
      const first = new common.TypedSearchAttributes([
        { key, value: 'v' },
        { key: list, value: ['a'] },
      ]);
      const second = first.updateCopy([
        { key, value: null },
        { key: common.defineSearchAttributeKey('l', 'TEXT'), value: null },
        { key: common.defineSearchAttributeKey('n', 'INT'), value: 5 },
      ]);
      return {
        got: [first.get(key), first.get(list), first.get(common.defineSearchAttributeKey('k', 'INT')), second.get(key)],
        all: [first.getAll(), second.getAll(), JSON.stringify(second)],
        copied: first.copy().get(list) === first.get(list),
        twice: outcome(
          () =>
            new common.TypedSearchAttributes([
              { key, value: 'v' },
              { key, value: 'w' },
            ]),
        ),
      };
    });
  });

  test('the type of an untyped value is guessed in the same way', () => {
    const values = [
      ['x'],
      ['2020-01-01'],
      [1],
      [1.5],
      [true],
      [new Date(0)],
      ['a', 'b'],
      [1, 2],
      [],
      undefined,
      'text',
      [{}],
    ];
    for (const value of values) {
      same((common) => common.TypedSearchAttributes.getKeyFromUntyped('k', value as string[]));
    }
  });

  test('types have the same names in metadata', () => {
    for (const type of [...Object.keys(theirs.SearchAttributeType), 'OTHER'] as ours.SearchAttributeType[]) {
      same((common) => common.TypedSearchAttributes.toMetadataType(type));
      same((common) => common.TypedSearchAttributes.toSearchAttributeType(`INDEXED_VALUE_TYPE_${type}`));
    }
  });
});
