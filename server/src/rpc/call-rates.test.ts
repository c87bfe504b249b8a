import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code } from '../kernel/errors.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import { createCallRates } from './call-rates.ts';

const isRefused = {
  code: Code.RESOURCE_EXHAUSTED,
  message: 'namespace rate limit exceeded',
  headers: {
    'x-resource-exhausted-cause': 'RpsLimit',
    'x-resource-exhausted-scope': 'Namespace',
  },
};

test('a namespace makes as many calls a second as it may, and lists are counted apart', () => {
  const clock = manualClock(0);
  const check = createCallRates(clock, { ...defaultLimits, namespaceRps: 2, namespaceVisibilityRps: 1 });
  check('SignalWorkflowExecution', 'a');
  check('DescribeWorkflowExecution', 'a');
  assert.throws(() => check('SignalWorkflowExecution', 'a'), isRefused);
  check('SignalWorkflowExecution', 'b');
  check('ListWorkflowExecutions', 'a');
  assert.throws(() => check('CountWorkflowExecutions', 'a'), isRefused);
  clock.advance(500);
  check('SignalWorkflowExecution', 'a');
  assert.throws(() => check('CountWorkflowExecutions', 'a'), isRefused);
  clock.advance(500);
  check('CountWorkflowExecutions', 'a');
});

test('there is no limit unless one is set', () => {
  const check = createCallRates(manualClock(0), defaultLimits);
  for (let n = 0; n < 10_000; n++) check('ListWorkflowExecutions', 'a');
});
