import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import Long from 'long';
import * as wf from './index.ts';
import { openRun, type Run, resultOf } from './run.fixture.ts';

describe('a local activity', () => {
  let run: Run;
  afterEach(() => run.dispose());

  const { known, unknown } = wf.proxyLocalActivities<{ known(): Promise<number>; unknown(): Promise<number> }>({
    startToCloseTimeout: '5s',
  });

  test('that backs off is tried again after a timer, under a number of its own', async () => {
    run = openRun(() => known());
    await run.start();
    const originalScheduleTime = { seconds: Long.fromNumber(9), nanos: 0 };
    const backoff = { attempt: 3, backoffDuration: { seconds: Long.fromNumber(60), nanos: 0 }, originalScheduleTime };
    const [timer] = await run.tell({ resolveActivity: { seq: 1, result: { backoff } } });
    assert.equal(Number(timer?.startTimer?.startToFireTimeout?.seconds), 60);
    const [again] = await run.tell({ fireTimer: { seq: 1 } });
    const { seq, attempt, originalScheduleTime: first } = again?.scheduleLocalActivity ?? {};
    assert.deepEqual({ seq, attempt, first }, { seq: 2, attempt: 3, first: originalScheduleTime });
  });

  test('that the worker does not have is refused, but not on replay', async () => {
    const workflow = () => unknown().catch((error: Error) => `${error.name}: ${error.message}`);
    run = openRun(workflow);
    const message = "ReferenceError: Local activity of type 'unknown' not registered on worker";
    assert.equal(resultOf(await run.start()), message);
    run = openRun(workflow, { isReplaying: true });
    assert.equal((await run.start())[0]?.scheduleLocalActivity?.activityType, 'unknown');
  });
});
