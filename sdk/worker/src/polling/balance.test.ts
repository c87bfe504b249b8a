import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBalance, type QueueBalance, type QueueKind } from './balance.ts';

/** Whether a poll may be opened now. */
async function may(balance: QueueBalance, queue: QueueKind): Promise<boolean> {
  const stop = new AbortController();
  const answer = balance.mayPoll(queue, stop.signal);
  await Promise.resolve();
  stop.abort();
  return answer;
}

test('each queue always gets its first poll', async () => {
  const balance = createBalance(2);
  balance.opened('sticky');
  assert.equal(await may(balance, 'normal'), true);
});

test('no queue takes the last slot from one that has no poll yet', async () => {
  const balance = createBalance(3);
  balance.opened('sticky');
  balance.opened('sticky');
  assert.equal(await may(balance, 'sticky'), false);
  balance.opened('normal');
  balance.closed('sticky');
  assert.equal(await may(balance, 'sticky'), true);
});

test('a sticky backlog goes first', async () => {
  const balance = createBalance(10);
  balance.opened('sticky');
  balance.opened('normal');
  balance.stickyBacklog(5);
  assert.equal(await may(balance, 'normal'), false);
  assert.equal(await may(balance, 'sticky'), true);
  balance.stickyBacklog(0);
  assert.equal(await may(balance, 'normal'), true);
});

test('whoever waits is let through when a poll closes', async () => {
  const balance = createBalance(2);
  balance.opened('sticky');
  balance.opened('normal');
  const waiting = balance.mayPoll('sticky', new AbortController().signal);
  balance.closed('normal');
  balance.opened('normal');
  balance.closed('sticky');
  assert.equal(await waiting, true);
});

test('with an unknown number of slots both may always poll', async () => {
  const balance = createBalance(undefined);
  for (let i = 0; i < 50; i++) balance.opened('normal');
  assert.equal(await may(balance, 'normal'), true);
});
