/** Runs a workflow over both packages, tells both the same, and looks for where they differ. */
import assert from 'node:assert/strict';
import { Script } from 'node:vm';
import { coresdk } from '@perdure/proto';
import { bundle, type Side } from './bundle.ts';
import { type Activation, type Begin, type Completion, type Isolate, openIsolate, type SinkCalls } from './isolate.ts';
import { activation, newWorld, nextActivation, payload, queries, takeIn, type World } from './world.ts';

/** Begins a run. What the run cannot begin with is thrown. */
export type Open = (begin: Begin) => Isolate;

/** A side of the comparison that is nothing but the package in a context. */
export async function openerOf(side: Side): Promise<Open> {
  const script = new Script(await bundle(side), { filename: `${side}.js` });
  return (begin) => openIsolate(script, begin, side === 'official');
}

const { WorkflowActivationCompletion } = coresdk.workflow_completion;

/** A completion as comparable as it gets: of stack traces only what does not name files. */
function plain(completion: Completion): unknown {
  const object = WorkflowActivationCompletion.fromObject(completion).toJSON();
  return JSON.parse(JSON.stringify(object), (key, value) => (key === 'stackTrace' ? firstLine(value) : value));
}

const firstLine = (stack: string) =>
  stack.split('\n', 1)[0]?.replace(/^.*\.js:\d+$|^\w*Error: .*/, 'a place in the bundle');

function plainCalls(calls: SinkCalls): unknown {
  const shown = calls.map(({ ifaceName, fnName, args, workflowInfo }) => ({ ifaceName, fnName, args, workflowInfo }));
  const text = JSON.stringify(shown, (key, value) => {
    const isError = typeof value === 'object' && value !== null && 'stack' in value;
    return key === 'error' && isError ? `${value.name}: ${value.message}` : key === 'failure' ? undefined : value;
  });
  return JSON.parse(text ?? '[]');
}

export type Scenario = {
  readonly workflowType: string;
  readonly args?: unknown[];
  readonly seed: number;
  /** How many activations are replayed, with which flags, written by which version. */
  readonly replayed?: number;
  readonly flags?: number[];
  readonly lastSdkVersion?: string;
  readonly buildId?: string;
  readonly patches?: string[];
  readonly intercepted?: boolean;
  readonly converted?: boolean;
  readonly failureExceptionTypeNames?: string[];
  readonly patchActivationCallback?: Begin['patchActivationCallback'];
};

/** Runs the scenario on both sides, and returns how many commands there were. Throws where they part. */
export function compare(scenario: Scenario, openOfficial: Open, openOurs: Open): number {
  const world = newWorld(scenario.seed);
  const official = open(openOfficial, scenario);
  const perdure = open(openOurs, scenario);
  if (typeof official === 'string' || typeof perdure === 'string') {
    assert.equal(perdure, official);
    return 0;
  }
  let commands = 0;
  let next: Activation | undefined = firstActivation(world, scenario);
  let count = 0;
  for (; next && count < 80; count++) {
    const given = next;
    const expected: Completion = official.activate(given);
    const actual: Completion = perdure.activate(given);
    assert.deepEqual(plain(actual), plain(expected), `activation ${count} of ${JSON.stringify(scenario)}`);
    assert.deepEqual(plainCalls(perdure.sinkCalls()), plainCalls(official.sinkCalls()));
    commands += expected.successful?.commands?.length ?? 0;
    if (!given.jobs?.some(({ queryWorkflow }) => queryWorkflow)) takeIn(world, expected);
    if (world.chance.below(6) === 0 && !world.isOver) next = queries(world);
    else next = following(world, scenario, count + 1);
  }
  official.dispose();
  perdure.dispose();
  return commands;
}

/** The run on one side, or what it could not begin with. */
function open(openRun: Open, scenario: Scenario): Isolate | string {
  const { failureExceptionTypeNames, patchActivationCallback } = scenario;
  try {
    return openRun({
      info: infoOf(scenario),
      seed: [1, 2, 3, 4, 5, 6, 7, scenario.seed & 0xff],
      localActivities: ['one', 'two', 'quick', 'flaky', 'slow', 'hopeless'],
      intercepted: scenario.intercepted ?? false,
      converted: scenario.converted ?? false,
      ...(failureExceptionTypeNames && { failureExceptionTypeNames }),
      ...(patchActivationCallback && { patchActivationCallback }),
    });
  } catch (error) {
    return String(error);
  }
}

function infoOf({ workflowType }: Scenario): Begin['info'] {
  const date = new Date(1_000_000);
  return {
    workflowId: 'workflow',
    runId: 'run',
    workflowType,
    searchAttributes: {},
    typedSearchAttributes: undefined as never,
    parent: { workflowId: 'parent', runId: 'parent run', namespace: 'default' },
    historyLength: 3,
    historySize: 300,
    continueAsNewSuggested: false,
    targetWorkerDeploymentVersionChanged: false,
    taskQueue: 'queue',
    namespace: 'default',
    firstExecutionRunId: 'first run',
    originalExecutionRunId: 'run',
    startTime: date,
    runStartTime: date,
    taskTimeoutMs: 10_000,
    attempt: 1,
    retryPolicy: { initialInterval: 1000, nonRetryableErrorTypes: ['X'] },
  };
}

function firstActivation(world: World, scenario: Scenario): Activation {
  world.count = 1;
  const { args = [], patches = [] } = scenario;
  const start = {
    workflowType: scenario.workflowType,
    arguments: args.map(payload),
    headers: { h: payload('header') },
    memo: { fields: { begun: payload('with this') } },
    searchAttributes: {
      indexedFields: {
        CustomKeyword: { ...payload(['k']), metadata: { ...payload(0).metadata, type: bytes('Keyword') } },
      },
    },
    lastCompletionResult: { payloads: [payload('last')] },
    continuedFailure: { message: 'before', applicationFailureInfo: { type: 'Before' } },
  };
  const isReplaying = (scenario.replayed ?? 0) > 0;
  const known = isReplaying ? patches.map((patchId) => ({ notifyHasPatch: { patchId } })) : [];
  return versioned(
    activation(world, [{ initializeWorkflow: start }, ...known], isReplaying, scenario.flags ?? []),
    scenario,
  );
}

const bytes = (text: string) => new TextEncoder().encode(text);

function following(world: World, scenario: Scenario, count: number): Activation | undefined {
  const isReplaying = count < (scenario.replayed ?? 0);
  const next = nextActivation(world, isReplaying, isReplaying ? (scenario.flags ?? []) : []);
  return next && versioned(next, scenario);
}

const versioned = (given: Activation, { lastSdkVersion, buildId }: Scenario): Activation => ({
  ...given,
  ...(lastSdkVersion !== undefined && { lastSdkVersion }),
  ...(buildId !== undefined && { deploymentVersionForCurrentTask: { buildId, deploymentName: 'd' } }),
});
