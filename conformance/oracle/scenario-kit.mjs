// Small builders that the scenarios about workflows and activities share: commands, failures, update messages, and
// shorthands for the usual moves of a client or a worker whose answers are not worth writing down.
import protos from '@temporalio/proto';
import { payload, payloads, seconds } from './conversation.mjs';
export { payload, payloads, seconds };

const { temporal } = protos;
const updates = temporal.api.update.v1;

/** Option for calls that should leave no trace in the transcript. */
export const quiet = { record: false };

// --- commands ---
const command = (type, attributes, value, more = {}) => ({ commandType: `COMMAND_TYPE_${type}`, [attributes]: value, ...more });
export const cmd = {
  activity: (activityId, taskQueue, more = {}, outer) =>
    command('SCHEDULE_ACTIVITY_TASK', 'scheduleActivityTaskCommandAttributes',
      { activityId, activityType: { name: 'A' }, taskQueue: { name: taskQueue }, startToCloseTimeout: seconds(10), ...more }, outer),
  cancelActivity: (scheduledEventId) => command('REQUEST_CANCEL_ACTIVITY_TASK', 'requestCancelActivityTaskCommandAttributes', { scheduledEventId }),
  timer: (timerId, s, outer) => command('START_TIMER', 'startTimerCommandAttributes', { timerId, startToFireTimeout: s === undefined ? undefined : seconds(s) }, outer),
  cancelTimer: (timerId) => command('CANCEL_TIMER', 'cancelTimerCommandAttributes', { timerId }),
  complete: (result, outer) => command('COMPLETE_WORKFLOW_EXECUTION', 'completeWorkflowExecutionCommandAttributes', result === undefined ? {} : { result: payloads(result) }, outer),
  fail: (why = failure('broken'), outer) => command('FAIL_WORKFLOW_EXECUTION', 'failWorkflowExecutionCommandAttributes', { failure: why }, outer),
  cancelled: (details) => command('CANCEL_WORKFLOW_EXECUTION', 'cancelWorkflowExecutionCommandAttributes', details === undefined ? {} : { details: payloads(details) }),
  continueAsNew: (more = {}) => command('CONTINUE_AS_NEW_WORKFLOW_EXECUTION', 'continueAsNewWorkflowExecutionCommandAttributes', more),
  cancelExternal: (workflowId, more = {}) => command('REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION', 'requestCancelExternalWorkflowExecutionCommandAttributes', { workflowId, ...more }),
  signalExternal: (workflowId, signalName, more = {}) =>
    command('SIGNAL_EXTERNAL_WORKFLOW_EXECUTION', 'signalExternalWorkflowExecutionCommandAttributes', { execution: { workflowId, runId: more.runId }, signalName, ...more, runId: undefined }),
  child: (workflowId, taskQueue, more = {}, outer) =>
    command('START_CHILD_WORKFLOW_EXECUTION', 'startChildWorkflowExecutionCommandAttributes', { workflowId, workflowType: { name: 'Child' }, taskQueue: { name: taskQueue }, ...more }, outer),
  marker: (markerName, more = {}) => command('RECORD_MARKER', 'recordMarkerCommandAttributes', { markerName, ...more }),
  searchAttributes: (fields) => command('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', 'upsertWorkflowSearchAttributesCommandAttributes', { searchAttributes: { indexedFields: indexed(fields) } }),
  memo: (fields) => command('MODIFY_WORKFLOW_PROPERTIES', 'modifyWorkflowPropertiesCommandAttributes', { upsertedMemo: memo(fields) }),
  message: (messageId) => command('PROTOCOL_MESSAGE', 'protocolMessageCommandAttributes', { messageId }),
  nexus: (endpoint, more = {}) => command('SCHEDULE_NEXUS_OPERATION', 'scheduleNexusOperationCommandAttributes', { endpoint, service: 'svc', operation: 'op', ...more }),
  cancelNexus: (scheduledEventId) => command('REQUEST_CANCEL_NEXUS_OPERATION', 'requestCancelNexusOperationCommandAttributes', { scheduledEventId }),
  bare: (type, attributes, value) => command(type, attributes, value),
};

// --- values ---
export const failure = (message, more = {}, info = {}) => ({ message, source: 'oracle', applicationFailureInfo: { type: 'Boom', ...info }, ...more });
export const memo = (fields) => ({ fields: Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, payload(v)])) });
export const indexed = (fields) => Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, payload(v)]));
export const retry = (maximumAttempts, more = {}) => ({ initialInterval: seconds(1), backoffCoefficient: 1, maximumAttempts, ...more });

