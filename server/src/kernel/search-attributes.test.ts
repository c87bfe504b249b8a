import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Payload } from '@perdure/api/common';
import { IndexedValueType as Type } from '@perdure/api/enums';
import { defaultLimits } from './limits.ts';
import {
  isUnset,
  typeName,
  typeNamed,
  validateSearchAttributes,
  validateSearchAttributesSize,
  withTypes,
} from './search-attributes.ts';

const types = new Map<string, Type>([
  ['Int', Type.INT],
  ['Double', Type.DOUBLE],
  ['Bool', Type.BOOL],
  ['Datetime', Type.DATETIME],
  ['Keyword', Type.KEYWORD],
  ['Text', Type.TEXT],
  ['List', Type.KEYWORD_LIST],
  ['WorkflowId', Type.KEYWORD],
]);
const namespace = { name: 'default', searchAttributes: types };

const raw = (data: string, metadata: Record<string, string> = {}): Uint8Array =>
  Payload.encode({
    data: Buffer.from(data),
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value)])),
  });
const json = (value: unknown) => raw(JSON.stringify(value), { encoding: 'json/plain' });

describe('a value of a search attribute', () => {
  const good: [string, unknown][] = [
    ['Int', 1],
    ['Int', -5],
    ['Int', null],
    ['Int', []],
    ['Int', [1, 2]],
    ['Double', 1.5],
    ['Double', 1],
    ['Bool', false],
    ['Datetime', '2024-01-01T00:00:00Z'],
    ['Datetime', '2024-01-01T00:00:00.123456789+02:00'],
    ['Keyword', 'x'],
    ['Text', 'a few words'],
    ['List', ['a', 'b']],
    ['List', []],
  ];
  for (const [name, value] of good)
    test(`may be ${JSON.stringify(value)} for ${name}`, () => {
      assert.equal(validateSearchAttributes({ [name]: json(value) }, namespace, defaultLimits), null);
    });

  const bad: [string, unknown, string][] = [
    ['Int', 1.5, '1.5'],
    ['Int', 'one', 'one'],
    ['Int', [1, 'two'], '[1,"two"]'],
    ['Double', 'x', 'x'],
    ['Bool', 1, '1'],
    ['Datetime', 'yesterday', 'yesterday'],
    ['Datetime', 1_704_067_200, '1704067200'],
    ['Keyword', 1, '1'],
    ['Text', true, 'true'],
    ['List', [1], '[1]'],
    ['List', 'a', 'a'],
    ['List', 1, '1'],
    ['Keyword', { a: 1 }, '{"a":1}'],
  ];
  for (const [name, value, shown] of bad)
    test(`may not be ${JSON.stringify(value)} for ${name}`, () => {
      const type = typeName(types.get(name) ?? Type.UNSPECIFIED);
      const problem = validateSearchAttributes({ [name]: json(value) }, namespace, defaultLimits);
      assert.equal(problem, `invalid value for search attribute ${name} of type ${type}: ${shown}`);
    });

  test('may not be no JSON at all', () => {
    assert.match(
      validateSearchAttributes({ Int: raw('}') }, namespace, defaultLimits) ?? '',
      /^invalid value for .* Int/,
    );
  });
});

describe('search attributes are refused', () => {
  test('that nobody defined', () => {
    const problem = validateSearchAttributes({ Nothing: json(1) }, namespace, defaultLimits);
    assert.equal(problem, 'Namespace default has no mapping defined for search attribute Nothing');
  });
  test('that the server alone writes', () => {
    for (const name of ['WorkflowId', 'ExecutionStatus', 'TemporalReportedProblems'])
      assert.equal(
        validateSearchAttributes({ [name]: json('x') }, namespace, defaultLimits),
        `${name} attribute can't be set in SearchAttributes`,
      );
  });
  test('when there are too many', () => {
    const problem = validateSearchAttributes({ Int: json(1), Bool: json(true) }, namespace, {
      ...defaultLimits,
      searchAttributeKeys: 1,
    });
    assert.equal(problem, 'number of search attributes 2 exceeds limit 1');
  });
  test('when one is too large', () => {
    const limits = { ...defaultLimits, searchAttributeValueSize: 5 };
    assert.equal(validateSearchAttributesSize({ Text: json('abc') }, limits), null);
    assert.equal(
      validateSearchAttributesSize({ Text: json('abcd') }, limits),
      'search attribute Text value size 6 exceeds size limit 5',
    );
  });
  test('when all together are too large', () => {
    const limits = { ...defaultLimits, searchAttributesSize: 30 };
    assert.equal(validateSearchAttributesSize({ Int: raw('1') }, limits), null);
    const problem = validateSearchAttributesSize({ Int: raw('1'), Text: raw('"some more text"') }, limits);
    assert.match(problem ?? '', /^total size of search attributes \d+ exceeds size limit 30$/);
  });
});

describe('a search attribute is marked', () => {
  const mark = (bytes: Uint8Array | undefined) =>
    Buffer.from(Payload.decode(bytes ?? Buffer.of()).metadata['type'] ?? []).toString();
  test('with its type', () => {
    const marked = withTypes({ Int: json(1), List: json([]) }, types);
    assert.deepEqual([mark(marked['Int']), mark(marked['List'])], ['Int', 'KeywordList']);
    const payload = Payload.decode(marked['Int'] ?? Buffer.of());
    assert.equal(Buffer.from(payload.data).toString(), '1');
    assert.equal(Buffer.from(payload.metadata['encoding'] ?? []).toString(), 'json/plain');
  });
  test('unless it is marked already, rightly or not', () => {
    const bytes = raw('1', { type: 'Keyword' });
    assert.equal(withTypes({ Int: bytes }, types)['Int'], bytes);
  });
  test('unless it has no type', () => {
    const bytes = json(1);
    assert.equal(withTypes({ Nothing: bytes }, types)['Nothing'], bytes);
  });
});

test('null, nothing and an empty list stand for no value', () => {
  const unset = [
    json(null),
    json([]),
    raw(''),
    raw('', { encoding: 'binary/null' }),
    raw('x', { encoding: 'binary/null' }),
  ];
  assert.deepEqual(
    unset.map(isUnset),
    unset.map(() => true),
  );
  const set = [json(0), json(''), json(false), json([null]), raw('}')];
  assert.deepEqual(
    set.map(isUnset),
    set.map(() => false),
  );
});

test('types have names, which are found however their words are written', () => {
  const names = Object.values(Type).filter((type) => type !== Type.UNSPECIFIED);
  assert.deepEqual(names.map(typeName), ['Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList']);
  for (const name of ['KeywordList', 'keyword_list', 'KEYWORD_LIST', 'keywordlist'])
    assert.equal(typeNamed(name), Type.KEYWORD_LIST);
  for (const name of ['', 'Unspecified', 'String']) assert.equal(typeNamed(name), undefined);
  assert.equal(typeName(99 as Type), '99');
});
