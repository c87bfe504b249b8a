/**
 * What happens to a run, made up: whatever the code asks for is answered some time, one way or another, and signals,
 * updates, queries and cancellations come in between. The same seed makes up the same.
 */
import type { coresdk, temporal } from '@perdure/proto';
import Long from 'long';
import type { Activation, Completion, Job } from './isolate.ts';

type Command = coresdk.workflow_commands.IWorkflowCommand;
type Failure = temporal.api.failure.v1.IFailure;

/** What the code waits for, and the ways in which it may be answered. */
type Pending = { readonly key: string; answers: (() => Job)[]; following?: () => Pending };

export type Chance = {
  /** At least 0 and less than the bound. */
  below(bound: number): number;
  one<T>(things: readonly T[]): T;
};

export function chance(seed: number): Chance {
  let state = seed | 0;
  const below = (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return Math.floor((((state >>> 8) & 0xffffff) / 0x1000000) * bound);
  };
  return { below, one: (things) => things[below(things.length)] as never };
}

export const payload = (value: unknown): temporal.api.common.v1.IPayload => ({
  metadata: { encoding: new TextEncoder().encode('json/plain') },
  data: new TextEncoder().encode(JSON.stringify(value)),
});

const applicationFailure: Failure = {
  message: 'it failed',
  source: 'elsewhere',
  stackTrace: '    at elsewhere',
  applicationFailureInfo: { type: 'Fault', nonRetryable: true, details: { payloads: [payload({ at: 1 })] } },
};
const cancelledFailure: Failure = { message: 'cancelled', canceledFailureInfo: {} };
const activityFailure = (cause: Failure): Failure => ({
  message: 'Activity task failed',
  cause,
  activityFailureInfo: { activityId: '1', activityType: { name: 'a' }, identity: 'w', retryState: 2 },
});
const childFailure = (cause: Failure): Failure => ({
  message: 'Child Workflow execution failed',
  cause,
  childWorkflowExecutionFailureInfo: {
    namespace: 'default',
    workflowExecution: { workflowId: 'c', runId: 'r' },
    workflowType: { name: 'c' },
    retryState: 5,
  },
});

const results = [payload(7), payload('text'), { metadata: { encoding: new TextEncoder().encode('binary/null') } }];

export type World = {
  readonly chance: Chance;
  readonly pending: Map<string, Pending>;
  readonly cancelRequested: Set<string>;
  signals: string[];
  updates: string[];
  isOver: boolean;
  isCancelled: boolean;
  seconds: number;
  count: number;
};

export const newWorld = (seed: number): World => ({
  chance: chance(seed),
  pending: new Map(),
  cancelRequested: new Set(),
  signals: ['poke', 'stop', 'say', 'release', 'leave', 'goOn', 'unheard'],
  updates: ['change', 'slowChange', 'plus', 'plusDouble', 'whenReleased', 'unheard'],
  isOver: false,
  isCancelled: false,
  seconds: 1000,
  count: 0,
});

/** Takes in what the code asked for. */
export function takeIn(world: World, completion: Completion): void {
  if (completion.failed) world.isOver = true;
  for (const command of completion.successful?.commands ?? []) note(world, command);
}

function note(world: World, command: Command): void {
  const { pending } = world;
  const await_ = (one: Pending) => pending.set(one.key, one);
  if (command.startTimer) {
    const seq = command.startTimer.seq ?? 0;
    await_({ key: `timer ${seq}`, answers: [() => ({ fireTimer: { seq } })] });
  } else if (command.cancelTimer) pending.delete(`timer ${command.cancelTimer.seq}`);
  else if (command.scheduleActivity) await_(activity(world, command.scheduleActivity, false));
  else if (command.scheduleLocalActivity) await_(activity(world, command.scheduleLocalActivity, true));
  else if (command.requestCancelActivity) cancelActivity(world, command.requestCancelActivity.seq ?? 0);
  else if (command.requestCancelLocalActivity) cancelActivity(world, command.requestCancelLocalActivity.seq ?? 0);
  else if (command.startChildWorkflowExecution) await_(child(world, command.startChildWorkflowExecution));
  else if (command.cancelChildWorkflowExecution)
    cancelChild(world, command.cancelChildWorkflowExecution.childWorkflowSeq ?? 0);
  else if (command.scheduleNexusOperation) await_(operation(world, command.scheduleNexusOperation.seq ?? 0));
  else if (command.requestCancelNexusOperation) cancelOperation(world, command.requestCancelNexusOperation.seq ?? 0);
  else if (command.signalExternalWorkflowExecution) {
    const seq = command.signalExternalWorkflowExecution.seq ?? 0;
    await_({
      key: `signal ${seq}`,
      answers: [
        () => ({ resolveSignalExternalWorkflow: { seq } }),
        () => ({ resolveSignalExternalWorkflow: { seq, failure: applicationFailure } }),
      ],
    });
  } else if (command.cancelSignalWorkflow) {
    const seq = command.cancelSignalWorkflow.seq ?? 0;
    await_({
      key: `signal ${seq}`,
      answers: [() => ({ resolveSignalExternalWorkflow: { seq, failure: cancelledFailure } })],
    });
  } else if (command.requestCancelExternalWorkflowExecution) {
    const seq = command.requestCancelExternalWorkflowExecution.seq ?? 0;
    await_({
      key: `cancel ${seq}`,
      answers: [
        () => ({ resolveRequestCancelExternalWorkflow: { seq } }),
        () => ({ resolveRequestCancelExternalWorkflow: { seq, failure: applicationFailure } }),
      ],
    });
  } else if (
    command.completeWorkflowExecution ||
    command.failWorkflowExecution ||
    command.cancelWorkflowExecution ||
    command.continueAsNewWorkflowExecution
  )
    world.isOver = true;
}

