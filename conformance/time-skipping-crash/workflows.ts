import { type ChildWorkflowOptions, executeChild, proxyActivities, sleep, workflowInfo } from '@perdure/workflow';

const HOUR = 3_600_000;

/** One leg of a journey. */
export type Leg =
  | { readonly kind: 'sleep'; readonly hours: number }
  /** An activity whose first attempts fail. It is tried again after 1, 2, 4 … hours. */
  | { readonly kind: 'work'; readonly failures: number }
  /** Another run, which sleeps. */
  | { readonly kind: 'child'; readonly hours: number }
  /** The same, but it would sleep for longer than it may, and is timed out. */
  | { readonly kind: 'late child'; readonly hours: number };

interface Activities {
  work(failures: number): Promise<void>;
}

// What a killed server had promised to a worker that never heard of it is noticed after this time.
const startToCloseTimeout = '2 seconds';
const { work } = proxyActivities<Activities>({ startToCloseTimeout, retry: { initialInterval: '1 hour' } });

/** One leg after another; in between nothing happens by itself. */
export async function journey(legs: readonly Leg[]): Promise<number> {
  for (const [number, leg] of legs.entries()) await travel(leg, number);
  return legs.length;
}

async function travel(leg: Leg, number: number): Promise<unknown> {
  switch (leg.kind) {
    case 'sleep':
      return sleep(leg.hours * HOUR);
    case 'work':
      return work(leg.failures);
    case 'child':
      return child(number, leg.hours, {});
    case 'late child':
      return child(number, 2 * leg.hours, { workflowRunTimeout: leg.hours * HOUR }).catch(() => undefined);
  }
}

const child = (number: number, hours: number, options: Pick<ChildWorkflowOptions, 'workflowRunTimeout'>) =>
  executeChild(journey, {
    workflowId: `${workflowInfo().workflowId}-${number}`,
    args: [[{ kind: 'sleep', hours }]],
    workflowTaskTimeout: '2 seconds',
    ...options,
  });

/** What is done at noon, every day. */
export async function noon(): Promise<void> {
  await work(1);
}
