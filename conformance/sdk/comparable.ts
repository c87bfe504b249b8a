/** What of a history is the same whenever, and wherever, its workflow runs. */
import type { History } from './histories.ts';

/** Times, sizes that contain them, names that are made up anew each time, and ids. */
const passing =
  /Time$|^time|Id$|[iI]dentity|historySizeBytes|^version$|firstWorkflowTaskBackoff|backoffStartInterval|stackTrace|sdkMetadata|header/;
const isEventId = (key: string): boolean => /[eE]ventId$/.test(key);
const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** All of a history's events, in their order, with the ids that are numbers of a sequence. */
export const comparable = ({ events }: History): unknown[] =>
  (events ?? []).map((event) => without((key) => passing.test(key) && !isEventId(key), event));

/**
 * What does not depend on timing either: without workflow tasks, numbers of attempts and whatever is counted or measured,
 * and in no order, because what goes on side by side has none.
 */
export function comparableStory({ events }: History): string[] {
  const story = (events ?? []).filter((event) => !Object.keys(event).some((key) => key.startsWith('workflowTask')));
  const known = story.map((event) => JSON.stringify(without((key) => passing.test(key) || key === 'attempt', event)));
  return known.map((event) => event.replaceAll(/\d+/g, '#')).sort();
}

function without(isLeftOut: (key: string) => boolean, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => without(isLeftOut, each));
  if (value instanceof Uint8Array) return withoutNames(Buffer.from(value).toString());
  if (typeof value === 'string') return withoutNames(value);
  if (typeof value !== 'object' || value === null) return value;
  if ('toNumber' in value) return Number(value);
  if (isCiphertext(value)) return '*';
  const entries = Object.entries(value).filter(([key, each]) => each != null && !isLeftOut(key));
  return Object.fromEntries(entries.map(([key, each]) => [key, key === 'taskQueue' ? '*' : without(isLeftOut, each)]));
}

const withoutNames = (text: string): string => text.replaceAll(uuid, '*').replace(/^worker-.*/, '*');

/** Each is encrypted with a chance of its own. */
function isCiphertext(value: { readonly metadata?: { readonly encoding?: Uint8Array } }): boolean {
  return Buffer.from(value.metadata?.encoding ?? []).toString() === 'binary/encrypted';
}
