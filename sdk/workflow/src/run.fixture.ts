/** A run of a workflow in this process, told of things as a worker would tell it. */
import './storage.fixture.ts';
import type { Payload } from '@perdure/common';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from './activator-state.ts';
import type { WorkflowCreateOptionsInternal } from './create-options.ts';
import { maybeGetActivator, setActivator } from './global-attributes.ts';
import type { WorkflowInterceptors } from './interceptors.ts';
import type { Job } from './jobs/job.ts';
import * as workerInterface from './worker-interface.ts';
import type { WorkflowInfo } from './workflow-info.ts';

export type Command = coresdk.workflow_commands.IWorkflowCommand;

export type Run = {
  readonly activator: ActivatorState;
  /** Tells the run of jobs, and returns the commands that they led to. Throws what fails the task. */
  tell(...jobs: Job[]): Promise<Command[]>;
  /** Begins the workflow function. */
  start(...args: unknown[]): Promise<Command[]>;
  dispose(): void;
};

export type RunOptions = Partial<WorkflowCreateOptionsInternal> & {
  readonly interceptors?: WorkflowInterceptors;
  readonly isReplaying?: boolean;
};

export const payload = (value: unknown): Payload => ({
  metadata: { encoding: new TextEncoder().encode('json/plain') },
  data: new TextEncoder().encode(JSON.stringify(value)),
});

export const valueIn = (given: Payload | null | undefined): unknown =>
  given?.data?.length ? JSON.parse(new TextDecoder().decode(given.data)) : undefined;

/** What the workflow function returned, as its last command has it. */
export const resultOf = (commands: readonly Command[]): unknown =>
  valueIn(commands.at(-1)?.completeWorkflowExecution?.result);

export function openRun(workflow: unknown, options: RunOptions = {}): Run {
  const { interceptors, isReplaying = false, ...given } = options;
  const workflows = () => ({ example: workflow });
  const modules = interceptors ? [{ interceptors: () => interceptors }] : [];
  workerInterface.initRuntime(createOptions(isReplaying, given), { workflows, interceptors: () => modules });
  const activator = maybeGetActivator();
  if (!activator) throw new Error('the run was not begun');
  const tell = (...jobs: Job[]) => activate(activator, jobs);
  return {
    activator,
    tell,
    start: (...args) => tell({ initializeWorkflow: { arguments: args.map(payload) } }),
    dispose() {
      setActivator(activator);
      workerInterface.dispose();
    },
  };
}

async function activate(activator: ActivatorState, jobs: Job[]): Promise<Command[]> {
  setActivator(activator);
  const start = jobs.find(({ initializeWorkflow }) => initializeWorkflow)?.initializeWorkflow;
  if (start) workerInterface.initialize(start);
  workerInterface.activate({ jobs });
  do await new Promise(setImmediate);
  while (workerInterface.tryUnblockConditions() > 0);
  return workerInterface.concludeActivation().successful?.commands ?? [];
}

function createOptions(
  isReplaying: boolean,
  given: Partial<WorkflowCreateOptionsInternal>,
): WorkflowCreateOptionsInternal {
  return {
    info: workflowInfo(isReplaying),
    randomnessSeed: [1, 2, 3, 4, 5, 6, 7, 8],
    now: 1_000_000,
    showStackTraceSources: false,
    sourceMap: { sources: [] },
    registeredActivityNames: new Set(['known']),
    getTimeOfDay: () => 5n,
    stackTracesEnabled: true,
    ...given,
  };
}

function workflowInfo(isReplaying: boolean): WorkflowInfo {
  return {
    workflowId: 'workflow id',
    runId: 'run id',
    workflowType: 'example',
    namespace: 'default',
    taskQueue: 'queue',
    firstExecutionRunId: 'run id',
    originalExecutionRunId: 'run id',
    attempt: 1,
    historyLength: 3,
    historySize: 100,
    startTime: new Date(0),
    runStartTime: new Date(0),
    taskTimeoutMs: 10_000,
    unsafe: { isReplaying, isReplayingHistoryEvents: isReplaying },
  } as unknown as WorkflowInfo;
}
