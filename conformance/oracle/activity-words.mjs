// Words for scenarios about standalone activities.
import { seconds } from './conversation.mjs';

export const start = (t, more = {}, options) => t.call('StartActivityExecution', {
  activityId: t.name('activity'), activityType: { name: 'A' }, taskQueue: { name: t.name('tq') }, startToCloseTimeout: seconds(30), requestId: t.uuid(), identity: 'oracle', ...more }, options);
export const describe = (t, more = {}, options) => t.call('DescribeActivityExecution', { activityId: t.name('activity'), ...more }, options);
/** The next task of the queue; asked for again where a poll comes back empty or is broken off. */
export async function poll(t, options) {
  const request = { taskQueue: { name: t.name('tq') }, identity: 'oracle' }, got = (o) => o.raw?.taskToken?.length > 0;
  if (options?.record !== false) return t.eventually('PollActivityTaskQueue', request, got, { deadlineMs: 10_000 });
  let task;
  for (let i = 0; i < 3 && !got((task = await t.call('PollActivityTaskQueue', request, { deadlineMs: 10_000, ...options }))); i++);
  return task;
}
export const status = (name) => (o) => o.response?.info?.status === `ACTIVITY_EXECUTION_STATUS_${name}`;
/** Waits until the activity has this status, and writes the whole description down. */
export const becomes = (t, name, more = {}) => t.eventually('DescribeActivityExecution', { activityId: t.name('activity'), includeOutcome: true, includeLastFailure: true, includeHeartbeatDetails: true, ...more }, status(name));
export const terminate = (t) => t.call('TerminateActivityExecution', { activityId: t.name('activity'), reason: 'tidy' }, { record: false });
export const token = (task) => ({ taskToken: task.raw.taskToken, identity: 'oracle' });
export const failure = (message, more = {}) => ({ message, applicationFailureInfo: { type: 'T', ...more } });
export const quiet = { record: false };
