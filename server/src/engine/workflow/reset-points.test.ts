import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Given, given, START } from './given.fixture.ts';
import { noteResetPoint, wireResetPoints } from './reset-points.ts';
import * as s from './steps.fixture.ts';

const byBuild = (run: Given, buildId: string, binaryChecksum = '') =>
  run
    .when(s.signalled())
    .when(s.taken)
    .when(s.completed([], { binaryChecksum, workerVersionStamp: { buildId } }));
const points = (run: Given) =>
  run.run.head.resetPoints.map(({ buildId, binaryChecksum, firstWorkflowTaskCompletedId: id }) => [
    buildId || binaryChecksum,
    id,
  ]);

test('a run notes the first task that each build completed', () => {
  const run = given();
  byBuild(run, 'a');
  byBuild(run, 'b');
  byBuild(run, 'a');
  byBuild(run, '', 'sum');
  assert.deepEqual(points(run), [
    ['a', 5],
    ['b', 9],
    ['sum', 17],
  ]);
  const [first] = run.run.head.resetPoints;
  assert.deepEqual([first?.runId, first?.createTime, first?.expireTime], ['run', START, START + 86_400_000]);
});

test('the oldest go when there are too many', () => {
  const run = given({ madeUp: true }).when((t) => {
    for (let i = 1; i <= 25; i++) noteResetPoint(t, i, '', `build-${i}`);
  });
  assert.deepEqual([points(run)[0], points(run).length], [['build-6', 6], 20]);
});

test('the next run of the chain is told of them, and adds its own', () => {
  const run = byBuild(given(), 'a');
  run
    .when(s.signalled())
    .when(s.taken)
    .when(s.completed([s.continueAsNew()], { workerVersionStamp: { buildId: 'a' } }));
  const [next] = run.successors;
  assert.ok(next);
  const { points: carried } = next.run.started.prevAutoResetPoints ?? { points: [] };
  assert.deepEqual(
    carried.map(({ runId, firstWorkflowTaskCompletedId, resettable }) => [
      runId,
      firstWorkflowTaskCompletedId,
      resettable,
    ]),
    [['run', 5, true]],
  );
  next
    .later(1_000)
    .when(s.taken)
    .when(s.completed([], { workerVersionStamp: { buildId: 'b' } }));
  assert.deepEqual(points(next), [
    ['a', 5],
    ['b', 4],
  ]);
});

test('without any the wire form is empty', () => {
  assert.deepEqual(wireResetPoints([]), { points: [] });
});
