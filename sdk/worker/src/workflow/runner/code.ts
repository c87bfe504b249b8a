/** The code of a run: begun, told what happens, disposed of. */
import type { coresdk } from '@perdure/proto';
import type { SinkCall } from '@perdure/workflow';
import { UnhandledRejectionError } from '../../errors.ts';
import { toMilliseconds } from '../../replay/time.ts';
import { activate, failed } from '../isolate/activate.ts';
import type { IsolatedRun } from '../isolate/run.ts';
import { limited } from '../isolate/time-limit.ts';
import type { KnownRun } from './known-run.ts';
import { place } from './place.ts';
import { type Runner, timeLimit } from './state.ts';
import { timeOf, workflowInfoOf } from './workflow-info.ts';

type Activation = coresdk.workflow_activation.IWorkflowActivation;
type Completion = coresdk.workflow_completion.IWorkflowActivationCompletion;

/** What is looked at closely in a run that is replayed to answer a question. */
export type Watching = {
  /** Whether it is remembered where promises are made. */
  readonly stackTracesEnabled?: boolean;
  /** Told of each command that code gives, and of the line where it does. */
  readonly onCommand?: (command: coresdk.workflow_commands.IWorkflowCommand, place: string) => void;
};

function watchCommands({ activator, isolate }: IsolatedRun, onCommand: NonNullable<Watching['onCommand']>): void {
  const { pushCommand } = activator;
  activator.pushCommand = (command, complete) => {
    // Writing the trace is what finds the frames.
    void new isolate.context.Error().stack;
    if (isolate.frames.users !== null) onCommand(command, isolate.frames.users);
    pushCommand.call(activator, command, complete);
  };
}

/** Tells the code of a run something, beginning it if need be. Resolves when it has done what it can. Never rejects. */
export async function tell(
  runner: Runner,
  known: KnownRun,
  activation: Activation,
  watching: Watching = {},
): Promise<Completion> {
  const { services } = runner;
  if (services.beforeActivation) await services.beforeActivation(activation.historyLength ?? 0);
  // Whose a rejection is can be told only if no other run's code has run in the same turn of the event loop.
  const before = runner.lastTurn;
  const turn = Promise.withResolvers<void>();
  runner.lastTurn = turn.promise;
  services.turnAsked?.();
  await before;
  try {
    const completion = tellCode(runner, known, activation, watching);
    // Rejections that nobody handles are reported when this turn is over.
    await nextTurn();
    return rejected(runner, known) ?? completion;
  } finally {
    services.turnOver?.();
    turn.resolve();
  }
}

/** What code throws is in the completion. */
function tellCode(runner: Runner, known: KnownRun, activation: Activation, watching: Watching): Completion {
  const { services } = runner;
  services.codeBegins?.(known.run.info.runId);
  let completion: Completion;
  try {
    completion = withinLimit(runner, () => {
      known.code ??= begin(runner, known, activation, watching);
      return activate(known.code, activation);
    });
  } catch (error) {
    return { runId: activation.runId ?? '', failed: { failure: failureOf(error) } };
  } finally {
    services.codeEnds?.();
  }
  const calls = audible(runner, known.code?.activator.getAndResetSinkCalls() ?? []);
  if (calls.length > 0) services.sinkCalls(calls);
  return completion;
}

/** Calls what enters a context more than once, under one limit. */
function withinLimit<T>(runner: Runner, call: () => T): T {
  const timeoutMs = timeLimit(runner);
  return timeoutMs === undefined ? call() : limited(call, timeoutMs);
}

/** The completion of code that rejected a promise which nobody handles. Modules that did not load have failed anyway. */
function rejected(runner: Runner, { code }: KnownRun): Completion | undefined {
  const isolate = code?.isolate ?? runner.isolate;
  const rejection = isolate?.current.rejection;
  if (!isolate || !rejection) return undefined;
  isolate.current.rejection = null;
  const { reason } = rejection;
  return code ? failed(code, new UnhandledRejectionError(`Unhandled Promise rejection: ${reason}`, reason)) : undefined;
}

function audible({ options }: Runner, calls: readonly SinkCall[]): readonly SinkCall[] {
  const muted = options.mutedLogLevels;
  if (!muted || calls.length === 0) return calls;
  return calls.filter(({ ifaceName, fnName }) => ifaceName !== '__temporal_logger' || !muted.includes(fnName));
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Whether the activities exist does not matter where nobody runs them. */
const anyName = Object.assign(new Set<string>(), { has: () => true });

function begin(runner: Runner, known: KnownRun, activation: Activation, watching: Watching): IsolatedRun {
  const started = activation.jobs?.find(({ initializeWorkflow }) => initializeWorkflow)?.initializeWorkflow;
  if (!started) throw new Error('the first activation of a run does not begin it');
  const { options, services } = runner;
  known.startTimeMs = started.startTime ? toMilliseconds(started.startTime) : null;
  const failureTypes = options.workflowFailureErrorTypes;
  const workflowType = started.workflowType ?? '';
  const run = place(runner, {
    info: workflowInfoOf(activation, started, options),
    randomnessSeed: started.randomnessSeed?.toBytes() ?? [],
    now: timeOf(activation),
    showStackTraceSources: options.showStackTraceSources,
    failureExceptionTypeNames: failureTypes && [...(failureTypes['*'] ?? []), ...(failureTypes[workflowType] ?? [])],
    registeredActivityNames: options.isReplay ? anyName : options.registeredActivityNames,
    stackTracesEnabled: watching.stackTracesEnabled ?? false,
    ...(services.activatePatch && { patchActivationCallback: services.activatePatch }),
  });
  if (watching.onCommand) watchCommands(run, watching.onCommand);
  return run;
}

/** What is thrown before there is anybody to turn it into a failure: the bundle's modules, or a workflow not in it. */
function failureOf(error: unknown) {
  const { name, message, stack } = (error ?? {}) as Partial<Error>;
  return {
    message: message ?? String(error),
    source: 'TypeScriptSDK',
    stackTrace: stack?.replace(/^[\s\S]*?\n(?= {4}at )/, '') ?? '',
    applicationFailureInfo: { type: name ?? 'Error', nonRetryable: false },
  };
}

/** Ends the code of a run. What it throws at that is of no interest: it is gone. */
export function disposeOf(known: KnownRun): void {
  const { code } = known;
  known.code = null;
  if (!code) return;
  const { interceptors, workflowSandboxDestructors } = code.activator;
  try {
    if (interceptors.internals.length + workflowSandboxDestructors.length > 0)
      code.enter(() => code.isolate.sdk.dispose());
  } catch {
    // An interceptor that fails to tidy up after itself.
  }
  code.isolate.sdk.setActivator(undefined);
}
