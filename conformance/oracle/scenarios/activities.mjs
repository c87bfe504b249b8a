// Activities: attempts, timeouts, heartbeats, cancelling, completing from outside, pausing, what describe tells.
import * as k from '../scenario-kit.mjs';
import { payload, payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failure, retry, takeActivity, completeActivity, failActivity, heartbeat } = k;

/** A workflow that has scheduled one activity (event 5) on its own queue `at`. */
async function scheduled(t, more = {}, start = {}, outer) {
  const w = await begin(t, start);
  const at = t.name('act');
  await step(t, w.tq, [cmd.activity('a', at, more, outer)]);
  return { ...w, at };
}
/** Ends the workflow and writes its history down. */
const finish = async (t, w) => { await step(t, w.tq, [cmd.complete()]); await t.history(w.id); };
const pending = (t, w, note) => k.describePending(t, w.id, 'pendingActivities', note);
const byId = (w, more = {}) => ({ workflowId: w.id, activityId: 'a', identity: 'oracle', ...more });
const cancelIt = async (t, w) => { await k.signal(t, w.id); await step(t, w.tq, [cmd.cancelActivity(5)]); };
const pause = (t, w, more = {}) => t.call('PauseActivity', { execution: { workflowId: w.id }, identity: 'oracle', id: 'a', reason: 'wait', ...more });
const unpause = (t, w, more = {}) => t.call('UnpauseActivity', { execution: { workflowId: w.id }, identity: 'oracle', id: 'a', ...more });