// --- update messages ---
const any = (name, value) => ({ type_url: `type.googleapis.com/temporal.api.update.v1.${name}`, value: updates[name].encode(updates[name].fromObject(value)).finish() });
const requestOf = (message) => updates.Request.toObject(updates.Request.decode(message.body.value));
const sequence = (message) => Number(message.eventId ?? 0);
export const update = {
  id: (message) => message.protocolInstanceId,
  accept: (message) => ({ id: `${message.id}/accept`, protocolInstanceId: message.protocolInstanceId,
    body: any('Acceptance', { acceptedRequestMessageId: message.id, acceptedRequestSequencingEventId: sequence(message), acceptedRequest: requestOf(message) }) }),
  reject: (message, why = failure('not now')) => ({ id: `${message.id}/reject`, protocolInstanceId: message.protocolInstanceId,
    body: any('Rejection', { rejectedRequestMessageId: message.id, rejectedRequestSequencingEventId: sequence(message), rejectedRequest: requestOf(message), failure: why }) }),
  respond: (message, result = 'done') => ({ id: `${message.id}/respond`, protocolInstanceId: message.protocolInstanceId,
    body: any('Response', { meta: requestOf(message).meta, outcome: { success: payloads(result) } }) }),
  respondFailure: (message, why = failure('went wrong')) => ({ id: `${message.id}/respond`, protocolInstanceId: message.protocolInstanceId,
    body: any('Response', { meta: requestOf(message).meta, outcome: { failure: why } }) }),
  request: (workflowId, updateId, more = {}, { stage = 'COMPLETED', runId, input, ...rest } = {}) => ({
    workflowExecution: { workflowId, runId }, waitPolicy: { lifecycleStage: `UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_${stage}` },
    request: { meta: { updateId, identity: 'oracle' }, input: { name: 'u', args: payloads('arg'), ...input }, ...rest }, ...more }),
};
/** Messages that bring an update, in order, to an end (pass functions from `update`), and the commands that place them.
 *  A rejection gets no command, as real workers do it. */
export const answers = (message, ...makers) => {
  const messages = makers.map((make) => make(message));
  return { messages, commands: messages.filter((m) => !m.id.endsWith('/reject')).map((m) => cmd.message(m.id)) };
};

/** A scenario whose error texts are left aside, because they hold inner words of the implementation; codes and causes count. */
export const textAside = (run) => ({ run, ignore: ['message$'] });

// --- moves of a client ---
/** Starts a workflow without a trace; resolves to { id, tq, runId }. */
export async function begin(t, more = {}, label = 'wf') {
  const id = t.name(label), tq = t.name(`${label}-tq`);
  const r = await t.start(id, tq, more, quiet);
  return { id, tq, runId: r.raw?.runId };
}
export const signal = (t, workflowId, signalName = 's', more = {}, options = quiet) =>
  t.call('SignalWorkflowExecution', { workflowExecution: { workflowId }, signalName, identity: 'oracle', requestId: t.uuid(), ...more }, options);
export const requestCancel = (t, workflowId, more = {}, options = quiet) =>
  t.call('RequestCancelWorkflowExecution', { workflowExecution: { workflowId }, identity: 'oracle', requestId: t.uuid(), ...more }, options);
export const terminate = (t, workflowId, more = {}, options = quiet) =>
  t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId }, identity: 'oracle', reason: 'enough', ...more }, options);
/** Writes down an answer that was received earlier without a trace. */
export const answered = (t, note, outcome) =>
  t.observe(note, outcome.ok ? { code: 'OK', response: outcome.response } : { code: outcome.code, message: outcome.message, details: outcome.details });
