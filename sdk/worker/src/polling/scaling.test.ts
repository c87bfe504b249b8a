import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrpcError, Status } from '@perdure/transport';
import { createScaling, type PollerScaling } from './scaling.ts';

const autoscaling = { type: 'autoscaling', minimum: 2, initial: 5, maximum: 8 } as const;

function scaling({ serverScales = true } = {}): PollerScaling & { pass(ms: number): void } {
  let now = 0;
  const pass = (ms: number) => {
    now += ms;
  };
  return { ...createScaling({ behavior: autoscaling, serverScales, now: () => now }), pass };
}

const task = (suggestedChange?: number) => ({ empty: false, suggestedChange });
const nothing = (suggestedChange?: number) => ({ empty: true, suggestedChange });

test('a fixed maximum stays as it is, whatever the server suggests', () => {
  const fixed = createScaling({ behavior: { type: 'simple-maximum', maximum: 4 }, serverScales: true });
  fixed.answered(task(3));
  fixed.failed(new GrpcError(Status.RESOURCE_EXHAUSTED, 'too much'));
  assert.equal(fixed.target(), 4);
});

test('suggestions are followed between minimum and maximum', () => {
  const scaled = scaling();
  assert.equal(scaled.target(), 5);
  scaled.answered(task(2));
  assert.equal(scaled.target(), 7);
  scaled.answered(task(7));
  assert.equal(scaled.target(), 8);
  scaled.answered(task(-100));
  assert.equal(scaled.target(), 2);
});

test('more polls are not opened when the last period took in no more than the one before', () => {
  const scaled = scaling();
  for (let i = 0; i < 20; i++) scaled.answered(task());
  scaled.pass(100);
  for (let i = 0; i < 20; i++) scaled.answered(task());
  scaled.pass(100);
  scaled.answered(task(1));
  assert.equal(scaled.target(), 5);
});

test('an empty poll without a suggestion gives up a poll', () => {
  const scaled = scaling();
  scaled.answered(nothing());
  assert.equal(scaled.target(), 4);
});

test('against a server that never suggests anything the number stays', () => {
  const scaled = scaling({ serverScales: false });
  scaled.answered(nothing());
  scaled.failed(new GrpcError(Status.UNAVAILABLE, 'gone'));
  assert.equal(scaled.target(), 5);
});

test('being throttled halves the number, another failure takes one away', () => {
  const scaled = scaling();
  assert.ok(scaled.failed(new GrpcError(Status.RESOURCE_EXHAUSTED, 'too much')) >= 800);
  assert.equal(scaled.target(), 2);
  scaled.answered(task(4));
  const wait = scaled.failed(new GrpcError(Status.UNAVAILABLE, 'gone'));
  assert.ok(wait >= 160 && wait <= 240, `waits ${wait} ms`);
  assert.equal(scaled.target(), 5);
});

test('a poll need not wait long while tasks keep coming', () => {
  const scaled = scaling();
  assert.equal(scaled.busy(), false);
  scaled.answered(task());
  scaled.answered(task());
  assert.equal(scaled.busy(), true);
  scaled.pass(200);
  assert.equal(scaled.busy(), false);
});
