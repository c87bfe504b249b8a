import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { defaultPayloadConverter, TypedSearchAttributes, toPayloads } from '@perdure/common';
import type { coresdk } from '@perdure/proto';
import Long from 'long';
import { parseBundle } from '../bundle-format.ts';
import { bundleWorkflowCode } from '../bundler.ts';
import { activate } from './activate.ts';
import { createIsolate, type Isolate } from './context.ts';
import { watchRejections } from './rejections.ts';
import { createRun, type IsolatedRun } from './run.ts';

type Completion = coresdk.workflow_completion.IWorkflowActivationCompletion;

let bundle: ReturnType<typeof parseBundle>;
before(async () => {
  const workflowsPath = path.join(import.meta.dirname, 'leaks.fixture.ts');
  bundle = parseBundle((await bundleWorkflowCode({ workflowsPath })).code);
});

let runs = 0;
const timestamp = { seconds: Long.fromNumber(1_000), nanos: 0 };

function begin(isolate: Isolate, workflowType: string): IsolatedRun {
  // What `leave` leaves behind in a context of its own hits itself.
  watchRejections(isolate);
  const runId = `run-${++runs}`;
  return createRun(isolate, {
    info: {
      ...{ workflowId: 'w', runId, workflowType, namespace: 'default', taskQueue: 'q', attempt: 1, taskTimeoutMs: 1e4 },
      ...{ firstExecutionRunId: runId, originalExecutionRunId: runId, historyLength: 3, historySize: 0 },
      ...{ continueAsNewSuggested: false, targetWorkerDeploymentVersionChanged: false },
      ...{ startTime: new Date(1e6), runStartTime: new Date(1e6), searchAttributes: {} },
      typedSearchAttributes: new TypedSearchAttributes(),
      unsafe: { now: Date.now, isReplaying: false, isReplayingHistoryEvents: false, random: { random: Math.random } },
    } as unknown as Parameters<typeof createRun>[1]['info'],
    randomnessSeed: [1, 2, 3, 4, 5, 6, 7, 8],
    now: 1e6,
    showStackTraceSources: false,
    registeredActivityNames: new Set(),
    stackTracesEnabled: false,
  });
}

function start(run: IsolatedRun, ...args: unknown[]): Completion {
  const { workflowType, runId } = run.activator.info;
  return activate(run, {
    runId,
    timestamp,
    jobs: [
      {
        initializeWorkflow: {
          workflowId: 'w',
          workflowType,
          arguments: toPayloads(defaultPayloadConverter, ...args) ?? [],
          randomnessSeed: Long.ONE,
        },
      },
    ],
  });
}

const fire = (run: IsolatedRun, seconds: number): Completion =>
  activate(run, {
    runId: run.activator.info.runId,
    timestamp: { seconds: Long.fromNumber(seconds), nanos: 0 },
    jobs: [{ fireTimer: { seq: 1 } }],
  });

function resultOf({ successful, failed }: Completion): unknown {
  assert.equal(failed ?? null, null);
  const result = successful?.commands?.find(({ completeWorkflowExecution }) => completeWorkflowExecution);
  const payload = result?.completeWorkflowExecution?.result;
  assert.ok(payload, JSON.stringify(successful?.commands));
  return defaultPayloadConverter.fromPayload(payload);
}

for (const isShared of [true, false])
  describe(isShared ? 'runs that share a context' : 'runs that have a context each', () => {
    let shared: Isolate | undefined;
    const isolate = () => {
      if (isShared) shared ??= createIsolate({ ...bundle, isShared });
      return shared ?? createIsolate({ ...bundle, isShared });
    };

    test('find nothing that another left behind', () => {
      start(begin(isolate(), 'leave'), 'mine');
      assert.deepEqual(resultOf(start(begin(isolate(), 'find'))), []);
    });

    test('keep what is theirs while others run', () => {
      const [a, b] = [begin(isolate(), 'keep'), begin(isolate(), 'keep')];
      start(a, 'a');
      start(b, 'b');
      assert.deepEqual(resultOf(fire(a, 1_001)), ['a', 'a', 'a', 1]);
      assert.deepEqual(resultOf(fire(b, 1_001)), ['b', 'b', 'b', 1]);
    });

    test('reach nothing outside', () => {
      assert.deepEqual(resultOf(start(begin(isolate(), 'reach'))), {
        process: 'ReferenceError',
        require: 'DeterminismViolationError',
        WeakRef: 'DeterminismViolationError',
        FinalizationRegistry: 'DeterminismViolationError',
        Buffer: 'ReferenceError',
        fetch: 'ReferenceError',
        setInterval: 'ReferenceError',
        performance: 'ReferenceError',
        import: 'DeterminismViolationError',
      });
    });

    test('have the time of their tasks, and chance from their seed', () => {
      const [a, b] = [begin(isolate(), 'times'), begin(isolate(), 'times')];
      start(a);
      start(b);
      const told = resultOf(fire(a, 1_060)) as unknown[];
      assert.deepEqual(told.slice(0, 2), [1_000_000, new Date(1_000_000).toISOString()]);
      assert.deepEqual(told.slice(3), [1_060_000, true, 0, 'object']);
      assert.deepEqual(resultOf(fire(b, 1_060)), told);
    });

    test('assign to what they inherit', () => {
      assert.deepEqual(resultOf(start(begin(isolate(), 'assignOnHeirs'))), [
        'Named: new',
        'old style',
        'inherited',
        ['hasOwnProperty', 'valueOf'],
      ]);
    });

    test('are refused if they are not in the bundle', () => {
      assert.throws(() => begin(isolate(), 'nowhere'), {
        name: 'TypeError',
        message: "Failed to initialize workflow of type 'nowhere': no such function is exported by the workflow bundle",
      });
    });
  });

test('a bundle of something else is refused, with a hint at whose it may be', () => {
  assert.throws(() => parseBundle('var __TEMPORAL__;'), /no Workflow bundle.*official SDK/s);
});

test('a bundle of another version is refused, with both versions', () => {
  const again = /Make it with bundleWorkflowCode/;
  const madeBy = (version: string) => `({ perdure: ${version}, run: function () {`;
  assert.throws(
    () => parseBundle(madeBy("'0.0.9'")),
    /made by 0\.0\.9 of @perdure\/worker, and this is \d+\.\d+\.\d+\./,
  );
  assert.throws(() => parseBundle(madeBy('1')), /made by another version of @perdure\/worker/);
  assert.throws(() => parseBundle(madeBy('1')), again);
});