function activity(
  { chance: { one } }: World,
  schedule: coresdk.workflow_commands.IScheduleActivity | coresdk.workflow_commands.IScheduleLocalActivity,
  isLocal: boolean,
): Pending {
  const seq = schedule.seq ?? 0;
  const answer = (result: coresdk.activity_result.IActivityResolution) => () => ({
    resolveActivity: { seq, result, isLocal },
  });
  const wrapped = activityFailure(applicationFailure);
  const attempt = 'attempt' in schedule ? (schedule.attempt ?? 1) : 1;
  const backoffDuration = { seconds: Long.fromNumber(2), nanos: 5_000_000 };
  const originalScheduleTime = { seconds: Long.fromNumber(999), nanos: 0 };
  return {
    key: `activity ${seq}`,
    answers: [
      answer({ completed: { result: one(results) } }),
      answer({ completed: {} }),
      answer({ failed: { failure: isLocal ? one([applicationFailure, wrapped]) : wrapped } }),
      ...(isLocal && attempt < 4
        ? [answer({ backoff: { attempt: attempt + 1, backoffDuration, originalScheduleTime } })]
        : []),
    ],
  };
}

function cancelActivity(world: World, seq: number): void {
  const waiting = world.pending.get(`activity ${seq}`);
  const failure = activityFailure(cancelledFailure);
  const cancelled = () => ({ resolveActivity: { seq, result: { cancelled: { failure } } } });
  if (waiting)
    waiting.answers = world.chance.below(2) === 0 ? [cancelled] : [cancelled, ...waiting.answers.slice(0, 1)];
}

function child(world: World, start: coresdk.workflow_commands.IStartChildWorkflowExecution): Pending {
  const seq = start.seq ?? 0;
  const end = (result: coresdk.child_workflow.IChildWorkflowResult) => () => ({
    resolveChildWorkflowExecution: { seq, result },
  });
  const ends: Pending = {
    key: `child ${seq}`,
    answers: [
      end({ completed: { result: world.chance.one(results) } }),
      end({ failed: { failure: childFailure(applicationFailure) } }),
    ],
  };
  const { workflowId, workflowType } = start;
  const exists = { workflowId: workflowId ?? '', workflowType: workflowType ?? '', cause: 1 };
  const begun = () => ({ resolveChildWorkflowExecutionStart: { seq, succeeded: { runId: `run ${seq}` } } });
  return {
    key: `child ${seq}`,
    answers: [begun, begun, () => ({ resolveChildWorkflowExecutionStart: { seq, failed: exists } })],
    following: () => ends,
  };
}

function cancelChild(world: World, seq: number): void {
  const waiting = world.pending.get(`child ${seq}`);
  if (!waiting) return;
  const failure = childFailure(cancelledFailure);
  if (waiting.following) {
    waiting.answers = [() => ({ resolveChildWorkflowExecutionStart: { seq, cancelled: { failure } } })];
    delete waiting.following;
  } else
    waiting.answers = [
      () => ({ resolveChildWorkflowExecution: { seq, result: { cancelled: { failure } } } }),
      ...waiting.answers.slice(0, 1),
    ];
}

const nexusFailure = (cause: Failure): Failure => ({
  message: 'nexus operation completed unsuccessfully',
  cause,
  nexusOperationExecutionFailureInfo: { endpoint: 'there', service: 'greeter', operation: 'greet' },
});

