import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, type Observable, observed } from './observable.ts';

test('who subscribes is told the present value and those that follow, until they leave', () => {
  const count = observed(1);
  const seen: number[] = [];
  const subscription = count.subscribe((value) => seen.push(value));
  add(count, 1);
  subscription.unsubscribe();
  add(count, -1);
  assert.deepEqual(seen, [1, 2]);
  assert.equal(subscription.closed, true);
  assert.equal(count.getValue(), 1);
});

test('an observer may be an object, with or without anything in it', () => {
  const state = observed('a');
  const seen: string[] = [];
  state.subscribe({ next: (value) => seen.push(value) });
  state.subscribe({});
  state.subscribe();
  state.next('b');
  assert.deepEqual(seen, ['a', 'b']);
});

test('it is what other libraries take for an observable', () => {
  const count: Observable<number> = observed(0);
  assert.equal(count['@@observable'](), count);
});
