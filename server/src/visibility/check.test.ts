import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { IndexedValueType } from '@perdure/api/enums';
import { type AttributeTypes, parseQuery } from './check.ts';
import { QueryError } from './errors.ts';
import type { Condition, Value } from './tree.ts';

const { KEYWORD, KEYWORD_LIST, TEXT, INT, DOUBLE, BOOL, DATETIME } = IndexedValueType;

const types: AttributeTypes = new Map([
  ['Color', KEYWORD],
  ['Size', INT],
  ['Weight', DOUBLE],
  ['Fresh', BOOL],
  ['Picked', DATETIME],
  ['Note', TEXT],
  ['Tags', KEYWORD_LIST],
  ['my attribute', KEYWORD],
  ['WorkflowId', KEYWORD],
  ['ExecutionStatus', KEYWORD],
  ['ExecutionDuration', INT],
  ['TemporalNamespaceDivision', KEYWORD],
  ['TemporalScheduledById', KEYWORD],
  ['BuildIds', KEYWORD_LIST],
]);

/** The condition in a form that reads well. */
function shown(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.of.map(shown).join(` ${condition.kind} `)})`;
    case 'not':
      return `not ${shown(condition.of)}`;
    case 'compare':
      return `${condition.attribute.name} ${condition.operator} ${value(condition.value)}`;
    case 'in':
      return `${condition.attribute.name} ${condition.negated ? 'not ' : ''}in ${condition.values.map(value).join()}`;
    case 'between':
      return `${condition.attribute.name} ${condition.negated ? 'not ' : ''}between ${value(condition.from)} ${value(condition.to)}`;
    case 'starts-with':
      return `${condition.attribute.name} ${condition.negated ? 'not ' : ''}starts ${condition.prefix}`;
    case 'words':
      return `${condition.attribute.name} ${condition.negated ? 'without' : 'with'} ${condition.words.join()}`;
    case 'is-null':
      return `${condition.attribute.name} ${condition.negated ? 'not ' : ''}null`;
  }
}
const value = (of: Value): string => (typeof of === 'string' ? `'${of}'` : String(of));

const meanings: Readonly<Record<string, string>> = {
  "Color = 'red'": "Color = 'red'",
  'Color="red"': "Color = 'red'",
  "`Color` <> 'red'": "Color != 'red'",
  "`my attribute` = ''": "my attribute = ''",
  "Color = 'it''s' OR Size = 1": "(Color = 'it's' or Size = 1)",
  "Color = 'it\\'s'": "Color = 'it's'",
  "Color in ('x')": "Color in 'x'",
  "Color not in ('x', 'y')": "Color not in 'x','y'",
  "Color Starts_With 'r'": 'Color starts r',
  "NOT Color NOT STARTS_WITH 'r'": 'not Color not starts r',
  'Color is null AND Size IS NOT NULL': '(Color null and Size not null)',
  'Size = -7 AND Size >= 5.5 AND Weight < 1e2 AND Weight > .5':
    '(Size = -7 and Size >= 5.5 and Weight < 100 and Weight > 0.5)',
  'Size BETWEEN 1 AND 2 AND Fresh = TRUE': '(Size between 1 2 and Fresh = true)',
  'Size NOT BETWEEN 1 AND 2': 'Size not between 1 2',
  "Color = 'a' OR Size = 1 AND Size = 2": "((Size = 1 and Size = 2) or Color = 'a')",
  "(Color = 'a' OR Size = 1) AND Size = 2": "((Color = 'a' or Size = 1) and Size = 2)",
  "NOT Color = 'a' AND Size = 2": "(not Color = 'a' and Size = 2)",
  "NOT (Color = 'a' AND Size = 2)": "not (Color = 'a' and Size = 2)",
  "Color = 'a' OR Color IN ('b', 'c')": "Color in 'a','b','c'",
  "Color = 'a' OR Size > 1 OR Color = 'b'": "(Size > 1 or Color in 'a','b')",
  "Picked > '2024-01-01T00:00:00Z'": 'Picked > 1704067200000',
  "Picked = '2024-01-01T01:00:00.000250+01:00'": 'Picked = 1704067200000.25',
  'Picked = 1704067199000000000': 'Picked = 1704067199000',
  "Note = 'Crisp, RED apple'": 'Note with crisp,red,apple',
  "Note != 'Äpfel'": 'Note without apfel',
  "Tags = 'a' AND Tags != 'b'": "(Tags = 'a' and Tags != 'b')",
  "ExecutionStatus = 'TimedOut'": 'ExecutionStatus = 7',
  "ExecutionStatus IN ('WORKFLOW_EXECUTION_STATUS_FAILED', 1)": 'ExecutionStatus in 3,1',
  "ExecutionDuration > '1h30m'": 'ExecutionDuration > 5400000',
  "ExecutionDuration > '01:00:03' AND ExecutionDuration < 3000000000":
    '(ExecutionDuration > 3603000 and ExecutionDuration < 3000)',
  "ExecutionDuration > '1'": 'ExecutionDuration > 0.000001',
  "ScheduledById = 'x' AND TemporalBuildIds = 'y'": "(TemporalScheduledById = 'x' and BuildIds = 'y')",
  "ScheduleId = 'x'": "WorkflowId = 'x'",
  "TemporalScheduleId = 'x'": "WorkflowId = 'x'",
  "Color = 'a';": "Color = 'a'",
};

describe('a query', () => {
  for (const [text, meaning] of Object.entries(meanings)) {
    test(`${text} means ${meaning}`, () => {
      const { where } = parseQuery(text, types);
      assert.ok(where);
      assert.equal(shown(where), meaning);
    });
  }

  test('without a condition means everything', () => {
    for (const text of ['', '  \n ']) assert.deepEqual(parseQuery(text, types).where, null);
  });

  test('can be ordered by several attributes, each in its own direction', () => {
    const { where, orderBy } = parseQuery("Color = 'a' ORDER BY Size DESC, `Weight`, Picked asc", types);
    assert.ok(where);
    assert.deepEqual(
      orderBy.map(({ attribute, descending }) => `${attribute.name} ${descending}`),
      ['Size true', 'Weight false', 'Picked false'],
    );
  });

  test('can be grouped by the status', () => {
    assert.equal(parseQuery('group by ExecutionStatus', types).groupBy?.name, 'ExecutionStatus');
    assert.equal(parseQuery("Color = 'a' GROUP BY ExecutionStatus", types).groupBy?.name, 'ExecutionStatus');
  });

  test('tells whether it speaks of divisions', () => {
    assert.equal(parseQuery("Color = 'a'", types).namesDivision, false);
    assert.equal(parseQuery('NOT (Size = 1 AND TemporalNamespaceDivision IS NULL)', types).namesDivision, true);
    assert.equal(parseQuery("NamespaceDivision = 'x'", types).namesDivision, true);
    assert.equal(parseQuery('GROUP BY TemporalNamespaceDivision', types).namesDivision, true);
  });

  test('prefers an attribute of exactly that name to one with the prefix', () => {
    const own = new Map([...types, ['ScheduledById', INT] as const, ['ScheduleId', KEYWORD] as const]);
    assert.equal(parseQuery('ScheduledById = 1', own).where?.kind, 'compare');
    const { where } = parseQuery("ScheduleId = 'x'", own);
    assert.ok(where && 'attribute' in where && where.attribute.name === 'ScheduleId');
  });
});

/** Query: how it is refused, and where in its text that is. The words are the recorded ones where there are any. */
const refusals: Readonly<Record<string, readonly [message: string, position: number | null]>> = {
  "Shape = 'round'": ['invalid search attribute: Shape', 0],
  "Size > 1 AND color = 'red'": ['invalid search attribute: color', 13],
  "Color = 'red' AND": ['malformed SQL query: syntax error at position 45', 17],
  "  Color = 'red' AND": ['malformed SQL query: syntax error at position 45', 19],
  AND: ["malformed SQL query: syntax error at position 31 near 'and'", 3],
  "Color = 'red' Size = 1": ["malformed SQL query: syntax error at position 46 near 'Size'", 18],
  "Color == 'red'": ['malformed SQL query: syntax error at position 36', 8],
  "(Color = 'red'": ['malformed SQL query: syntax error at position 42', 14],
  "Color = 'red')": ['malformed SQL query: syntax error at position 42', 14],
  "Color = 'red": ["malformed SQL query: syntax error at position 40 near 'red'", 12],
  '`Color = 1': ["malformed SQL query: syntax error at position 38 near 'Color = '", 10],
  'Color IN ()': ['malformed SQL query: syntax error at position 39', 11],
  'Size BETWEEN 1': ['malformed SQL query: syntax error at position 42', 14],
  "Color NOT = 'red'": ['malformed SQL query: syntax error at position 39', 11],
  "Color = 'a'; DROP TABLE executions": ["malformed SQL query: syntax error at position 45 near 'drop'", 17],
  'Color = \u{1f600}': ["malformed SQL query: syntax error at position 37 near '\ud83d'", 9],
  'GROUP BY': ['malformed SQL query: syntax error at position 30', 8],
  "Color = 'red' LIMIT 2": ["operation is not supported: 'LIMIT' clause", 14],
  'GROUP BY Color': ["operation is not supported: 'GROUP BY' clause is not supported for search attribute Color", 9],
  'GROUP BY ExecutionStatus, Color': ["operation is not supported: 'GROUP BY' clause supports only a single field", 26],
  'ORDER BY Note': ['operation is not supported: unable to sort by search attribute type Text', 9],
  'ORDER BY Tags': ['operation is not supported: unable to sort by search attribute type KeywordList', 9],
  'ORDER BY Nothing': ['invalid search attribute: Nothing', 9],
  Color: ['invalid expression: incomplete expression', 0],
  '?': ['operation is not supported: expression of type *sqlparser.SQLVal', 0],
  'now()': ['operation is not supported: function expression', 0],
  'Picked > now()': ['operation is not supported: nested func', 9],
  'Color = red': [
    'operation is not supported: column name on the right side of comparison expression (did you forget to quote "red"?)',
    8,
  ],
  'Color = NULL': ['invalid expression: nothing compares with NULL; ask with IS NULL or IS NOT NULL', 8],
  '1 = 1': ['invalid expression: a condition begins with the name of a search attribute, without quotes', 0],
  'Size = 1 + 1': ['invalid expression: values cannot be computed; write the result', 7],
  'Size = ?': ['invalid expression: unable to parse value "?"', 7],
  'Size IS TRUE': ["invalid expression: 'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'", 0],
  "Color LIKE 'r%'": [
    "operation is not supported: operator 'LIKE' not supported for Keyword type search attribute 'Color'",
    0,
  ],
  "Color NOT REGEXP 'r'": [
    "operation is not supported: operator 'NOT REGEXP' not supported for Keyword type search attribute 'Color'",
    0,
  ],
  "Tags > 'a'": [
    "operation is not supported: operator '>' not supported for KeywordList type search attribute 'Tags'",
    0,
  ],
  "Note IN ('a')": ["operation is not supported: operator 'IN' not supported for Text type search attribute 'Note'", 0],
  "Note = '!'": ['invalid expression: unexpected value for Text type search attribute (no tokens found)', 7],
  "Tags BETWEEN 'a' AND 'b'": [
    "invalid expression: cannot do range condition on search attribute 'Tags' of type KeywordList",
    0,
  ],
  'Fresh BETWEEN true AND false': [
    "invalid expression: cannot do range condition on search attribute 'Fresh' of type Bool",
    0,
  ],
  'Color = 5': [
    'invalid expression: invalid value type for search attribute Color of type Keyword: 5 (type: int64)',
    8,
  ],
  'Color = 0.5': [
    'invalid expression: invalid value type for search attribute Color of type Keyword: 0.5 (type: float64)',
    8,
  ],
  "Size IN (1, '5')": [
    'invalid expression: invalid value type for search attribute Size of type Int: "5" (type: string)',
    12,
  ],
  "Fresh = 'true'": [
    'invalid expression: invalid value type for search attribute Fresh of type Bool: "true" (type: string)',
    8,
  ],
  'Picked = 1.5': [
    'invalid expression: invalid value type for search attribute Picked of type Datetime: 1.5 (type: float64)',
    9,
  ],
  "Picked > '2024-01-01'": ["invalid expression: unable to parse datetime '2024-01-01'", 9],
  "ExecutionStatus = 'Sleeping'": ["invalid expression: invalid ExecutionStatus value 'Sleeping'", 18],
  'ExecutionStatus = 99': ['invalid expression: invalid ExecutionStatus value 99', 18],
  'ExecutionStatus = true': ['invalid expression: unexpected value type bool for search attribute ExecutionStatus', 18],
  "ExecutionStatus STARTS_WITH 'Running'": [
    'invalid expression: right-hand side of "starts_with" operator must be a literal string',
    28,
  ],
  "ExecutionDuration > 'a while'": [
    'invalid expression: invalid duration value for search attribute ExecutionDuration: a while',
    20,
  ],
};

