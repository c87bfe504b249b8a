/**
 * A server in this process and a worker made of nothing but replay: workflow code is a function from activations to
 * commands. What the code was told is written down, so that a replay of the history can be held against it.
 */
import assert from 'node:assert/strict';
import { services } from '@perdure/api';
import { coresdk, temporal } from '@perdure/proto';
import { createCore, inProcessClient, openSqlite, type UnaryClient } from '@perdure/server/testing';
import {
  addPage,
  applyCompletion,
  canAnswer,
  createRun,
  feedTask,
  needsPage,
  nextActivation,
  outstandingLocalActivities,
  queryActivation,
  type Run,
  resolveLocalActivity,
  takeAnswer,
  takeLocalActivityRequests,
  toNumber,
} from '@perdure/worker/lib/replay/index';

type Activation = coresdk.workflow_activation.IWorkflowActivation;
export type Command = coresdk.workflow_commands.IWorkflowCommand;
type Task = temporal.api.workflowservice.v1.IPollWorkflowTaskQueueResponse;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
const service = temporal.api.workflowservice.v1;

/** A run of workflow code: told of an activation's jobs, it says what it wants. */
export type Code = (activation: Activation) => Command[];
export type Workflows = { readonly [type: string]: () => Code };

export type World = {
  readonly client: UnaryClient;
  readonly taskQueue: string;
  readonly workflows: Workflows;
  /** Whether a run is forgotten after its task, so that the next one begins with a replay. */
  readonly forgets: () => boolean;
  /** What the code of each run was told, activation by activation. */
  readonly told: Map<string, string[]>;
  readonly runs: Map<string, { run: Run; code: Code }>;
  readonly isClosed: () => boolean;
  readonly close: () => Promise<void>;
};

export async function openWorld(workflows: Workflows, forgets: () => boolean): Promise<World> {
  const storage = await openSqlite({ path: ':memory:' });
  const core = await createCore(storage, {});
  await core.recover();
  let isClosed = false;
  return {
    client: inProcessClient({ services, dispatch: core.dispatch }),
    taskQueue: 'queue',
    workflows,
    forgets,
    told: new Map(),
    runs: new Map(),
    isClosed: () => isClosed,
    async close() {
      isClosed = true;
      await core.stop();
      await core.idle();
      await storage.close();
    },
  };
}

type Codec<Q, R> = {
  readonly encode: (request: Q) => { finish(): Uint8Array };
  readonly decode: (bytes: Uint8Array) => R;
};

async function call<Q extends object, R>(
  { client }: World,
  method: string,
  request: Pick<Codec<Q, never>, 'encode'>,
  response: Pick<Codec<never, R>, 'decode'>,
  body: Q,
): Promise<R> {
  const bytes = request.encode({ namespace: 'default', ...body }).finish();
  const deadlineMs = 10_000;
  return response.decode(
    await client.call('temporal.api.workflowservice.v1.WorkflowService', method, bytes, { deadlineMs }),
  );
}

export const start = (world: World, workflowId: string, type: string) =>
  call(world, 'StartWorkflowExecution', service.StartWorkflowExecutionRequest, service.StartWorkflowExecutionResponse, {
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: world.taskQueue },
    requestId: workflowId,
  });

export const signal = (world: World, workflowId: string, signalName: string) =>
  call(
    world,
    'SignalWorkflowExecution',
    service.SignalWorkflowExecutionRequest,
    service.SignalWorkflowExecutionResponse,
    { workflowExecution: { workflowId }, signalName },
  );

export const update = (world: World, workflowId: string, name: string) =>
  call(
    world,
    'UpdateWorkflowExecution',
    service.UpdateWorkflowExecutionRequest,
    service.UpdateWorkflowExecutionResponse,
    {
      workflowExecution: { workflowId },
      request: { meta: { updateId: `${workflowId}-${name}` }, input: { name } },
      waitPolicy: { lifecycleStage: 3 },
    },
  );

