import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import * as wf from './index.ts';
import { openRun, type Run, resultOf } from './run.fixture.ts';

describe('a patch', () => {
  let run: Run;
  afterEach(() => run.dispose());

  const markers = (commands: readonly { setPatchMarker?: { patchId?: string | null } | null }[]) =>
    commands.flatMap(({ setPatchMarker }) => setPatchMarker?.patchId ?? []);

  test('is used from its first call on, and recorded once', async () => {
    run = openRun(async () => [wf.patched('p'), wf.patched('p')]);
    const commands = await run.start();
    assert.deepEqual(resultOf(commands), [true, true]);
    assert.deepEqual(markers(commands), ['p']);
  });

  test('is not used on replay of a history without it, until the replay is over', async () => {
    run = openRun(
      async () => {
        const before = wf.patched('p');
        await wf.sleep(1);
        return [before, wf.patched('p')];
      },
      { isReplaying: true },
    );
    await run.start();
    run.activator.mutateWorkflowInfo((info) => ({ ...info, unsafe: { ...info.unsafe, isReplaying: false } }));
    assert.deepEqual(resultOf(await run.tell({ fireTimer: { seq: 1 } })), [false, true]);
  });

  test('is used on replay of a history with it', async () => {
    run = openRun(async () => wf.patched('p'), { isReplaying: true });
    run.activator.notifyHasPatch({ patchId: 'p' });
    assert.equal(resultOf(await run.start()), true);
  });

  test('is used or not as the worker says, once and for all', async () => {
    const asked: string[] = [];
    const patchActivationCallback = (_: unknown, patchId: string) => {
      asked.push(patchId);
      return patchId === 'yes';
    };
    run = openRun(async () => [wf.patched('yes'), wf.patched('no'), wf.patched('no')], { patchActivationCallback });
    const commands = await run.start();
    assert.deepEqual(resultOf(commands), [true, false, false]);
    assert.deepEqual([markers(commands), asked], [['yes'], ['yes', 'no']]);
  });

  test('cannot be asked for before there is a workflow', () => {
    run = openRun(async () => {});
    run.activator.workflow = undefined;
    assert.throws(() => wf.patched('p'), /before Workflow starts/);
  });
});
