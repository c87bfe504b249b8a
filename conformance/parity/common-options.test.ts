/**
 * Durations, enums, policies and the like, beside those of the official package.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Long from 'long';
import { type Common, ours, outcome, same, theirs } from './side-by-side.ts';

describe('durations and timestamps', () => {
  const durations = [
    0,
    1,
    999,
    1000,
    1500,
    86_400_000,
    0.5,
    -1500,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '1s',
    '2 hours',
    '1.5d',
    '-3m',
    '',
    'soon',
    '100',
  ];
  for (const duration of durations) {
    test(`${JSON.stringify(duration)} is the same duration, or refused with the same words`, () => {
      same((common) => outcome(() => common.msToNumber(duration as ours.Duration)));
      same((common) => outcome(() => common.msToTs(duration as ours.Duration)));
      same((common) => outcome(() => common.msOptionalToTs(duration as ours.Duration)));
      same((common) => outcome(() => common.msOptionalToNumber(duration as ours.Duration)));
      same((common) => outcome(() => common.msNumberToTs(duration as number)));
    });
  }
  const timestamps: [string, ours.Timestamp | null | undefined][] = [
    ['none', undefined],
    ['null', null],
    ['an empty one', {}],
    ['the first', { seconds: Long.ZERO, nanos: 0 }],
    ['one with nanoseconds', { seconds: Long.fromNumber(1_700_000_000), nanos: 999_999_999 }],
    ['one before 1970', { seconds: Long.fromNumber(-2), nanos: 500_000_000 }],
    ['one far away', { seconds: Long.fromNumber(253_402_300_799), nanos: 0 }],
  ];
  for (const [name, ts] of timestamps) {
    test(`${name} is the same timestamp, or refused with the same words`, () => {
      same((common) => outcome(() => common.tsToMs(ts)));
      same((common) => outcome(() => common.optionalTsToMs(ts)));
      same((common) => outcome(() => common.tsToDate(ts as ours.Timestamp)));
      same((common) => outcome(() => common.optionalTsToDate(ts)));
    });
  }
});

describe('enums', () => {
  type Converter = (input: unknown) => unknown;
  const names = Object.keys(theirs).filter((name) => /^(en|de)code[A-Z]/.test(name)) as (keyof Common)[];
  const inputs = [
    null,
    undefined,
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    99,
    -1,
    'x',
    '',
    true,
    {},
    'TIMEOUT',
    'BENIGN',
    'PINNED',
    'HEARTBEAT',
  ];
  for (const name of names) {
    test(`${name} does the same with anything`, () => {
      for (const input of [...inputs, ...Object.keys(theirs.TimeoutType), ...Object.keys(theirs.RetryState)]) {
        same((common) => (common[name] as Converter)(input));
      }
      for (const input of [
        ...Object.keys(theirs.WorkflowIdReusePolicy),
        'WORKFLOW_ID_CONFLICT_POLICY_FAIL',
        'AUTO_UPGRADE',
      ]) {
        same((common) => (common[name] as Converter)(input));
      }
    });
  }
  const objects = Object.keys(theirs).filter((name) => {
    const value: unknown = theirs[name as keyof Common];
    return (
      typeof value === 'object' &&
      Object.keys(value as object).length > 0 &&
      Object.values(value as object).every((member) => typeof member === 'string' || member === undefined)
    );
  }) as (keyof Common)[];
  for (const name of objects) {
    test(`${name} has the same members`, () => assert.deepEqual(ours[name], theirs[name]));
  }
});

describe('retry policies', () => {
  const policies: ours.RetryPolicy[] = [
    {},
    {
      maximumAttempts: 3,
      initialInterval: '1s',
      maximumInterval: '10s',
      backoffCoefficient: 1.5,
      nonRetryableErrorTypes: ['T'],
    },
    { maximumAttempts: Number.POSITIVE_INFINITY },
    { maximumAttempts: 0 },
    { maximumAttempts: -1 },
    { maximumAttempts: 1.5 },
    { backoffCoefficient: 0 },
    { backoffCoefficient: 0.5 },
    { initialInterval: 0 },
    { maximumInterval: 0 },
    { initialInterval: '2s', maximumInterval: '1s' },
    { maximumInterval: 500 },
  ];
  for (const policy of policies) {
    test(`${JSON.stringify(policy)} is compiled or refused in the same way`, () => {
      same((common) => {
        const compiled = common.compileRetryPolicy(policy);
        return { compiled, back: common.decompileRetryPolicy(compiled) };
      });
    });
  }
  test('nothing is decompiled from nothing', () => {
    same((common) => [
      common.decompileRetryPolicy(null),
      common.decompileRetryPolicy(),
      common.decompileRetryPolicy({}),
    ]);
  });
});

describe('priorities', () => {
  for (const priority of [
    {},
    { priorityKey: 3 },
    { priorityKey: 0 },
    { priorityKey: -1 },
    { priorityKey: 1.5 },
    { fairnessKey: 'k', fairnessWeight: 2 },
  ]) {
    test(`${JSON.stringify(priority)} is compiled or refused in the same way`, () => {
      same((common) => common.compilePriority(priority));
      same((common) => common.decodePriority(priority));
    });
  }
  test('none is decoded as one that says nothing', () =>
    same((common) => [common.decodePriority(), common.decodePriority(null)]));
});

describe('Workflow types', () => {
  async function named() {}
  const withInfo = Object.assign(async () => {}, { staticOptions: { typeInfo: { inputTypes: [] } } });
  const given: [string, unknown, ours.PayloadTypeInfo?][] = [
    ['a name', 'Name'],
    ['a name with type info', 'Name', { inputTypes: [] }],
    ['a function', named],
    ['a function with type info of its own', withInfo],
    ['a function with type info', named, {}],
    ['a function without name', (() => async () => {})()],
    ['undefined', undefined],
    ['a number', 5],
    ['null', null],
  ];
  for (const [name, workflow, typeInfo] of given) {
    test(`${name} is taken or refused in the same way`, () => {
      same((common) => common.extractWorkflowTypeAndConfig(workflow as string, typeInfo));
      same((common) => common.extractWorkflowType(workflow as string));
    });
  }
});