export const query = (world: World, workflowId: string) =>
  call(world, 'QueryWorkflow', service.QueryWorkflowRequest, service.QueryWorkflowResponse, {
    execution: { workflowId },
    query: { queryType: 'q' },
  });

/** The history of a workflow, once it is over. */
export async function historyOf(world: World, workflowId: string): Promise<HistoryEvent[]> {
  const execution = { workflowId };
  await getHistory(world, { execution, waitNewEvent: true, historyEventFilterType: 2 });
  const { history } = await getHistory(world, { execution });
  return history?.events ?? [];
}

const getHistory = (world: World, request: temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryRequest) =>
  call(
    world,
    'GetWorkflowExecutionHistory',
    service.GetWorkflowExecutionHistoryRequest,
    service.GetWorkflowExecutionHistoryResponse,
    request,
  );

/** Works on workflow tasks and activities until the world is closed. */
export async function work(world: World): Promise<void> {
  const loop = async (once: (world: World) => Promise<void>) => {
    while (!world.isClosed()) await once(world);
  };
  await Promise.all([loop(workOnTask), loop(workOnActivity)]);
}

/** Works on one workflow task, from its poll to its answer. */
async function workOnTask(world: World): Promise<void> {
  const task = await call(
    world,
    'PollWorkflowTaskQueue',
    service.PollWorkflowTaskQueueRequest,
    service.PollWorkflowTaskQueueResponse,
    { taskQueue: { name: world.taskQueue }, identity: 'worker' },
  );
  if (task.taskToken.length === 0) return;
  const runId = task.workflowExecution?.runId ?? '';
  const known = world.runs.get(runId) ?? begin(world, task);
  world.runs.set(runId, known);
  drive(known.run, known.code, task, world.told.get(runId) ?? tell(world, runId));
  if (task.query) await answerQuery(world, task, known);
  else await answer(world, task, known.run);
  if (world.forgets()) world.runs.delete(runId);
}

function tell(world: World, runId: string): string[] {
  const told: string[] = [];
  world.told.set(runId, told);
  return told;
}

function begin(world: World, task: Task): { run: Run; code: Code } {
  const workflowType = task.workflowType?.name ?? '';
  const code = world.workflows[workflowType]?.();
  if (!code) throw new Error(`there is no workflow ${workflowType}`);
  return { run: newRun(task, world.taskQueue), code };
}

const newRun = ({ workflowExecution, workflowType }: Task, taskQueue: string): Run =>
  createRun({
    namespace: 'default',
    workflowId: workflowExecution?.workflowId ?? '',
    runId: workflowExecution?.runId ?? '',
    workflowType: workflowType?.name ?? '',
    taskQueue,
    sdk: { name: 'test', version: '1' },
    deploymentVersion: null,
  });

/** Runs the code through everything that the task tells it. What it was told anew is written down. */
function drive(run: Run, code: Code, task: Task, told: string[]): void {
  feedTask(run, {
    events: task.history?.events ?? [],
    isComplete: true,
    previousStartedEventId: toNumber(task.previousStartedEventId),
    messages: task.messages ?? [],
  });
  for (let activation = nextActivation(run); activation !== null; activation = nextActivation(run)) {
    if (!activation.isReplaying) told.push(written(activation));
    complete(run, code(activation));
  }
}

/** Local activities end at once, each after a millisecond of the run's time. */
function complete(run: Run, commands: Command[]): void {
  applyCompletion(run, { commands }, Date.now());
  for (;;) {
    const { toStart } = takeLocalActivityRequests(run);
    if (toStart.length === 0) break;
    for (const { seq, attempt, originalScheduleTime } of toStart)
      resolveLocalActivity(run, seq ?? 0, {
        result: { kind: 'completed', result: payload(`local ${seq}`) },
        runtimeMs: 1,
        attempt: attempt ?? 1,
        backoff: null,
        originalScheduleTime: originalScheduleTime ?? null,
      });
  }
  assert.equal(outstandingLocalActivities(run), 0);
}

