/**
 * A server in this process, and the workflow half of a worker in front of it: what a worker's main half does is done
 * here in the plainest way.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { services as apiServices } from '@perdure/api';
import { defaultPayloadConverter, toPayloads } from '@perdure/common';
import { temporal } from '@perdure/proto';
import { createCore, inProcessClient, openSqlite, type UnaryClient } from '@perdure/server/testing';
import { parseBundle } from '@perdure/worker/lib/workflow/bundle-format';
import { bundleWorkflowCode } from '@perdure/worker/lib/workflow/bundler';
import { createWorkflowHost } from '@perdure/worker/lib/workflow/create-host';
import type {
  HostServices,
  WorkflowHost,
  WorkflowHostOptions,
  WorkflowTaskAnswer,
} from '@perdure/worker/lib/workflow/host';
import Long from 'long';

const service = temporal.api.workflowservice.v1;
type Payloads = temporal.api.common.v1.IPayloads;

export type World = {
  readonly client: UnaryClient;
  readonly close: () => Promise<void>;
};

export async function openWorld(): Promise<World> {
  const storage = await openSqlite({ path: ':memory:' });
  const core = await createCore(storage, {});
  await core.recover();
  return {
    client: inProcessClient({ services: apiServices, dispatch: core.dispatch }),
    async close() {
      await core.stop();
      await core.idle();
      await storage.close();
    },
  };
}

type Coded<Q, R> = readonly [
  method: string,
  request: { encode(request: Q): { finish(): Uint8Array } },
  response: { decode(bytes: Uint8Array): R },
];

const bytesOf = ({ client }: World, method: string, body: Uint8Array): Promise<Uint8Array> =>
  client.call('temporal.api.workflowservice.v1.WorkflowService', method, body, { deadlineMs: 30_000 });

async function call<Q, R>(world: World, [method, request, response]: Coded<Q, R>, body: Q): Promise<R> {
  return response.decode(await bytesOf(world, method, request.encode({ namespace: 'default', ...body }).finish()));
}

const calls = {
  start: ['StartWorkflowExecution', service.StartWorkflowExecutionRequest, service.StartWorkflowExecutionResponse],
  signal: ['SignalWorkflowExecution', service.SignalWorkflowExecutionRequest, service.SignalWorkflowExecutionResponse],
  query: ['QueryWorkflow', service.QueryWorkflowRequest, service.QueryWorkflowResponse],
  update: ['UpdateWorkflowExecution', service.UpdateWorkflowExecutionRequest, service.UpdateWorkflowExecutionResponse],
  history: [
    'GetWorkflowExecutionHistory',
    service.GetWorkflowExecutionHistoryRequest,
    service.GetWorkflowExecutionHistoryResponse,
  ],
  pollActivity: ['PollActivityTaskQueue', service.PollActivityTaskQueueRequest, service.PollActivityTaskQueueResponse],
  completeActivity: [
    'RespondActivityTaskCompleted',
    service.RespondActivityTaskCompletedRequest,
    service.RespondActivityTaskCompletedResponse,
  ],
} as const;

export const taskQueue = 'queue';

export const start = (world: World, workflowId: string, type: string, ...args: unknown[]) =>
  startWithin(world, type === 'patient' ? 1 : 10, workflowId, type, ...args);

/** With a time in seconds within which a worker must answer a task. */
export const startWithin = (world: World, seconds: number, workflowId: string, type: string, ...args: unknown[]) =>
  call(world, calls.start, {
    workflowTaskTimeout: { seconds: Long.fromNumber(seconds), nanos: 0 },
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: taskQueue },
    requestId: workflowId,
    input: { payloads: toPayloads(defaultPayloadConverter, ...args) ?? [] },
  });

export const signal = (world: World, workflowId: string, signalName: string, ...args: unknown[]) =>
  call(world, calls.signal, {
    workflowExecution: { workflowId },
    signalName,
    input: { payloads: toPayloads(defaultPayloadConverter, ...args) ?? [] },
  });

export async function query(world: World, workflowId: string, queryType: string): Promise<unknown> {
  const { queryResult } = await call(world, calls.query, { execution: { workflowId }, query: { queryType } });
  return firstOf(queryResult);
}

