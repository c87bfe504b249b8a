import { keywordList } from './fields.ts';
import { put, type Transition } from './transition.ts';

/**
 * What is paused of a run stands in a search attribute, so that paused runs can be listed. Called whenever that may have
 * changed. Reference: mutable state (pause info).
 */
export function notePauses(t: Transition): void {
  const { fields } = t.run;
  const { [ATTRIBUTE]: known, ...others } = fields.get('searchAttributes') ?? {};
  const entries = pausesOf(t);
  if (entries.length === 0) {
    if (known) put(t, 'fields', 'searchAttributes', others);
    return;
  }
  const payload = keywordList(entries);
  if (known && Buffer.compare(known, payload) === 0) return;
  put(t, 'fields', 'searchAttributes', { ...others, [ATTRIBUTE]: payload });
}

const ATTRIBUTE = 'TemporalPauseInfo';

function pausesOf({ run }: Transition): string[] {
  const { pause } = run.head;
  const types = new Set<string>();
  for (const activity of run.activities.values()) if (activity.pause) types.add(activity.activityType);
  return [
    ...(pause ? [`Workflow:${run.key.workflowId}`] : []),
    ...(pause?.reason ? [`Reason:${pause.reason}`] : []),
    ...[...types].sort().map((type) => `property:activityType=${type}`),
  ];
}
