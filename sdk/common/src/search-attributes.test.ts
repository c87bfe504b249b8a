import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
  encodeUnifiedSearchAttributes,
} from './converter/payload-search-attributes.ts';
import { decode } from './encoding.ts';
import {
  defineSearchAttributeKey,
  isValidValueForType,
  type SearchAttributePair,
  type SearchAttributeType,
  TypedSearchAttributes,
} from './search-attributes.ts';

const keyword = defineSearchAttributeKey('keyword', 'KEYWORD');
const list = defineSearchAttributeKey('list', 'KEYWORD_LIST');
const date = defineSearchAttributeKey('date', 'DATETIME');
const pairs: SearchAttributePair[] = [
  { key: keyword, value: 'v' },
  { key: list, value: ['a', 'b'] },
  { key: date, value: new Date(0) },
];

describe('typed search attributes', () => {
  test('are found by name and type', () => {
    const attributes = new TypedSearchAttributes(pairs);
    assert.equal(attributes.get(keyword), 'v');
    assert.equal(attributes.get(defineSearchAttributeKey('keyword', 'INT')), undefined);
    assert.equal(attributes.get(defineSearchAttributeKey('other', 'INT')), undefined);
    assert.deepEqual(attributes.getAll(), pairs);
    assert.deepEqual(attributes.toJSON(), pairs);
  });

  test('have no name twice', () => {
    assert.throws(() => new TypedSearchAttributes([...pairs, ...pairs]), {
      message: 'Duplicate search attribute key: keyword',
    });
  });

  test('are updated in a copy, which shares nothing', () => {
    const before = new TypedSearchAttributes(pairs);
    const after = before.updateCopy([
      { key: keyword, value: null },
      { key: defineSearchAttributeKey('list', 'TEXT'), value: null },
      { key: defineSearchAttributeKey('date', 'INT'), value: 5 },
    ]);
    assert.equal(before.get(keyword), 'v');
    assert.equal(after.get(keyword), undefined);
    assert.deepEqual(after.get(list), ['a', 'b']);
    assert.notEqual(after.get(list), before.get(list));
    assert.equal(after.get(defineSearchAttributeKey('date', 'INT')), 5);
  });

  test('travel with their types', () => {
    const encoded = encodeUnifiedSearchAttributes(undefined, new TypedSearchAttributes(pairs));
    assert.equal(decode(encoded['list']?.metadata?.['type'] ?? new Uint8Array()), 'KeywordList');
    assert.deepEqual(decodeTypedSearchAttributes(encoded).getAll(), pairs);
  });

  test('count more than untyped ones', () => {
    const encoded = encodeUnifiedSearchAttributes({ keyword: ['u'], other: [1] }, pairs.slice(0, 1));
    assert.deepEqual(decodeSearchAttributes(encoded), { keyword: ['v'], other: [1] });
  });

  test('are removed by null, which has no type', () => {
    const { keyword: payload } = encodeUnifiedSearchAttributes(undefined, [{ key: keyword, value: null }]);
    assert.equal(payload?.metadata?.['type'], undefined);
    assert.equal(decode(payload?.data ?? new Uint8Array()), 'null');
  });

  test('of a wrong type are refused', () => {
    assert.throws(
      () => encodeUnifiedSearchAttributes(undefined, [{ key: keyword, value: 5 } as unknown as SearchAttributePair]),
      {
        name: 'ValueError',
        message: 'Invalid search attribute value 5 for given type KEYWORD',
      },
    );
  });
});

describe('untyped search attributes', () => {
  test('travel as lists; dates come back as dates if the server says that they are', () => {
    const encoded = encodeUnifiedSearchAttributes({ texts: ['a'], dates: [new Date(0)], empty: [] });
    const { dates } = encoded;
    if (dates?.metadata) dates.metadata['type'] = new TextEncoder().encode('Datetime');
    assert.deepEqual(decodeSearchAttributes(encoded), { texts: ['a'], dates: [new Date(0)] });
    assert.deepEqual(decodeSearchAttributes(null), {});
  });

  for (const values of ['a', ['a', 1], [{}], [null], [Symbol('s')]]) {
    test(`are refused as ${typeof values === 'string' ? values : `a list of ${values.map((value) => typeof value)}`}`, () => {
      assert.throws(() => encodeUnifiedSearchAttributes({ key: values as string[] }), { name: 'ValueError' });
    });
  }

  const guesses: [unknown, SearchAttributeType | undefined][] = [
    [['text'], 'TEXT'],
    [['2020-01-01'], 'DATETIME'],
    [[5], 'INT'],
    [[0.5], 'DOUBLE'],
    [[true], 'BOOL'],
    [[new Date(0)], 'DATETIME'],
    [['a', 'b'], 'KEYWORD_LIST'],
    [[1, 2], undefined],
    [undefined, undefined],
  ];
  for (const [value, type] of guesses) {
    test(`${JSON.stringify(value)} is taken for ${type}`, () => {
      assert.equal(TypedSearchAttributes.getKeyFromUntyped('k', value as string[])?.type, type);
    });
  }
});

test('a value is of a type or not', () => {
  assert.ok(isValidValueForType('INT', 5) && !isValidValueForType('INT', 5.5) && isValidValueForType('DOUBLE', 5.5));
  assert.ok(isValidValueForType('KEYWORD_LIST', []) && !isValidValueForType('KEYWORD_LIST', [5]));
  assert.ok(!isValidValueForType('OTHER' as 'TEXT', 'x'));
});

test('types have names in metadata, short ones and full ones', () => {
  assert.equal(TypedSearchAttributes.toMetadataType('KEYWORD_LIST'), 'KeywordList');
  assert.equal(TypedSearchAttributes.toSearchAttributeType('KeywordList'), 'KEYWORD_LIST');
  assert.equal(TypedSearchAttributes.toSearchAttributeType('INDEXED_VALUE_TYPE_BOOL'), 'BOOL');
  assert.equal(TypedSearchAttributes.toSearchAttributeType('Other'), undefined);
  assert.throws(() => TypedSearchAttributes.toMetadataType('toString' as 'TEXT'), {
    message: 'Unknown search attribute type: toString',
  });
});