export async function update(world: World, workflowId: string, name: string, ...args: unknown[]): Promise<unknown> {
  const { outcome } = await call(world, calls.update, {
    workflowExecution: { workflowId },
    request: {
      meta: { updateId: `${workflowId}-${name}-${args[0]}` },
      input: { name, args: { payloads: toPayloads(defaultPayloadConverter, ...args) ?? [] } },
    },
    waitPolicy: { lifecycleStage: 3 },
  });
  if (outcome?.failure) throw new Error(outcome.failure.message ?? '');
  return firstOf(outcome?.success);
}

function firstOf(payloads: Payloads | null | undefined): unknown {
  const [payload] = payloads?.payloads ?? [];
  return payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
}

export async function historyOf(world: World, workflowId: string): Promise<temporal.api.history.v1.IHistoryEvent[]> {
  const { history } = await call(world, calls.history, { execution: { workflowId } });
  return history?.events ?? [];
}

/** How a workflow ended: its result, or the failure. Waits for it. */
export async function resultOf(world: World, workflowId: string): Promise<unknown> {
  const { history } = await call(world, calls.history, {
    execution: { workflowId },
    waitNewEvent: true,
    historyEventFilterType: 2,
  });
  const [event] = history?.events ?? [];
  const { workflowExecutionCompletedEventAttributes: completed, workflowExecutionFailedEventAttributes: failed } =
    event ?? {};
  if (completed) return firstOf(completed.result);
  throw new Error(failed?.failure?.message ?? `the workflow ended with event ${event?.eventType}`);
}

let bundles: Map<string, Promise<WorkflowHostOptions['bundle']>> | undefined;

export function bundleOf(workflowsPath: string): Promise<WorkflowHostOptions['bundle']> {
  bundles ??= new Map();
  const known = bundles.get(workflowsPath);
  if (known !== undefined) return known;
  const made = bundleWorkflowCode({ workflowsPath }).then(({ code }) => parseBundle(code));
  bundles.set(workflowsPath, made);
  return made;
}

export const workflowsPath = path.join(import.meta.dirname, 'workflows.ts');

export type Worker = {
  readonly host: WorkflowHost;
  readonly answers: WorkflowTaskAnswer[];
  /** Lets the tasks at hand end, and stops. */
  readonly stop: () => Promise<void>;
};

export type WorkerOptions = Partial<WorkflowHostOptions> & {
  readonly workflows?: string;
  readonly services?: Partial<HostServices>;
  /** How many tasks are worked on at the same time. */
  readonly pollers?: number;
  /** How many tasks are worked on before the worker stops by itself. */
  readonly tasks?: number;
  readonly onTask?: (task: Uint8Array) => void;
  readonly activities?: Record<string, (...args: never[]) => unknown>;
};

/** A logger that says nothing. */
export const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** The workflow half of a worker, with what is given in the place of what is usual. */
export async function createHost(
  options: Partial<WorkflowHostOptions>,
  services: Partial<HostServices> = {},
  workflows = workflowsPath,
): Promise<WorkflowHost> {
  return await createWorkflowHost(
    {
      bundle: await bundleOf(workflows),
      namespace: 'default',
      taskQueue,
      maxCachedWorkflows: 100,
      workflowThreadPoolSize: 0,
      isolateExecutionTimeoutMs: Number.POSITIVE_INFINITY,
      reuseV8Context: true,
      showStackTraceSources: false,
      registeredActivityNames: new Set(),
      maxEagerActivities: 0,
      sdk: { name: 'test', version: '1' },
      logger: quiet,
      ...options,
    },
    {
      historyPage: () => Promise.reject(new Error('there is no server')),
      runLocalActivity: () => Promise.reject(new Error('there are no activities')),
      cancelLocalActivities() {},
      sinkCalls() {},
      ...services,
    },
  );
}

