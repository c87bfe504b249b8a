import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { overrideGlobals } from './global-overrides.ts';
import { openRun, type Run, resultOf } from './run.fixture.ts';

type Globals = typeof globalThis;

const overridden = (): Globals => {
  const target: Globals = runInNewContext('({ Date, Math, WeakRef, FinalizationRegistry })');
  overrideGlobals(target);
  return target;
};

describe('globals of a workflow', () => {
  let run: Run;
  afterEach(() => run.dispose());

  test('tell the time of the task', () => {
    run = openRun(async () => {});
    const { Date: WorkflowDate } = overridden();
    const now: Date = new WorkflowDate();
    assert.equal(WorkflowDate.now(), 1_000_000);
    assert.equal(now.getTime(), 1_000_000);
    assert.equal(new WorkflowDate(5).getTime(), 5);
    assert.equal(new (now.constructor as DateConstructor)().getTime(), 1_000_000);
    assert.ok(now instanceof WorkflowDate);
    class Day extends WorkflowDate {}
    assert.ok(new Day() instanceof Day);
    assert.equal(WorkflowDate.UTC(1970), 0);
  });

  test('draw random numbers that are the same for the same seed', () => {
    const draw = () => {
      run = openRun(async () => {});
      const { random } = overridden().Math;
      return [random(), random()];
    };
    assert.deepEqual(draw(), draw());
  });

  test('know nothing of the garbage collector', () => {
    run = openRun(async () => {});
    const globals = overridden();
    const message = (name: string) => `${name} cannot be used in Workflows because v8 GC is non-deterministic`;
    const name = 'DeterminismViolationError';
    assert.throws(() => new globals.WeakRef({}), { message: message('WeakRef'), name });
    assert.throws(() => new globals.FinalizationRegistry(() => {}), { message: message('FinalizationRegistry'), name });
  });

  for (const isReplaying of [false, true])
    test(`set timeouts that are timers${isReplaying ? ', with the numbers of old histories' : ''}`, async () => {
      const { setTimeout, clearTimeout } = overridden() as unknown as {
        setTimeout: (fn: (word: string) => void, ms: number, word: string) => number;
        clearTimeout: (seq: number) => void;
      };
      const seen: unknown[] = [];
      run = openRun(
        async () => {
          const cleared = setTimeout(() => seen.push('never'), 10, '');
          clearTimeout(cleared);
          return new Promise((resolve) => {
            seen.push(setTimeout((word) => resolve(word), -5, 'done'));
          });
        },
        { isReplaying },
      );
      const commands = await run.start();
      const seq = isReplaying ? 3 : 2;
      assert.deepEqual(seen, [seq]);
      assert.deepEqual(
        commands.map(({ startTimer, cancelTimer }) => [startTimer?.seq, cancelTimer?.seq]),
        [
          [1, undefined],
          ...(isReplaying
            ? [
                [undefined, 1],
                [3, undefined],
              ]
            : [
                [2, undefined],
                [undefined, 1],
              ]),
        ],
      );
      assert.equal(resultOf(await run.tell({ fireTimer: { seq } })), 'done');
    });
});