describe('a query that cannot be answered', () => {
  for (const [text, [message, position]] of Object.entries(refusals)) {
    test(`is refused: ${text}`, () => {
      assert.throws(
        () => parseQuery(text, types),
        (error) => {
          assert.ok(error instanceof QueryError);
          assert.equal(error.message, `invalid query: ${message}`);
          assert.equal(error.position, position);
          return true;
        },
      );
    });
  }

  const tooMuch: Readonly<Record<string, string>> = {
    'nested too deeply': `${'('.repeat(101)}Size = 1${')'.repeat(101)}`,
    'denied too often': `${'NOT '.repeat(101)}Size = 1`,
    'naming too many values': `Size IN (${'1,'.repeat(10_000)}1)`,
    'too long': `Color = '${'x'.repeat(1 << 20)}'`,
  };
  for (const [does, text] of Object.entries(tooMuch)) {
    test(`is refused: one ${does}`, () => {
      assert.throws(() => parseQuery(text, types), { message: /^invalid query: (nested deeper|more|longer) than \d+/ });
    });
  }

  test('however nested, names or calls, ends in a refusal and not in an overflow', () => {
    for (const text of ['('.repeat(100_000), 'f('.repeat(100_000), 'NOT '.repeat(100_000)]) {
      assert.throws(() => parseQuery(text, types), QueryError);
    }
  });
});