/** Waits for the run to close, then writes its history down. */
export async function ended(t, workflowId, runId = '', { write = true } = {}) {
  await t.call('GetWorkflowExecutionHistory', { execution: { workflowId, runId }, waitNewEvent: true, historyEventFilterType: 'HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT' }, { ...quiet, deadlineMs: 20_000 });
  if (write) await t.history(workflowId, runId);
}
/** The whole history, however many pages it takes; leaves no trace. */
export async function wholeHistory(t, workflowId, runId = '') {
  const r = await t.history(workflowId, runId, {}, quiet);
  const events = r.response?.history?.events;
  for (let next = r; next.ok && next.raw.nextPageToken?.length; ) {
    next = await t.history(workflowId, runId, { nextPageToken: next.raw.nextPageToken }, quiet);
    events.push(...(next.response?.history?.events ?? []));
  }
  return r;
}
/** Ids and types of the events so far, as an observation. */
export async function outline(t, workflowId, runId = '', note = 'events') {
  const r = await wholeHistory(t, workflowId, runId);
  t.observe(note, r.ok ? list(r.response.history?.events) : { code: r.code, message: r.message });
  return r;
}
export const list = (events = []) => events.map((e) => `${e.eventId} ${e.eventType.replace('EVENT_TYPE_', '')}`);
/** One event (the last of that type) with its attributes, as an observation. */
export async function event(t, workflowId, type, runId = '', note = type) {
  const r = await wholeHistory(t, workflowId, runId);
  t.observe(note, r.response?.history?.events?.findLast((e) => e.eventType === `EVENT_TYPE_${type}`) ?? 'none');
}
/** Waits until an event of that type is in the history; leaves no trace. */
export async function happened(t, workflowId, type, runId = '', timeoutMs = 12_000) {
  return until(t, () => t.history(workflowId, runId, {}, quiet), (r) => r.response?.history?.events?.some((e) => e.eventType === `EVENT_TYPE_${type}`), timeoutMs);
}
/** Repeats without a trace. */
export async function until(t, get, done, timeoutMs = 12_000) {
  for (const end = Date.now() + timeoutMs; ;) {
    const r = await get();
    if (done(r)) return r;
    if (Date.now() > end) { t.observe('never became true', true); return r; }
    await t.sleep(100);
  }
}
/** Status of a run as DescribeWorkflowExecution tells it. */
export async function status(t, workflowId, runId = '', note = 'status') {
  const r = await t.describe(workflowId, runId, quiet);
  t.observe(note, r.ok ? r.response.workflowExecutionInfo.status : r.code);
}
/** A duration to the hundredth of a second: computed ones come with noise. */
export const rounded = (d) => {
  if (!d) return d;
  const s = Math.round(100 * (Number(d.seconds ?? 0) + (d.nanos ?? 0) / 1e9)) / 100;
  return `${s} s`;
};
export const describePending = async (t, workflowId, what, note = what) => {
  const r = await t.describe(workflowId, '', quiet);
  const found = r.ok ? r.response[what] ?? 'nothing' : r.code;
  t.observe(note, Array.isArray(found) ? found.map((p) => (p.currentRetryInterval ? { ...p, currentRetryInterval: rounded(p.currentRetryInterval) } : p)) : found);
};

// --- moves of a worker ---
/** Takes the next workflow task without a trace. */
export const take = (t, tq, more, options) => t.pollWorkflow(tq, more, { ...quiet, ...options });
/** Takes and completes the next workflow task without a trace. */
export const step = (t, tq, commands = [], more = {}) => t.step(tq, commands, more, quiet);
export const takeSticky = (t, stickyQueue, normalName, options) =>
  t.call('PollWorkflowTaskQueue', { taskQueue: { name: stickyQueue, kind: 'TASK_QUEUE_KIND_STICKY', normalName }, identity: 'oracle' }, { ...quiet, deadlineMs: 10_000, ...options });
export const stickTo = (name, s = 10) => ({ stickyAttributes: { workerTaskQueue: { name, kind: 'TASK_QUEUE_KIND_STICKY' }, scheduleToStartTimeout: seconds(s) } });
export const failTask = (t, task, cause = 'WORKFLOW_WORKER_UNHANDLED_FAILURE', more = {}, options = quiet) =>
  t.call('RespondWorkflowTaskFailed', { taskToken: task.raw.taskToken, cause: `WORKFLOW_TASK_FAILED_CAUSE_${cause}`, failure: failure('task broke'), identity: 'oracle', ...more }, options);
/** Writes down what a workflow task says, in short. */
export function show(t, task, note = 'workflow task') {
  const r = task.response;
  if (!task.ok) return t.observe(note, { code: task.code, message: task.message });
  if (!task.raw.taskToken?.length) return t.observe(note, 'none');
  t.observe(note, {
    workflowExecution: r.workflowExecution, attempt: r.attempt, previousStartedEventId: r.previousStartedEventId, startedEventId: r.startedEventId,
    events: list(r.history?.events), more: task.raw.nextPageToken?.length ? true : undefined, query: r.query,
    queries: r.queries && Object.keys(r.queries).length ? Object.values(r.queries).map((q) => q.queryType).sort() : undefined,
    messages: task.raw.messages?.length ? task.raw.messages.map((m, i) => ({ protocolInstanceId: m.protocolInstanceId, eventId: r.messages[i].eventId, request: updates.Request.toObject(updates.Request.decode(m.body.value), { bytes: String, longs: String, enums: String }) })) : undefined,
  });
  return task;
}
export const takeActivity = (t, tq, more, options) => t.pollActivity(tq, more, { ...quiet, ...options });
export const completeActivity = (t, task, result = 'ok', options = quiet) =>
  t.call('RespondActivityTaskCompleted', { taskToken: task.raw.taskToken, result: payloads(result), identity: 'oracle' }, options);
export const failActivity = (t, task, why = failure('activity broke'), more = {}, options = quiet) =>
  t.call('RespondActivityTaskFailed', { taskToken: task.raw.taskToken, failure: why, identity: 'oracle', ...more }, options);
export const heartbeat = (t, task, details, options) =>
  t.call('RecordActivityTaskHeartbeat', { taskToken: task.raw.taskToken, details: details === undefined ? undefined : payloads(details), identity: 'oracle' }, options);
