import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { SdkFlags } from './flags.ts';
import * as wf from './index.ts';
import { openRun, type Run, resultOf } from './run.fixture.ts';

const { CancellationScope } = wf;

describe('a cancellation scope', () => {
  let run: Run;
  afterEach(() => run.dispose());

  const told = (error: unknown) => (error as Error).message;

  test('cancels what was begun in it, and lets nothing begin afterwards', async () => {
    run = openRun(async () => {
      const scope = new CancellationScope();
      const slept = scope.run(() => wf.sleep(1000)).catch(told);
      scope.cancel();
      return [await slept, await scope.run(() => wf.sleep(1)).catch(told), scope.consideredCancelled];
    });
    const commands = await run.start();
    assert.deepEqual(resultOf(commands), ['Cancellation scope cancelled', 'Cancellation scope cancelled', true]);
    assert.deepEqual(
      commands.map((command) => Object.keys(command)[0]),
      ['startTimer', 'cancelTimer', 'completeWorkflowExecution'],
    );
  });

  for (const isShielding of [true, false])
    test(`that is not cancellable ${isShielding ? 'keeps' : 'as before kept nothing'} from those below it`, async () => {
      run = openRun(
        async () => {
          const outer = new CancellationScope({ cancellable: false });
          const inner = await outer.run(async () => new CancellationScope());
          outer.cancel();
          await Promise.resolve();
          await Promise.resolve();
          return [outer.consideredCancelled, inner.consideredCancelled];
        },
        { isReplaying: true },
      );
      if (isShielding) run.activator.addKnownFlags([SdkFlags.NonCancellableScopesAreShieldedFromPropagation.id]);
      assert.deepEqual(resultOf(await run.start()), [false, !isShielding]);
    });

  test('with a timeout cancels itself, or takes its timer back', async () => {
    run = openRun(async () => {
      const quick = await CancellationScope.withTimeout(1000, async () => 'quick');
      const slow = await CancellationScope.withTimeout(1000, () => wf.sleep(5000)).catch(told);
      return [quick, slow];
    });
    const begun = await run.start();
    assert.deepEqual(
      begun.map((command) => Object.keys(command)[0]),
      ['startTimer', 'cancelTimer', 'startTimer', 'startTimer'],
    );
    const ended = await run.tell({ fireTimer: { seq: 2 } });
    assert.deepEqual(resultOf(ended), ['quick', 'Cancellation scope cancelled']);
  });

  test('is the one that code runs in, over its awaits', async () => {
    run = openRun(async () => {
      const scope = new CancellationScope();
      const isCurrent = await scope.run(async () => {
        await wf.sleep(1);
        return CancellationScope.current() === scope;
      });
      return [isCurrent, CancellationScope.current() === (run.activator.rootScope as unknown)];
    });
    await run.start();
    assert.deepEqual(resultOf(await run.tell({ fireTimer: { seq: 1 } })), [true, true]);
  });

  test('rejects a trigger that was made in it', async () => {
    run = openRun(async () => {
      const scope = new CancellationScope();
      const trigger = await scope.run(async () => ({ made: new wf.Trigger<number>() }));
      scope.cancel();
      return trigger.made.then(String, told);
    });
    assert.equal(resultOf(await run.start()), 'Cancellation scope cancelled');
  });
});