const operationEnds = (seq: number, result: coresdk.nexus.INexusOperationResult) => () => ({
  resolveNexusOperation: { seq, result },
});

function operation(world: World, seq: number): Pending {
  const key = `operation ${seq}`;
  const completed = operationEnds(seq, { completed: world.chance.one(results) });
  const failed = operationEnds(seq, { failed: nexusFailure(applicationFailure) });
  const timedOut = operationEnds(seq, { timedOut: nexusFailure({ message: 'late', timeoutFailureInfo: {} }) });
  return {
    key,
    answers: [
      completed,
      failed,
      () => ({ resolveNexusOperationStart: { seq, operationToken: `token ${seq}` } }),
      () => ({ resolveNexusOperationStart: { seq, startedSync: true } }),
      () => ({ resolveNexusOperationStart: { seq, failed: nexusFailure(applicationFailure) } }),
    ],
    following: () => ({ key, answers: [completed, failed, timedOut] }),
  };
}

function cancelOperation(world: World, seq: number): void {
  const waiting = world.pending.get(`operation ${seq}`);
  const cancelled = operationEnds(seq, { cancelled: nexusFailure(cancelledFailure) });
  if (waiting) waiting.answers = [cancelled, ...waiting.answers.slice(0, 1)];
}

const values = [5, 'word', 'no', 'never', 'bug', 'fail', undefined];

/** What the code is told next; `undefined` when there is nothing left to tell. */
export function nextActivation(world: World, isReplaying: boolean, flags: number[]): Activation | undefined {
  const { chance, pending } = world;
  if (world.isOver) return undefined;
  world.count++;
  world.seconds += chance.below(5);
  const first: Job[] = [];
  const then: Job[] = [];
  if (world.count === 1) throw new Error('the first activation starts the workflow');
  for (let n = chance.below(10) < 4 ? 1 + chance.below(2) : 0; n > 0; n--) first.push(message(world, isReplaying));
  if (!world.isCancelled && chance.below(25) === 0) {
    world.isCancelled = true;
    then.push({ cancelWorkflow: { reason: 'enough' } });
  }
  for (let n = 1 + chance.below(3); n > 0 && pending.size > 0; n--) then.push(answer(world));
  if (chance.below(30) === 0) then.push({ updateRandomSeed: { randomnessSeed: Long.fromNumber(world.count, true) } });
  const jobs = [...first, ...then];
  if (jobs.length === 0)
    return pending.size === 0 && world.count > 30
      ? undefined
      : activation(world, [message(world, isReplaying)], isReplaying, flags);
  return activation(world, jobs, isReplaying, flags);
}

function answer(world: World): Job {
  const { chance, pending } = world;
  const one = chance.one([...pending.values()]);
  const job = chance.one(one.answers)();
  pending.delete(one.key);
  const { resolveChildWorkflowExecutionStart: child, resolveNexusOperationStart: nexus } = job;
  const isStarted = child?.succeeded || (nexus && !nexus.failed);
  const goesOn = isStarted ? one.following?.() : undefined;
  if (goesOn) pending.set(goesOn.key, goesOn);
  return job;
}

function message(world: World, isReplaying: boolean): Job {
  const { chance, count } = world;
  const value = chance.one(values);
  const input = value === undefined ? [] : [payload(value)];
  if (chance.below(3) > 0) {
    const signalName = chance.one(world.signals);
    return { signalWorkflow: { signalName, input, originatingEventId: Long.fromNumber(count) } };
  }
  const id = `update ${count} ${chance.below(1000)}`;
  const name = chance.one(world.updates);
  return { doUpdate: { id, protocolInstanceId: id, name, input, runValidator: !isReplaying } };
}

export function activation(world: World, jobs: Job[], isReplaying: boolean, flags: number[]): Activation {
  return {
    runId: 'run',
    timestamp: { seconds: Long.fromNumber(world.seconds), nanos: 0 },
    isReplaying,
    historyLength: world.count * 3,
    historySizeBytes: Long.fromNumber(world.count * 100),
    availableInternalFlags: flags,
    jobs,
  };
}

/** A question or two, which change nothing. */
export function queries(world: World): Activation {
  const names = ['ask', '__temporal_workflow_metadata', '__stack_trace', 'unheard'];
  const jobs = [0, 1].map((n) => ({
    queryWorkflow: { queryId: `q${n}`, queryType: world.chance.one(names), arguments: [payload(n)] },
  }));
  return { runId: 'run', isReplaying: false, jobs };
}
