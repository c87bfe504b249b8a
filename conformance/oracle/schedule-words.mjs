// Words for scenarios about schedules.
import { seconds } from './conversation.mjs';
import { moment, timestamp, until } from './words.mjs';

export const action = (t, more = {}) => ({ startWorkflow: { workflowId: t.name('wf'), workflowType: { name: 'W' }, taskQueue: { name: t.name('tq') }, ...more } });
export const HOURLY = { interval: [{ interval: seconds(3600) }] };

/** Creates a schedule, paused unless told otherwise. */
export async function create(t, { spec = HOURLY, policies, state = { paused: true }, startWorkflow, ...more } = {}, options = { record: false }) {
  const scheduleId = t.name('schedule');
  const outcome = await t.call('CreateSchedule', {
    scheduleId, requestId: t.uuid(), identity: 'oracle',
    schedule: { spec, action: action(t, startWorkflow), policies, state }, ...more }, options);
  return { scheduleId, outcome };
}
export const remove = (t, scheduleId) => t.call('DeleteSchedule', { scheduleId }, { record: false });
export const look = (t, scheduleId) => t.call('DescribeSchedule', { scheduleId }, { record: false });

/** What a server makes of a spec: its structured form as described, or why it is refused. */
export const compiled = (spec) => async (t) => {
  const { scheduleId, outcome } = await create(t, { spec });
  if (!outcome.ok) return t.observe('refused', { code: outcome.code, message: outcome.message });
  const { response } = await look(t, scheduleId);
  t.observe('spec', response.schedule.spec);
  await remove(t, scheduleId);
};

/** When a spec comes due between two moments; at most `show` of them are written down, and how many there were. */
export const due = (spec, from, to, show = 40) => async (t) => {
  const { scheduleId, outcome } = await create(t, { spec });
  if (!outcome.ok) return t.observe('refused', { code: outcome.code, message: outcome.message });
  const times = await t.call('ListScheduleMatchingTimes', { scheduleId, startTime: timestamp(from), endTime: timestamp(to) }, { record: false });
  if (!times.ok) t.observe('refused', { code: times.code, message: times.message });
  else {
    const all = (times.response.startTime ?? []).map(moment);
    t.observe('how many', all.length);
    t.observe('due', all.slice(0, show));
  }
  await remove(t, scheduleId);
};

/** The parts of a description that do not depend on the hour. */
export function part(response) {
  const { futureActionTimes = [], createTime, updateTime, ...info } = response.info ?? {};
  return { schedule: response.schedule, info: { ...info, futures: futureActionTimes.length }, memo: response.memo, searchAttributes: response.searchAttributes };
}
export async function observe(t, note, scheduleId, done = () => true) {
  let last;
  const came = await until(async () => { last = await look(t, scheduleId); return last.ok && done(last.response.info ?? {}, last.response.schedule); }, 12_000);
  t.observe(came ? note : `${note} (never came)`, last.ok ? part(last.response) : { code: last.code, message: last.message });
  return last.response;
}
export const trigger = (t, scheduleId, overlapPolicy) => t.call('PatchSchedule', { scheduleId, requestId: t.uuid(), patch: { triggerImmediately: { overlapPolicy } } }, { record: false });
/** Polls the schedule's task queue and answers with one command. */
export const answer = async (t, command) => {
  const task = await t.pollWorkflow(t.name('tq'), {}, { record: false });
  await t.complete(task, [command], {}, { record: false });
  return task;
};
export const COMPLETE = (result) => ({ commandType: 'COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION', completeWorkflowExecutionCommandAttributes: { result } });
export const FAIL = { commandType: 'COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION', failWorkflowExecutionCommandAttributes: { failure: { message: 'broken', applicationFailureInfo: { type: 'T' } } } };
export const CANCEL = { commandType: 'COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION', cancelWorkflowExecutionCommandAttributes: {} };
/** Ends whatever workflows the schedule left running. */
export async function tidy(t, scheduleId) {
  const { response } = await look(t, scheduleId);
  await remove(t, scheduleId);
  for (const { workflowId } of response?.info?.runningWorkflows ?? []) await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId } }, { record: false });
}
