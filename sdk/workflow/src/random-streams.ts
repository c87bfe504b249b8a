import type { ActivatorState } from './activator-state.ts';
import type { RandomSource } from './execution-scope.ts';
import { assertInWorkflowContext } from './global-attributes.ts';
import { withRandom } from './interceptor-composition.ts';
import { fillWithRandom, uuid4FromRandom } from './random-helpers.ts';

/**
 * A stream of random numbers of its own, the same on replay.
 *
 * @experimental
 */
export interface WorkflowRandomStream {
  /** At least 0 and less than 1. */
  random(): number;
  /** A version 4 UUID. */
  uuid4(): string;
  /** Fills an array with random bytes, and gives it back. */
  fill(bytes: Uint8Array): Uint8Array;
  /**
   * Runs `fn` with this stream behind `Math.random` and `uuid4`, over its awaits too. Where an interceptor calls on, the
   * stream ends.
   */
  with<T>(fn: () => T): T;
}

function streamOf(random: () => number): WorkflowRandomStream {
  const source: RandomSource = { random };
  return {
    random,
    uuid4: () => uuid4FromRandom(random),
    fill: (bytes) => fillWithRandom(random, bytes),
    with: (fn) => {
      assertInWorkflowContext('Workflow.workflowRandom may only be used from workflow context.');
      return withRandom(source, fn);
    },
  };
}

/**
 * The workflow's own stream: what `Math.random` draws from where no other is in force.
 *
 * @experimental
 */
export const workflowRandom: WorkflowRandomStream = streamOf(() =>
  assertInWorkflowContext('Workflow.workflowRandom may only be used from workflow context.').random(),
);

/**
 * The stream of a name. Drawing from it takes nothing from others, so that a library which uses its own changes nothing
 * for the workflow. The same name is the same stream, wherever in the workflow it is asked for.
 *
 * @experimental
 */
export function getRandomStream(name: string): WorkflowRandomStream {
  const activator: ActivatorState = assertInWorkflowContext(
    'Workflow.getRandomStream(...) may only be used from workflow context.',
  );
  // Looked up at each draw, for a reset gives the run another seed.
  return streamOf(() => activator.getNamedRandom(name)());
}