export default {
  'task and result': async (t) => {
    const w = await scheduled(t, { input: payloads('in', 2), header: { fields: { h: payload(1) } }, heartbeatTimeout: seconds(5), retryPolicy: retry(3), priority: { priorityKey: 2 } });
    const a = await t.pollActivity(w.at);
    await completeActivity(t, a, 'out', {});
    await finish(t, w);
  },
  'nothing to do: poll comes back empty': async (t) => { await t.pollActivity(t.name('act'), {}, { deadlineMs: 3000 }); },
  'poll: deadline too short, and no task queue': async (t) => {
    await t.pollActivity(t.name('act'), {}, { deadlineMs: 1000 });
    await t.call('PollActivityTaskQueue', { identity: 'oracle' }, { deadlineMs: 5000 });
  },
  'failure: no retry policy given means retry': async (t) => {
    const w = await scheduled(t);
    await failActivity(t, await takeActivity(t, w.at), failure('first'), {}, {});
    const again = await t.pollActivity(w.at);
    await completeActivity(t, again);
    await finish(t, w);
  },
  'failure: attempts used up': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(2) });
    await failActivity(t, await takeActivity(t, w.at), failure('first'));
    await failActivity(t, await takeActivity(t, w.at), failure('second'));
    await finish(t, w);
  },
  'failure: said not to be retried': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(5) });
    await failActivity(t, await takeActivity(t, w.at), failure('fatal', {}, { nonRetryable: true, details: payloads('d') }));
    await finish(t, w);
  },
  'failure: type is on the list of those not retried': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(5, { nonRetryableErrorTypes: ['Other', 'Boom'] }) });
    await failActivity(t, await takeActivity(t, w.at));
    await finish(t, w);
  },
  'failure: one attempt only': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(1) });
    await failActivity(t, await takeActivity(t, w.at));
    await finish(t, w);
  },
  'failure: next retry delay given by the worker': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(3, { initialInterval: seconds(60) }) });
    await failActivity(t, await takeActivity(t, w.at), failure('soon', {}, { nextRetryDelay: seconds(1) }));
    await pending(t, w);
    await completeActivity(t, await takeActivity(t, w.at));
    await finish(t, w);
  },
  'failure: retry would pass schedule-to-close': async (t) => {
    const w = await scheduled(t, { scheduleToCloseTimeout: seconds(3), retryPolicy: retry(9, { initialInterval: seconds(10) }) });
    await failActivity(t, await takeActivity(t, w.at));
    await finish(t, w);
  },
  'failure: heartbeat details sent with it reach the next attempt': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(3) });
    await failActivity(t, await takeActivity(t, w.at), failure('f'), { lastHeartbeatDetails: payloads('so far') });
    const again = await takeActivity(t, w.at);
    t.observe('heartbeat details', again.response.heartbeatDetails);
    await completeActivity(t, again);
  },
  'failure: none given': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(1) });
    const a = await takeActivity(t, w.at);
    await t.call('RespondActivityTaskFailed', { taskToken: a.raw.taskToken, identity: 'oracle' });
    await t.call('RespondActivityTaskFailed', { taskToken: a.raw.taskToken, failure: { message: 'no info' }, identity: 'oracle' });
    await k.outline(t, w.id);
  },

  'timeout: schedule-to-start': async (t) => { const w = await scheduled(t, { scheduleToStartTimeout: seconds(1), retryPolicy: retry(5) }); await finish(t, w); },
  'timeout: schedule-to-close before any start': async (t) => { const w = await scheduled(t, { startToCloseTimeout: undefined, scheduleToCloseTimeout: seconds(1) }); await finish(t, w); },
  'timeout: schedule-to-close while running': async (t) => {
    const w = await scheduled(t, { startToCloseTimeout: undefined, scheduleToCloseTimeout: seconds(1), retryPolicy: retry(5) });
    const a = await takeActivity(t, w.at);
    await finish(t, w);
    await completeActivity(t, a, 'late', {});
  },
  'timeout: start-to-close, last attempt': async (t) => {
    const w = await scheduled(t, { startToCloseTimeout: seconds(1), retryPolicy: retry(1) });
    await takeActivity(t, w.at);
    await finish(t, w);
  },
  'timeout: start-to-close is retried': async (t) => {
    const w = await scheduled(t, { startToCloseTimeout: seconds(1), retryPolicy: retry(2) });
    const first = await takeActivity(t, w.at);
    const second = await t.pollActivity(w.at);
    await completeActivity(t, first, 'late', {});
    await completeActivity(t, second, 'ok', {});
    await finish(t, w);
  },
  'timeout: start-to-close on the list of those not retried': async (t) => {
    const w = await scheduled(t, { startToCloseTimeout: seconds(1), retryPolicy: retry(3, { nonRetryableErrorTypes: ['TemporalTimeout:StartToClose'] }) });
    await takeActivity(t, w.at);
    await finish(t, w);
  },
  'timeout: heartbeat, last attempt keeps the details': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(1), retryPolicy: retry(1) });
    await heartbeat(t, await takeActivity(t, w.at), 'half', quiet);
    await finish(t, w);
  },
  'timeout: heartbeat is retried and hands the details over': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(1), retryPolicy: retry(2) });
    await heartbeat(t, await takeActivity(t, w.at), { at: 7 }, {});
    const again = await t.pollActivity(w.at);
    await completeActivity(t, again);
    await finish(t, w);
  },
  'heartbeats keep an activity alive': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(1), retryPolicy: retry(1) });
    const a = await takeActivity(t, w.at);
    for (let i = 0; i < 4; i++) { await t.sleep(500); await heartbeat(t, a, i, {}); }
    await completeActivity(t, a, 'done', {});
    await finish(t, w);
  },
  'heartbeat: after the activity is done': async (t) => {
    const w = await scheduled(t);
    const a = await takeActivity(t, w.at);
    await completeActivity(t, a);
    await heartbeat(t, a, 'late', {});
  },
  'heartbeat: by ids': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(10) });
    await takeActivity(t, w.at);
    await t.call('RecordActivityTaskHeartbeatById', { ...byId(w), details: payloads(5) });
    await pending(t, w);
    await t.call('RecordActivityTaskHeartbeatById', { ...byId(w, { activityId: 'other' }) });
  },

  'cancel: before the start': async (t) => {
    const w = await scheduled(t);
    await cancelIt(t, w);
    await finish(t, w);
  },
  'cancel: while running, told by the heartbeat': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(10) });
    const a = await takeActivity(t, w.at);
    await heartbeat(t, a, 1, {});
    await cancelIt(t, w);
    await heartbeat(t, a, 2, {});
    await pending(t, w);
    await t.call('RespondActivityTaskCanceled', { taskToken: a.raw.taskToken, details: payloads('stopped'), identity: 'oracle' });
    await finish(t, w);
  },
  'cancel: the activity completes all the same': async (t) => {
    const w = await scheduled(t);
    const a = await takeActivity(t, w.at);
    await cancelIt(t, w);
    await completeActivity(t, a, 'still', {});
    await finish(t, w);
  },
  'cancel: a failure afterwards is not retried': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(5) });
    const a = await takeActivity(t, w.at);
    await cancelIt(t, w);
    await failActivity(t, a, failure('gave up'), {}, {});
    await finish(t, w);
  },
  'cancel: between two attempts': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(5, { initialInterval: seconds(60) }) });
    await failActivity(t, await takeActivity(t, w.at), failure('first'));
    await cancelIt(t, w);
    await finish(t, w);
  },
  'cancel: reported without having been asked': async (t) => {
    const w = await scheduled(t);
    const a = await takeActivity(t, w.at);
    await t.call('RespondActivityTaskCanceled', { taskToken: a.raw.taskToken, identity: 'oracle' });
    await k.outline(t, w.id);
  },

  'completing by ids': async (t) => {
    const w = await scheduled(t);
    await takeActivity(t, w.at);
    await t.call('RespondActivityTaskCompletedById', { ...byId(w), result: payloads('from outside') });
    await finish(t, w);
  },
  'completing by ids: not started yet': async (t) => {
    const w = await scheduled(t);
    await t.call('RespondActivityTaskCompletedById', { ...byId(w), result: payloads('early') });
    await k.outline(t, w.id);
  },
  'completing by ids: unknown activity, unknown workflow, no ids': async (t) => {
    const w = await scheduled(t);
    await t.call('RespondActivityTaskCompletedById', { ...byId(w, { activityId: 'b' }) });
    await t.call('RespondActivityTaskCompletedById', { ...byId({ id: t.name('nobody') }) });
    await t.call('RespondActivityTaskCompletedById', { ...byId(w, { activityId: '' }) });
  },
  'failing by ids': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(1) });
    await takeActivity(t, w.at);
    await t.call('RespondActivityTaskFailedById', { ...byId(w), failure: failure('outside') });
    await finish(t, w);
  },
  'cancelling by ids': async (t) => {
    const w = await scheduled(t);
    await takeActivity(t, w.at);
    await cancelIt(t, w);
    await t.call('RespondActivityTaskCanceledById', { ...byId(w), details: payloads('d') });
    await finish(t, w);
  },
  'answering twice': async (t) => {
    const w = await scheduled(t);
    const a = await takeActivity(t, w.at);
    await completeActivity(t, a, 1, {});
    await completeActivity(t, a, 2, {});
    await failActivity(t, a, failure('x'), {}, {});
  },
  'answering after the workflow is closed': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(10) });
    const a = await takeActivity(t, w.at);
    await k.terminate(t, w.id);
    await completeActivity(t, a, 1, {});
    await failActivity(t, a, failure('x'), {}, {});
    await heartbeat(t, a, 1, {});
  },
  'tokens: none, rubbish, and that of an earlier attempt': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(3) });
    const first = await takeActivity(t, w.at);
    await failActivity(t, first);
    await takeActivity(t, w.at);
    await completeActivity(t, first, 'x', {});
    await t.call('RespondActivityTaskCompleted', { identity: 'oracle' });
    const r = await t.call('RespondActivityTaskCompleted', { taskToken: Buffer.from([255, 254]), identity: 'oracle' }, quiet);
    t.observe('code', r.code);
  },
  'nobody takes the task of a closed workflow': async (t) => {
    const w = await scheduled(t);
    await k.terminate(t, w.id);
    await t.pollActivity(w.at, {}, { deadlineMs: 3000 });
  },

  'describe: scheduled, started, waiting for the retry': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(9), retryPolicy: retry(3, { initialInterval: seconds(60) }) });
    await pending(t, w, 'scheduled');
    const a = await takeActivity(t, w.at);
    await pending(t, w, 'started');
    await heartbeat(t, a, 'beat', quiet);
    await pending(t, w, 'after a heartbeat');
    await failActivity(t, a, failure('first'));
    await pending(t, w, 'waiting');
  },

  'pause: before the start, then go on': async (t) => {
    const w = await scheduled(t);
    await pause(t, w);
    await pending(t, w, 'paused');
    await t.pollActivity(w.at, {}, { deadlineMs: 3000 });
    await unpause(t, w);
    await completeActivity(t, await takeActivity(t, w.at), 'ok', {});
    await finish(t, w);
  },
  'pause: while running, told by the heartbeat': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(10), retryPolicy: retry(5) });
    const a = await takeActivity(t, w.at);
    await pause(t, w);
    await heartbeat(t, a, 1, {});
    await pending(t, w, 'asked to pause');
    await failActivity(t, a);
    await pending(t, w, 'paused');
    await unpause(t, w);
    const again = await takeActivity(t, w.at);
    t.observe('attempt', again.response.attempt);
    await completeActivity(t, again, 'ok', {});
    await k.outline(t, w.id);
  },
  'pause: twice, unknown, no longer pending': async (t) => {
    const w = await scheduled(t);
    await pause(t, w); await pause(t, w);
    await pause(t, w, { id: 'nobody' });
    await unpause(t, w);
    await completeActivity(t, await takeActivity(t, w.at));
    await pause(t, w);
  },
  'unpause: attempts set back': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(5) });
    await failActivity(t, await takeActivity(t, w.at));
    const second = await takeActivity(t, w.at);
    await pause(t, w);
    await failActivity(t, second);
    await unpause(t, w, { resetAttempts: true });
    const a = await takeActivity(t, w.at);
    t.observe('attempt', a.response.attempt);
  },
  'reset: waiting activity starts over': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(5, { initialInterval: seconds(60) }) });
    await failActivity(t, await takeActivity(t, w.at));
    await t.call('ResetActivity', { execution: { workflowId: w.id }, identity: 'oracle', id: 'a' });
    const a = await takeActivity(t, w.at);
    t.observe('attempt', a.response.attempt);
    await completeActivity(t, a, 'ok', {});
  },
  'reset: running activity loses its attempt and starts over': async (t) => {
    const w = await scheduled(t, { heartbeatTimeout: seconds(10), retryPolicy: retry(5) });
    await failActivity(t, await takeActivity(t, w.at));
    const a = await takeActivity(t, w.at);
    await t.call('ResetActivity', { execution: { workflowId: w.id }, identity: 'oracle', id: 'a' });
    await heartbeat(t, a, 1, {});
    await failActivity(t, a);
    const again = await takeActivity(t, w.at);
    t.observe('attempt', again.response.attempt);
  },
  'options: retry policy and timeouts changed': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(5, { initialInterval: seconds(60) }) });
    await failActivity(t, await takeActivity(t, w.at));
    await t.call('UpdateActivityOptions', { execution: { workflowId: w.id }, identity: 'oracle', id: 'a', activityOptions: { retryPolicy: { initialInterval: seconds(1), maximumAttempts: 2 }, startToCloseTimeout: seconds(33) }, updateMask: { paths: ['retryPolicy.initialInterval', 'retryPolicy.maximumAttempts', 'startToCloseTimeout'] } });
    const a = await takeActivity(t, w.at);
    t.observe('task', { attempt: a.response.attempt, startToCloseTimeout: a.response.startToCloseTimeout, retryPolicy: a.response.retryPolicy });
    await failActivity(t, a);
    await finish(t, w);
  },
  'options: unknown activity': async (t) => {
    const w = await scheduled(t);
    await t.call('UpdateActivityOptions', { execution: { workflowId: w.id }, identity: 'oracle', id: 'nobody', activityOptions: { startToCloseTimeout: seconds(1) }, updateMask: { paths: ['startToCloseTimeout'] } });
  },

  'eager: the task comes back with the completion': async (t) => {
    const w = await begin(t);
    const r = await t.complete(await take(t, w.tq), [cmd.activity('a', w.tq, { requestEagerExecution: true, input: payloads(1) })], {}, quiet);
    t.observe('activity tasks', r.response.activityTasks);
    await completeActivity(t, { raw: r.raw.activityTasks[0] }, 'ok', {});
    await finish(t, w);
  },
  'eager: handed out even when its task queue is another one': async (t) => {
    const w = await begin(t);
    const r = await t.complete(await take(t, w.tq), [cmd.activity('a', t.name('elsewhere'), { requestEagerExecution: true })], {}, quiet);
    t.observe('answer', { code: r.code, tasks: r.raw.activityTasks?.length ?? 0 });
    await k.outline(t, w.id);
  },
  'eager: fails and is retried through the queue': async (t) => {
    const w = await begin(t);
    const r = await t.complete(await take(t, w.tq), [cmd.activity('a', w.tq, { requestEagerExecution: true, retryPolicy: retry(2) })], {}, quiet);
    await failActivity(t, { raw: r.raw.activityTasks[0] });
    const again = await takeActivity(t, w.tq);
    t.observe('attempt', again.response.attempt);
    await completeActivity(t, again);
    await finish(t, w);
  },
  'result above the size limit becomes a failure': async (t) => {
    const w = await scheduled(t, { retryPolicy: retry(1) });
    const r = await completeActivity(t, await takeActivity(t, w.at), 'x'.repeat(2 * 1024 * 1024 + 5));
    t.observe('answer', { code: r.code, message: r.message });
    await finish(t, w);
  },
  'rate limit of the worker does not lose tasks': async (t) => {
    const w = await begin(t);
    const at = t.name('act');
    await step(t, w.tq, [cmd.activity('a', at), cmd.activity('b', at)]);
    const got = [];
    for (let i = 0; i < 2; i++) got.push((await takeActivity(t, at, { taskQueueMetadata: { maxTasksPerSecond: { value: 100 } } })).response.activityId);
    t.observe('activities', got.sort());
  },
};
