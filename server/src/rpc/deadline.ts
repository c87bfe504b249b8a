import { failedPrecondition, invalidArgument } from '../kernel/errors.ts';
import type { Call } from './transport/contract.ts';

/** A worker's poll ends this long before its deadline, so that the empty answer still arrives. */
const TAIL_MS = 1_000;
const LEAST_MS = 2_000;

/** Until when a worker's poll may wait (epoch ms). Reference: inventory 1.1, long polls. */
export function pollDeadline(call: Call, now: number, longest: number): number {
  const { deadline } = call;
  if (deadline === undefined) throw invalidArgument('Context timeout is not set.');
  // The deadline travels as a duration, and has shrunk on the way.
  if (deadline - now < LEAST_MS - 100) throw failedPrecondition('Context timeout is too short.');
  return Math.min(deadline - TAIL_MS, now + longest);
}
