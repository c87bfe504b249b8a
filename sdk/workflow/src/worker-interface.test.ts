import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { ApplicationFailure } from '@perdure/common';
import * as wf from './index.ts';
import { openRun, payload, type Run, type RunOptions, resultOf, valueIn } from './run.fixture.ts';
import { maybeGetActivator } from './worker-interface.ts';

describe('a run', () => {
  let run: Run;
  afterEach(() => run.dispose());
  const open = (workflow: unknown, options?: RunOptions) => {
    run = openRun(workflow, options);
    return run;
  };

  test('goes from its start over a timer to its result', async () => {
    open(async (who: string) => {
      await wf.sleep('2 seconds');
      return `hello ${who}`;
    });
    const [timer] = await run.start('you');
    assert.deepEqual(
      { seq: timer?.startTimer?.seq, seconds: Number(timer?.startTimer?.startToFireTimeout?.seconds) },
      { seq: 1, seconds: 2 },
    );
    assert.equal(resultOf(await run.tell({ fireTimer: { seq: 1 } })), 'hello you');
    assert.equal(run.activator.completed, true);
  });

  test('runs signals before the workflow function, and conditions after each job', async () => {
    const seen: string[] = [];
    open(async () => {
      seen.push('begun');
      wf.setHandler(wf.defineSignal<[string]>('say'), (word) => void seen.push(word));
      await wf.condition(() => seen.length > 2);
      return seen;
    });
    const say = (word: string) => ({ signalWorkflow: { signalName: 'say', input: [payload(word)] } });
    await run.tell({ initializeWorkflow: {} }, say('one'));
    assert.deepEqual(seen, ['begun', 'one'], 'a signal without a handler waits for it');
    assert.deepEqual(resultOf(await run.tell(say('two'))), ['begun', 'one', 'two']);
  });

  test('answers a query, and refuses one that nobody can answer', async () => {
    open(async () => {
      wf.setHandler(wf.defineQuery<number>('size'), () => 7);
      wf.setHandler(wf.defineQuery('late'), async () => 1);
      await wf.condition(() => false);
    });
    await run.start();
    const ask = (queryType: string) => run.tell({ queryWorkflow: { queryId: queryType, queryType } });
    assert.equal(valueIn((await ask('size'))[0]?.respondToQuery?.succeeded?.response), 7);
    const failure = async (queryType: string) => (await ask(queryType))[0]?.respondToQuery?.failed?.message;
    assert.match(String(await failure('other')), /did not register a handler for other\. Registered queries: \[.*size/);
    assert.equal(await failure('late'), 'Query handlers should not return a Promise');
  });

  test('rejects an update that no handler was set for, at the end of the activation', async () => {
    open(() => wf.condition(() => false));
    const update = { id: 'u', protocolInstanceId: 'p', name: 'none' };
    const [response] = await run.tell({ initializeWorkflow: {} }, { doUpdate: update });
    assert.equal(response?.updateResponse?.rejected?.message, 'No registered handler for update: none');
  });

  const unknown: readonly { readonly what: string; readonly exported: unknown; readonly message: string }[] = [
    { what: 'nothing', exported: undefined, message: 'no such function is exported by the workflow bundle' },
    { what: 'a number', exported: 5, message: "expected a function, but got: 'number'" },
  ];
  for (const { what, exported, message } of unknown)
    test(`cannot begin when ${what} is exported under its name, and leaves no trace`, () => {
      assert.throws(
        () => openRun(exported),
        new TypeError(`Failed to initialize workflow of type 'example': ${message}`),
      );
      assert.equal(maybeGetActivator(), undefined);
      open(async () => {});
    });

  test('does not take a start together with answers to what it cannot have asked for', async () => {
    open(async () => {});
    await assert.rejects(
      run.tell({ initializeWorkflow: {} }, { fireTimer: { seq: 1 } }),
      /Received both initializeWorkflow/,
    );
  });

  test('takes an answer once', async () => {
    open(() => wf.condition(() => false));
    await run.start();
    const result = { completed: {} };
    await assert.rejects(run.tell({ resolveActivity: { seq: 9, result } }), /No completion for taskSeq 9/);
    await assert.rejects(run.tell({ resolveActivity: { seq: 9 } }), /with no result/);
    await assert.rejects(run.tell({ resolveActivity: { result } }), /no seq attribute/);
    assert.deepEqual(await run.tell({ fireTimer: { seq: 9 } }), [], 'a timer may have been cancelled meanwhile');
  });

  test('fails its task, not itself, when its code is wrong', async () => {
    open(async () => {
      await wf.sleep(1);
      throw new TypeError('a bug');
    });
    await run.start();
    await assert.rejects(run.tell({ fireTimer: { seq: 1 } }), new TypeError('a bug'));
  });

  test('fails itself with a failure, or with what the worker says is one', async () => {
    class Expected extends RangeError {}
    const throwing = (error: Error) => async () => {
      throw error;
    };
    const failureOf = async (error: Error, options?: RunOptions) => {
      const one = open(throwing(error), options);
      const [command] = await one.start();
      return command?.failWorkflowExecution?.failure?.message;
    };
    assert.equal(await failureOf(ApplicationFailure.create({ message: 'meant' })), 'meant');
    assert.equal(await failureOf(new Expected('named'), { failureExceptionTypeNames: ['RangeError'] }), 'named');
    assert.equal(await failureOf(new Error('any'), { failureExceptionTypeNames: ['Error'] }), 'any');
  });

  test('ends as cancelled only if it was asked to', async () => {
    const waiting = () => wf.sleep('1 day');
    open(waiting);
    await run.start();
    const commands = await run.tell({ cancelWorkflow: {} });
    assert.deepEqual(
      commands.map((command) => Object.keys(command)),
      [['cancelTimer'], ['cancelWorkflowExecution']],
    );
  });

  test('warns of handlers that its end cuts off', async () => {
    open(async () => {
      wf.setHandler(wf.defineSignal('slow'), () => wf.sleep(1000));
      await wf.sleep(1);
    });
    await run.start();
    await run.tell({ signalWorkflow: { signalName: 'slow' } }, { fireTimer: { seq: 1 } });
    const warnings = run.activator.getAndResetSinkCalls().filter(({ fnName }) => fnName === 'warn');
    assert.match(String(warnings[0]?.args[0]), /^\[TMPRL1102\] .*\[\{"name":"slow","count":1\}\]$/);
  });

  test('knows nothing of another one that takes turns with it', async () => {
    const workflow = async (name: string) => {
      const seen: unknown[] = [name];
      wf.setHandler(wf.defineSignal<[string]>('say'), (word) => void seen.push(word));
      await wf.CancellationScope.cancellable(() => wf.sleep(1));
      return [...seen, wf.uuid4()];
    };
    const other = openRun(workflow, { randomnessSeed: [9] });
    open(workflow);
    const say = (word: string) => ({ signalWorkflow: { signalName: 'say', input: [payload(word)] } });
    await other.start('other');
    await run.start('this');
    await other.tell(say('to the other'));
    await run.tell(say('to this'));
    const ends = [await run.tell({ fireTimer: { seq: 1 } }), await other.tell({ fireTimer: { seq: 1 } })];
    const [ours, theirs] = ends.map((commands) => resultOf(commands) as string[]);
    assert.deepEqual(ours?.slice(0, 2), ['this', 'to this']);
    assert.deepEqual(theirs?.slice(0, 2), ['other', 'to the other']);
    assert.notEqual(ours?.[2], theirs?.[2]);
    other.dispose();
  });

  test('is disposed of with all that was tied to it, and the first fault is told', () => {
    open(async () => {});
    const done: string[] = [];
    run.activator.workflowSandboxDestructors.push(
      () => {
        throw new Error('first');
      },
      () => void done.push('second'),
    );
    assert.throws(() => run.dispose(), new Error('first'));
    assert.deepEqual(done, ['second']);
    assert.equal(maybeGetActivator(), undefined);
    open(async () => {});
  });
});
