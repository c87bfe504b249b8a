import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { WorkflowHandle, WorkflowStartOptions } from '@perdure/client';
import { ApplicationFailure } from '@perdure/common';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@perdure/worker';
import { comparable } from '../sdk/comparable.ts';
import * as scenarios from './scenarios.ts';

interface World {
  readonly env: TestWorkflowEnvironment;
  readonly stop: () => Promise<void>;
}

let real: World;
let skipped: World;
before(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: path.join(import.meta.dirname, 'scenarios.ts') });
  real = await open(await TestWorkflowEnvironment.createLocal(), workflowBundle);
  skipped = await open(await TestWorkflowEnvironment.createTimeSkipping(), workflowBundle);
});
after(async () => {
  await real?.stop();
  await skipped?.stop();
});

async function open(env: TestWorkflowEnvironment, workflowBundle: { code: string }): Promise<World> {
  const attempts = new Map<string, number>();
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: 'q',
    identity: 'worker',
    workflowBundle,
    activities: {
      async failsTwice(key: string): Promise<string> {
        const attempt = (attempts.get(key) ?? 0) + 1;
        attempts.set(key, attempt);
        if (attempt < 3) throw ApplicationFailure.create({ message: `${key} ${attempt}` });
        return key;
      },
      neverAnswers: (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_000)),
    },
  });
  const running = worker.run();
  return {
    env,
    async stop() {
      worker.shutdown();
      await running;
      await env.teardown();
    },
  };
}

interface Scenario {
  readonly workflow: () => Promise<unknown>;
  readonly options?: Partial<WorkflowStartOptions>;
  /** What is done to the workflow from outside, `waiting` ms after its start. */
  readonly outside?: { readonly waiting: number; readonly signal: typeof scenarios.go };
}

const all: Readonly<Record<string, Scenario>> = {
  'timers, and activities that are tried again': { workflow: scenarios.timersAndRetries },
  'activities that time out, with a worker and without': { workflow: scenarios.timeouts },
  'a child that sleeps': { workflow: scenarios.family },
  'a wait that is over before the signal comes': {
    workflow: scenarios.waits,
    outside: { waiting: 600, signal: scenarios.go },
  },
  'runs that are continued': {
    workflow: scenarios.continues as () => Promise<unknown>,
    options: { args: [2] } as object,
  },
  'a workflow that is tried again': {
    workflow: scenarios.failsOnce,
    options: { retry: { initialInterval: '300 ms', maximumAttempts: 3 } },
  },
  'a delayed start': {
    workflow: scenarios.nap as () => Promise<unknown>,
    options: { args: [10], startDelay: '500 ms' } as object,
  },
  'a workflow that runs out of time': {
    workflow: scenarios.sleepsForever,
    options: { workflowRunTimeout: '4 seconds', retry: { maximumAttempts: 2, initialInterval: '200 ms' } },
  },
};

describe('real and skipped time give the same histories', { concurrency: 8 }, () => {
  for (const [name, scenario] of Object.entries(all))
    test(name, async () => {
      const [first, second] = await Promise.all([play(real, name, scenario), play(skipped, name, scenario)]);
      assert.ok(first.length >= 1 && (first[0]?.length ?? 0) >= 5);
      assert.deepEqual(second, first);
    });
});

/** The histories of all runs, without what differs between any two. */
async function play({ env }: World, name: string, { workflow, options = {}, outside }: Scenario): Promise<unknown[][]> {
  const workflowId = name.replaceAll(' ', '-');
  const start = { taskQueue: 'q', workflowId, ...options } as WorkflowStartOptions;
  const handle = await env.client.workflow.start(workflow, start);
  if (outside) {
    await env.sleep(outside.waiting);
    await hasWaited(handle);
    await handle.signal(outside.signal);
  }
  await handle.result().catch(() => undefined);
  const histories: unknown[][] = [];
  for (let runId = handle.firstExecutionRunId; runId !== ''; ) {
    const history = await env.client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.push(comparable(history));
    runId = nextRunOf(history.events?.at(-1) ?? {});
  }
  return histories;
}

/** Until a timer has fired and the worker has seen it: what comes from outside then comes after it, on any machine. */
async function hasWaited(handle: WorkflowHandle): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const { events } = await handle.fetchHistory();
    if (events?.some((event) => event.timerFiredEventAttributes) && events.at(-1)?.workflowTaskCompletedEventAttributes)
      return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the timer never fired');
}

function nextRunOf(event: object): string {
  const attributes = Object.values(event).find(
    (value) => value && typeof value === 'object' && 'newExecutionRunId' in value,
  );
  return (attributes as { newExecutionRunId?: string } | undefined)?.newExecutionRunId ?? '';
}
