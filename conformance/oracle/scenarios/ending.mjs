// How runs end from outside: cancel, terminate, timeouts, reset, delete, pause.
import * as k from '../scenario-kit.mjs';
import { payload, payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failure, update } = k;

const NOBODY = '11111111-1111-4111-8111-111111111111';
const idle = async (t, more) => { const w = await begin(t, more); await step(t, w.tq, [cmd.timer('wait', 300)]); return w; };
const reset = (t, w, eventId, more = {}, options) =>
  t.call('ResetWorkflowExecution', { workflowExecution: { workflowId: w.id, runId: w.runId }, workflowTaskFinishEventId: eventId, requestId: t.uuid(), reason: 'again', identity: 'oracle', ...more }, options);
const ask = (t, workflowId, updateId) => t.call('UpdateWorkflowExecution', update.request(workflowId, updateId), { ...quiet, deadlineMs: 20_000 });
async function work(t, tq, makers) {
  const task = await take(t, tq);
  const all = (task.raw.messages ?? []).map((m) => k.answers(m, ...makers));
  await t.complete(task, all.flatMap((a) => a.commands), { messages: all.flatMap((a) => a.messages) }, quiet);
}

export default {
  // --- cancel ---
  'cancel: asked for, and acknowledged by the workflow': async (t) => {
    const w = await idle(t);
    await k.requestCancel(t, w.id, { reason: 'why not', identity: 'somebody' }, {});
    show(t, await (async () => { const task = await take(t, w.tq); await t.complete(task, [cmd.cancelTimer('wait'), cmd.cancelled('bye')], {}, quiet); return task; })());
    await t.history(w.id);
  },
  'cancel: asked for twice': async (t) => {
    const w = await idle(t);
    await k.requestCancel(t, w.id, {}, {}); await k.requestCancel(t, w.id, {}, {});
    await k.outline(t, w.id);
  },
  'cancel: the workflow completes all the same': async (t) => {
    const w = await idle(t);
    await k.requestCancel(t, w.id);
    await step(t, w.tq, [cmd.complete('done anyway')]);
    await k.status(t, w.id);
  },
  'cancel: closed and unknown workflow, wrong run': async (t) => {
    const w = await begin(t);
    await k.requestCancel(t, w.id, { workflowExecution: { workflowId: w.id, runId: NOBODY } }, {});
    await k.requestCancel(t, w.id, { firstExecutionRunId: NOBODY }, {});
    await k.terminate(t, w.id);
    await k.requestCancel(t, w.id, {}, {});
    await k.requestCancel(t, t.name('nobody'), {}, {});
    await k.requestCancel(t, '', {}, {});
  },
  // --- terminate ---
  'terminate: at once, with reason and details': async (t) => {
    const w = await idle(t);
    await k.terminate(t, w.id, { reason: 'enough', details: payloads('d', 2), identity: 'somebody' }, {});
    await t.history(w.id);
    await t.describe(w.id);
  },
  'terminate: before the first task': async (t) => { const w = await begin(t); await k.terminate(t, w.id, { reason: '' }, {}); await t.history(w.id); },
  'terminate: closed and unknown workflow, wrong run': async (t) => {
    const w = await begin(t);
    await k.terminate(t, w.id, { workflowExecution: { workflowId: w.id, runId: NOBODY } }, {});
    await k.terminate(t, w.id, { firstExecutionRunId: NOBODY }, {});
    await k.terminate(t, w.id, { firstExecutionRunId: w.runId }, {});
    await k.terminate(t, w.id, {}, {});
    await k.terminate(t, t.name('nobody'), {}, {});
  },
  // --- timeouts ---
  'run timeout': async (t) => { const w = await begin(t, { workflowRunTimeout: seconds(1) }); await k.ended(t, w.id); await t.describe(w.id); },
  'execution timeout': async (t) => { const w = await begin(t, { workflowExecutionTimeout: seconds(1) }); await k.ended(t, w.id); },
  'execution timeout ends a chain of retries': async (t) => {
    const w = await begin(t, { workflowExecutionTimeout: seconds(3), retryPolicy: k.retry(0) });
    await step(t, w.tq, [cmd.fail()]);
    await take(t, w.tq);
    await k.ended(t, w.id);
  },
  'run timeout while a task is open': async (t) => {
    const w = await begin(t, { workflowRunTimeout: seconds(2) });
    await t.sleep(1000); // else the task would time out at the same moment
    const task = await take(t, w.tq);
    await k.ended(t, w.id);
    await t.complete(task, [cmd.complete()]);
  },
  // --- reset ---
  'reset: to the first task': async (t) => {
    const w = await begin(t);
    await step(t, w.tq, [cmd.timer('wait', 300)]);
    await k.signal(t, w.id, 'kept');
    await step(t, w.tq, [cmd.marker('m')]);
    const r = await reset(t, w, 4);
    await k.outline(t, w.id, w.runId, 'old run');
    await t.history(w.id, r.raw.runId);
    show(t, await take(t, w.tq));
  },
  'reset: the old run is terminated': async (t) => {
    const w = await begin(t);
    await step(t, w.tq, [cmd.timer('wait', 300)]);
    await reset(t, w, 4, {}, quiet);
    await k.event(t, w.id, 'WORKFLOW_EXECUTION_TERMINATED', w.runId);
    const d = await t.describe(w.id, w.runId, quiet);
    t.observe('old run', { status: d.response.workflowExecutionInfo.status, resetRunId: d.response.workflowExtendedInfo?.resetRunId });
  },
  'reset: a completed workflow goes on': async (t) => {
    const w = await begin(t);
    await step(t, w.tq, [cmd.complete('first')]);
    await reset(t, w, 4);
    await step(t, w.tq, [cmd.complete('second')]);
    await t.history(w.id);
    await k.status(t, w.id, w.runId, 'old run');
  },
  'reset: same request id twice': async (t) => {
    const w = await begin(t);
    await step(t, w.tq, [cmd.timer('wait', 300)]);
    const requestId = t.uuid();
    await reset(t, w, 4, { requestId }); await reset(t, w, 4, { requestId });
  },
  'reset: signals left out when told so': async (t) => {
    const w = await begin(t);
    await step(t, w.tq, [cmd.timer('wait', 300)]);
    await k.signal(t, w.id, 'lost');
    await reset(t, w, 4, { resetReapplyExcludeTypes: ['RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL'] }, quiet);
    await k.outline(t, w.id);
  },
  'reset: an accepted update is admitted again': async (t) => {
    const w = await idle(t);
    const call = ask(t, w.id, 'u1');
    await work(t, w.tq, [update.accept, update.respond]);
    await call;
    await reset(t, w, 4, {}, quiet);
    await t.history(w.id);
    const task = await take(t, w.tq);
    show(t, task);
  },
  'reset: updates left out when told so': async (t) => {
    const w = await idle(t);
    const call = ask(t, w.id, 'u1');
    await work(t, w.tq, [update.accept, update.respond]);
    await call;
    await reset(t, w, 4, { resetReapplyExcludeTypes: ['RESET_REAPPLY_EXCLUDE_TYPE_UPDATE'] }, quiet);
    await k.outline(t, w.id);
  },
  'reset: an activity under way is handed out anew in the new run': async (t) => {
    const w = await begin(t);
    const at = t.name('act');
    await step(t, w.tq, [cmd.activity('a', at, { retryPolicy: k.retry(3) })]);
    const a = await k.takeActivity(t, at);
    await k.signal(t, w.id);
    await step(t, w.tq);
    await reset(t, w, 9, {}, quiet);
    await k.completeActivity(t, a, 'late', {});
    const again = await k.takeActivity(t, at);
    t.observe('attempt', again.response.attempt);
    await k.completeActivity(t, again, 'ok', {});
    await t.history(w.id);
  },
  'reset: pending timers keep running': async (t) => {
    const w = await begin(t);
    await step(t, w.tq, [cmd.timer('t', 3)]);
    await k.signal(t, w.id);
    await step(t, w.tq);
    await reset(t, w, 8, {}, quiet);
    await step(t, w.tq);
    await k.happened(t, w.id, 'TIMER_FIRED');
    await k.outline(t, w.id);
  },
  'reset: event that ends no task, no event, unknown workflow': async (t) => {
    const w = await idle(t);
    const r = await reset(t, w, 5, {}, quiet);
    t.observe('event of a timer', r.code);
    await reset(t, w, 1);
    await reset(t, w, 99);
    await reset(t, w, 0);
    await reset(t, { id: t.name('nobody') }, 4);
  },
  'reset: no request id': async (t) => { const w = await idle(t); await reset(t, w, 4, { requestId: '' }); },
  'reset: a signal sent afterwards by the operation': k.textAside(async (t) => {
    const w = await idle(t);
    await reset(t, w, 4, { postResetOperations: [{ signalWorkflow: { signalName: 'after', input: payloads(1) } }] });
    await t.history(w.id);
  }),
  // --- delete ---
  'delete: a closed workflow': async (t) => {
    const w = await begin(t);
    await step(t, w.tq, [cmd.complete()]);
    await t.call('DeleteWorkflowExecution', { workflowExecution: { workflowId: w.id } }); // when it is gone is up to the server
  },
  'delete: a running workflow disappears': async (t) => {
    const w = await begin(t);
    await t.call('DeleteWorkflowExecution', { workflowExecution: { workflowId: w.id } });
    await t.eventually('GetWorkflowExecutionHistory', { execution: { workflowId: w.id } }, (r) => !r.ok);
  },
  'delete: unknown workflow': async (t) => { await t.call('DeleteWorkflowExecution', { workflowExecution: { workflowId: t.name('nobody') } }); },
  // --- options ---
  'options: priority changed while running': { ignore: ['unsetVersioningOverride'], run: async (t) => {
    const w = await idle(t, { priority: { priorityKey: 1 } });
    await t.call('UpdateWorkflowExecutionOptions', { workflowExecution: { workflowId: w.id }, workflowExecutionOptions: { priority: { priorityKey: 4 } }, updateMask: { paths: ['priority'] }, identity: 'oracle' });
    await k.event(t, w.id, 'WORKFLOW_EXECUTION_OPTIONS_UPDATED');
    const d = await t.describe(w.id, '', quiet);
    t.observe('priority', d.response.workflowExecutionInfo.priority);
  } },
  'pause: switched off on this server': async (t) => {
    const w = await idle(t);
    const r = await t.call('PauseWorkflowExecution', { workflowId: w.id, identity: 'oracle', reason: 'r', requestId: t.uuid() }, quiet);
    t.observe('pause', r.code);
  },
};
