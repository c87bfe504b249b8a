import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ResetReapplyExcludeType as Exclude, ResetReapplyType as Reapply } from '@perdure/api/enums';
import { PostResetOperation } from '@perdure/api/workflow';
import { ResetWorkflowExecutionRequest } from '@perdure/api/workflowservice';
import { Code } from '../kernel/errors.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { checkResetPoint, checkResetRequest, exclusions, optionUpdates } from './reset-workflow.ts';

const nothing = { signals: false, updates: false, everything: false };

describe('a reset leaves out', () => {
  const cases: [string, Reapply, Exclude[], Partial<typeof nothing>][] = [
    ['nothing, unless told so', Reapply.UNSPECIFIED, [], {}],
    ['nothing if everything eligible is wanted', Reapply.ALL_ELIGIBLE, [], {}],
    ['all but signals if only those are wanted', Reapply.SIGNAL, [], { updates: true }],
    ['signals and updates if none are wanted', Reapply.NONE, [], { signals: true, updates: true }],
    ['signals when told so', Reapply.UNSPECIFIED, [Exclude.SIGNAL], { signals: true }],
    ['updates when told so', Reapply.UNSPECIFIED, [Exclude.UPDATE], { updates: true }],
    ['what either field leaves out', Reapply.SIGNAL, [Exclude.SIGNAL], { signals: true, updates: true }],
    [
      'everything when told so of each kind',
      Reapply.NONE,
      [Exclude.NEXUS, Exclude.CANCEL_REQUEST],
      { signals: true, updates: true, everything: true },
    ],
  ];
  for (const [name, resetReapplyType, resetReapplyExcludeTypes, expected] of cases)
    test(name, () => {
      assert.deepEqual(exclusions({ resetReapplyType, resetReapplyExcludeTypes }), { ...nothing, ...expected });
    });
});

describe('a reset is refused', () => {
  const request = (requestId: string, resetReapplyType = 0) => ({
    ...ResetWorkflowExecutionRequest.decode(ResetWorkflowExecutionRequest.encode({ requestId })),
    resetReapplyType: resetReapplyType as Reapply,
  });
  test('without a request id, or with one that is too long', () => {
    const bad = { code: Code.INVALID_ARGUMENT };
    assert.throws(() => checkResetRequest(request(''), defaultLimits), { ...bad, message: /RequestId is not set/ });
    const long = 'x'.repeat(1001);
    assert.throws(() => checkResetRequest(request(long), defaultLimits), { ...bad, message: /exceeds limit/ });
    checkResetRequest(request('x'.repeat(1000)), defaultLimits);
  });
  test('with a kind of reapplication that nobody knows', () => {
    assert.throws(() => checkResetRequest(request('r', 9), defaultLimits), { code: Code.INVALID_ARGUMENT });
  });
  test('to an event before the second, or after the last', () => {
    for (const id of [-1, 0, 1, 10, 11]) assert.throws(() => checkResetPoint(id, 10), { code: Code.INVALID_ARGUMENT });
    for (const id of [2, 9]) checkResetPoint(id, 10);
  });
  test('with anything to do afterwards but a change of options', () => {
    const operation = PostResetOperation.decode(PostResetOperation.encode({ signalWorkflow: { signalName: 's' } }));
    assert.throws(() => optionUpdates([operation], defaultLimits), {
      message: 'unsupported post reset operation: *workflow.PostResetOperation_SignalWorkflow_',
    });
  });
});