export async function startWorker(world: World, given: WorkerOptions = {}): Promise<Worker> {
  const { workflows, services, pollers = 1, tasks = Infinity, activities, onTask, ...options } = given;
  const answers: WorkflowTaskAnswer[] = [];
  const host = await createHost(
    { registeredActivityNames: new Set(Object.keys(activities ?? {})), ...options },
    {
      historyPage: ({ workflowId, runId, nextPageToken }) =>
        bytesOf(
          world,
          'GetWorkflowExecutionHistory',
          service.GetWorkflowExecutionHistoryRequest.encode({
            namespace: 'default',
            execution: { workflowId, runId },
            nextPageToken,
          }).finish(),
        ),
      runLocalActivity: async ({ schedule }) => ({
        result: { kind: 'completed', result: resultOfActivity(activities, schedule.activityType, schedule.arguments) },
        attempt: 1,
        runtimeMs: 1,
        originalScheduleTimeMs: Date.now(),
      }),
      ...services,
    },
    workflows,
  );
  let left = tasks;
  let isStopped = false;
  const loop = async () => {
    while (!isStopped && left-- > 0) await workOnTask(world, host, answers, onTask);
  };
  const activityLoop = async () => {
    while (!isStopped) await workOnActivity(world, activities);
  };
  const loops = [...Array.from({ length: pollers }, loop), ...(activities ? [activityLoop()] : [])];
  return {
    host,
    answers,
    async stop() {
      isStopped = true;
      await Promise.race([Promise.all(loops), world.close()]);
      await Promise.allSettled(loops);
      await host.shutdown();
    },
  };
}

/** One task from its poll to its answer, and those that come with answers. */
async function workOnTask(
  world: World,
  host: WorkflowHost,
  answers: WorkflowTaskAnswer[],
  onTask: WorkerOptions['onTask'],
): Promise<void> {
  let task = await pollTask(world);
  while (service.PollWorkflowTaskQueueResponse.decode(task).taskToken.length > 0) {
    onTask?.(task);
    const answer = await host.handleTask(task);
    answers.push(answer);
    task = new Uint8Array(0);
    if (answer.kind === 'none') return;
    const response = await sendAnswer(world, answer);
    if (answer.kind !== 'completed') return;
    const { workflowTask, resetHistoryEventId } = service.RespondWorkflowTaskCompletedResponse.decode(response);
    host.taskAnswered(answer.runId, { resetHistoryEventId: Number(resetHistoryEventId) });
    if (workflowTask) task = service.PollWorkflowTaskQueueResponse.encode(workflowTask).finish();
  }
}

export function pollTask(world: World): Promise<Uint8Array> {
  const request = { namespace: 'default', taskQueue: { name: taskQueue }, identity: 'worker' };
  return bytesOf(world, 'PollWorkflowTaskQueue', service.PollWorkflowTaskQueueRequest.encode(request).finish());
}

export const sendAnswer = (world: World, answer: Exclude<WorkflowTaskAnswer, { kind: 'none' }>): Promise<Uint8Array> =>
  bytesOf(world, methods[answer.kind], answer.request);

const methods = {
  completed: 'RespondWorkflowTaskCompleted',
  failed: 'RespondWorkflowTaskFailed',
  query: 'RespondQueryTaskCompleted',
} as const;

async function workOnActivity(world: World, activities: WorkerOptions['activities']): Promise<void> {
  const task = await call(world, calls.pollActivity, { taskQueue: { name: taskQueue }, identity: 'worker' });
  if (task.taskToken.length === 0) return;
  const result = resultOfActivity(activities, task.activityType?.name, task.input?.payloads);
  await call(world, calls.completeActivity, { taskToken: task.taskToken, result: { payloads: [result] } });
}

function resultOfActivity(
  activities: WorkerOptions['activities'],
  type: string | null | undefined,
  given: readonly temporal.api.common.v1.IPayload[] | null | undefined,
): temporal.api.common.v1.IPayload {
  const activity = activities?.[type ?? ''] as ((...args: unknown[]) => unknown) | undefined;
  if (!activity) throw new Error(`there is no activity ${type}`);
  return defaultPayloadConverter.toPayload(
    activity(...(given ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload))),
  );
}

/** Waits for something that happens elsewhere. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail('it never happened');
}
