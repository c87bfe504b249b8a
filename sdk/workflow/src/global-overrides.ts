import { msToTs } from '@perdure/common/lib/time';
import { CancellationScope } from './cancellation-scope.ts';
import { currentRandom } from './current-random.ts';
import { DeterminismViolationError } from './errors.ts';
import { SdkFlags } from './flags.ts';
import { getActivator } from './global-attributes.ts';
import { untrackPromise } from './stack-helpers.ts';
import { sleep } from './timers.ts';

type Globals = Pick<typeof globalThis, 'Date' | 'Math' | 'WeakRef' | 'FinalizationRegistry'> & {
  setTimeout: unknown;
  clearTimeout: unknown;
};

/**
 * Puts what is the same on replay in the place of what is not: time, random numbers and timers are those of the workflow
 * that runs. To be called once per context, after this package was evaluated and before anything of the user is.
 */
export function overrideGlobals(target: Globals = globalThis): void {
  target.WeakRef = refused('WeakRef') as unknown as WeakRefConstructor;
  target.FinalizationRegistry = refused('FinalizationRegistry') as unknown as FinalizationRegistryConstructor;
  target.Date = workflowDate(target.Date);
  target.Math.random = currentRandom;
  target.setTimeout = workflowSetTimeout;
  target.clearTimeout = workflowClearTimeout;
}

/** When the garbage collector comes is different each time. */
const refused = (name: string) =>
  function refuse(): never {
    throw new DeterminismViolationError(`${name} cannot be used in Workflows because v8 GC is non-deterministic`);
  };

function workflowDate(RealDate: DateConstructor): DateConstructor {
  // Not a class, for it may be called without `new`; and a date in either case, as in the official SDK.
  function WorkflowDate(...args: ConstructorParameters<DateConstructor>): Date {
    const given: unknown[] = args.length > 0 ? args : [getActivator().now];
    const Made: unknown = new.target ?? WorkflowDate;
    return Reflect.construct(RealDate, given, Made as DateConstructor);
  }
  WorkflowDate.now = () => getActivator().now;
  WorkflowDate.parse = RealDate.parse.bind(RealDate);
  WorkflowDate.UTC = RealDate.UTC.bind(RealDate);
  WorkflowDate.prototype = RealDate.prototype;
  // A date's constructor would lead around the workflow's time.
  RealDate.prototype.constructor = WorkflowDate;
  Object.defineProperty(WorkflowDate, 'name', { value: 'Date' });
  return WorkflowDate as unknown as DateConstructor;
}

/** At least a millisecond. Returns the timer's number, to be given to `clearTimeout`. */
function workflowSetTimeout<A extends unknown[]>(callback: (...args: A) => void, ms: number, ...args: A): number {
  const activator = getActivator();
  const delay = Math.max(1, ms);
  if (!activator.hasFlag(SdkFlags.NonCancellableScopesAreShieldedFromPropagation)) {
    return setTimeoutAsBefore(() => callback(...args), delay);
  }
  // The number that `sleep` is going to give out.
  const seq = activator.nextSeqs.timer;
  const scope = new CancellationScope({ cancellable: true });
  const slept = scope.run(() => sleep(delay));
  slept.then(
    () => {
      activator.timeouts.delete(seq);
      callback(...args);
    },
    () => {
      activator.timeouts.delete(seq);
    },
  );
  untrackPromise(slept);
  activator.timeouts.set(seq, scope);
  return seq;
}

function workflowClearTimeout(seq: number): void {
  const activator = getActivator();
  const scope = activator.timeouts.get(seq);
  if (scope) {
    activator.timeouts.delete(seq);
    scope.cancel();
    return;
  }
  // As old histories have it, a number is used up here too.
  activator.nextSeqs.timer++;
  activator.completions.timer.delete(seq);
  activator.pushCommand({ cancelTimer: { seq } });
}

/** Without the flag: a timer of no scope, which interceptors do not see. */
function setTimeoutAsBefore(callback: () => void, delay: number): number {
  const activator = getActivator();
  const seq = activator.nextSeqs.timer++;
  new Promise<void>((resolve, reject) => {
    activator.completions.timer.set(seq, { resolve, reject });
    activator.pushCommand({ startTimer: { seq, startToFireTimeout: msToTs(delay) } });
  }).then(callback, () => undefined);
  return seq;
}
