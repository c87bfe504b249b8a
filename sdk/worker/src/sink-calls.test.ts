import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SinkCall } from '@perdure/workflow';
import { processSinkCalls } from './sink-calls.ts';

const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const callOf = (fnName: string, isReplayingHistoryEvents: boolean) =>
  ({
    ifaceName: 'log',
    fnName,
    args: [],
    workflowInfo: { unsafe: { isReplayingHistoryEvents } },
  }) as unknown as SinkCall;

function called(isReplayingHistoryEvents: boolean, isReplay: boolean): string[] {
  const seen: string[] = [];
  const sinks = {
    log: {
      usual: { fn: () => void seen.push('usual') },
      always: { fn: () => void seen.push('always'), callDuringReplay: true },
    },
  };
  const calls = [callOf('usual', isReplayingHistoryEvents), callOf('always', isReplayingHistoryEvents)];
  processSinkCalls(sinks, calls, quiet, { isReplay });
  return seen;
}

test('new work calls sinks; events that are replayed call those that are to be called then', () => {
  assert.deepEqual(called(false, false), ['usual', 'always']);
  assert.deepEqual(called(true, false), ['always']);
});

test('where histories are replayed, what they end with is not new either', () => {
  assert.deepEqual(called(false, true), ['always']);
});

test('a sink that is not registered is told of in the log', () => {
  const errors: unknown[] = [];
  const logger = { ...quiet, error: (message: string, meta: unknown) => errors.push([message, meta]) };
  processSinkCalls({}, [callOf('usual', false)], logger);
  assert.match(JSON.stringify(errors), /unregistered external sink.*"fnName":"usual"/);
});