async function answer(world: World, task: Task, run: Run): Promise<void> {
  assert.ok(canAnswer(run), 'the code has been told everything');
  const { commands, messages, sdkMetadata } = takeAnswer(run);
  await call(
    world,
    'RespondWorkflowTaskCompleted',
    service.RespondWorkflowTaskCompletedRequest,
    service.RespondWorkflowTaskCompletedResponse,
    { taskToken: task.taskToken ?? new Uint8Array(0), identity: 'worker', commands, messages, sdkMetadata },
  );
}

async function answerQuery(world: World, task: Task, { run, code }: { run: Run; code: Code }): Promise<void> {
  const asked = queryActivation(run, [{ queryId: 'legacy_query', queryType: task.query?.queryType ?? '' }]);
  const { queryResults } = applyCompletion(run, { commands: code(asked) }, 0);
  const result = queryResults[0]?.succeeded?.response;
  await call(
    world,
    'RespondQueryTaskCompleted',
    service.RespondQueryTaskCompletedRequest,
    service.RespondQueryTaskCompletedResponse,
    {
      taskToken: task.taskToken ?? new Uint8Array(0),
      completedType: 1,
      queryResult: { payloads: result ? [result] : [] },
    },
  );
}

/** Works on one activity, whose result says which it was. */
async function workOnActivity(world: World): Promise<void> {
  const task = await call(
    world,
    'PollActivityTaskQueue',
    service.PollActivityTaskQueueRequest,
    service.PollActivityTaskQueueResponse,
    { taskQueue: { name: world.taskQueue }, identity: 'worker' },
  );
  if (task.taskToken.length === 0) return;
  await call(
    world,
    'RespondActivityTaskCompleted',
    service.RespondActivityTaskCompletedRequest,
    service.RespondActivityTaskCompletedResponse,
    { taskToken: task.taskToken, result: { payloads: [payload(`activity ${task.activityId}`)] } },
  );
}

export const payload = (text: string): temporal.api.common.v1.IPayload => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(text)),
});

/**
 * Replays a whole history to fresh code, given in pages of so many events, and returns what the code was told. Throws
 * where history and code part.
 */
export function replay(
  workflows: Workflows,
  { workflowId, type }: { readonly workflowId: string; readonly type: string },
  history: readonly HistoryEvent[],
  pageSize = history.length,
): string[] {
  const code = workflows[type]?.();
  if (!code) throw new Error(`there is no workflow ${type}`);
  const run = newRun({ workflowType: { name: type }, workflowExecution: { workflowId } }, 'queue');
  const told: string[] = [];
  let given = Math.min(pageSize, history.length);
  feedTask(run, {
    events: history.slice(0, given),
    isComplete: given === history.length,
    previousStartedEventId: Number.MAX_SAFE_INTEGER,
    messages: [],
  });
  for (;;) {
    while (needsPage(run)) {
      const page = history.slice(given, given + pageSize);
      given += page.length;
      addPage(run, page, given === history.length);
    }
    const activation = nextActivation(run);
    if (activation !== null) {
      told.push(written(activation));
      complete(run, code(activation));
    } else if (!needsPage(run)) return told;
  }
}

/**
 * An activation as text, without what differs between new work and a replay: validators do not run again, and patches
 * are told of ahead.
 */
function written({ jobs, timestamp }: Activation): string {
  const told = (jobs ?? []).filter(({ notifyHasPatch }) => !notifyHasPatch);
  const shown = told.map((job) => coresdk.workflow_activation.WorkflowActivationJob.create(job).toJSON());
  for (const job of shown) if (job['doUpdate']) delete job['doUpdate']['runValidator'];
  return JSON.stringify({ seconds: timestamp?.seconds?.toString(), nanos: timestamp?.nanos, jobs: shown });
}
