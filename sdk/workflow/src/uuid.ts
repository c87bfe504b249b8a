import { currentRandom } from './current-random.ts';
import { maybeGetActivator } from './global-attributes.ts';
import { uuid4FromRandom } from './random-helpers.ts';

/** A version 4 UUID out of the workflow's random numbers, the same on replay. Not for secrets. */
export function uuid4(): string {
  return uuid4FromRandom(maybeGetActivator() ? currentRandom : Math.random);
}
