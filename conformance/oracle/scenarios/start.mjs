// Starting workflows: what a start request may say, what it is refused for, and what happens to an id that is in use.
import * as k from '../scenario-kit.mjs';
import { payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, memo, indexed, failure } = k;

const REUSE = ['ALLOW_DUPLICATE', 'ALLOW_DUPLICATE_FAILED_ONLY', 'REJECT_DUPLICATE', 'TERMINATE_IF_RUNNING'];
const CONFLICT = ['UNSPECIFIED', 'FAIL', 'USE_EXISTING', 'TERMINATE_EXISTING'];
const policies = (reuse, conflict) => ({ workflowIdReusePolicy: `WORKFLOW_ID_REUSE_POLICY_${reuse}`, workflowIdConflictPolicy: `WORKFLOW_ID_CONFLICT_POLICY_${conflict}` });

/** A first run brought to a state, then a second start of the same id with the policies. */
async function secondStart(t, state, more) {
  const { id, tq, runId } = await begin(t, { input: payloads('first') });
  if (state === 'completed') await step(t, tq, [cmd.complete('r')]);
  if (state === 'terminated') await k.terminate(t, id);
  await t.sleep(1200); // a closer restart would be throttled
  const second = await t.start(id, tq, { input: payloads('second'), ...more });
  await k.status(t, id, runId, 'first run');
  await k.outline(t, id, runId, 'first run, events');
  if (second.ok && second.raw.runId !== runId) await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED', second.raw.runId, 'second run, first event');
}
const matrix = {};
for (const state of ['running', 'completed'])
  for (const reuse of REUSE)
    for (const conflict of CONFLICT) matrix[`id in use by a ${state} run: reuse ${reuse}, conflict ${conflict}`] = (t) => secondStart(t, state, policies(reuse, conflict));

const refused = (more) => async (t) => { const id = t.name('wf'), tq = t.name('tq'); await t.start(id, tq, more); };
const shown = (more) => async (t) => { const { id } = await begin(t, more); await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED'); await t.describe(id); };

/** An update-with-start call that is not awaited. */
const withStart = (t, id, tq, { start = {}, updateId = 'u1', stage = 'COMPLETED', upd = {} } = {}) =>
  t.call('ExecuteMultiOperation', { operations: [
    { startWorkflow: { namespace: t.namespace, workflowId: id, workflowType: { name: 'W' }, taskQueue: { name: tq }, requestId: t.uuid(), identity: 'oracle', ...policies('ALLOW_DUPLICATE', 'USE_EXISTING'), ...start } },
    { updateWorkflow: { namespace: t.namespace, ...k.update.request(id, updateId, upd, { stage }) } }] }, quiet);

export default {
  ...matrix,
  'restart of an id within a second of the last start': async (t) => {
    const { id, tq } = await begin(t);
    await k.terminate(t, id);
    const r = await t.start(id, tq, {}, quiet);
    t.observe('answer', { code: r.code, details: r.details });
  },
  'same request id, run still open': async (t) => {
    const id = t.name('wf'), tq = t.name('tq'), requestId = t.uuid();
    await t.start(id, tq, { requestId });
    await t.start(id, tq, { requestId });
    await t.start(id, tq, { requestId, ...policies('ALLOW_DUPLICATE', 'USE_EXISTING') });
    await k.outline(t, id);
  },
  'same request id after the run has closed': async (t) => {
    const id = t.name('wf'), tq = t.name('tq'), requestId = t.uuid();
    await t.start(id, tq, { requestId }, quiet);
    await step(t, tq, [cmd.complete()]);
    await t.sleep(1200);
    await t.start(id, tq, { requestId, ...policies('REJECT_DUPLICATE', 'FAIL') });
    await t.start(id, tq, { requestId });
  },
  'no request id given': async (t) => { const id = t.name('wf'), tq = t.name('tq'); await t.start(id, tq, { requestId: undefined }); await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED'); },
  'use existing, attaching a request id': async (t) => {
    const { id, tq } = await begin(t);
    const requestId = t.name('second');
    const use = { requestId, ...policies('ALLOW_DUPLICATE', 'USE_EXISTING'), onConflictOptions: { attachRequestId: true } };
    await t.start(id, tq, use);
    await t.start(id, tq, use);
    await t.start(id, tq, { requestId });
    await t.history(id);
    const d = await t.describe(id, '', quiet);
    t.observe('attached', d.response.workflowExtendedInfo?.requestIdInfos?.[requestId]);
  },
  'use existing, attaching links': async (t) => {
    const { id, tq } = await begin(t);
    const link = { workflowEvent: { namespace: t.namespace, workflowId: 'other', runId: '11111111-1111-4111-8111-111111111111', eventRef: { eventId: 1, eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED' } } };
    await t.start(id, tq, { ...policies('ALLOW_DUPLICATE', 'USE_EXISTING'), links: [link], onConflictOptions: { attachRequestId: true, attachLinks: true } });
    await k.event(t, id, 'WORKFLOW_EXECUTION_OPTIONS_UPDATED');
  },
  'attach options while nothing runs': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    await t.start(id, tq, { ...policies('ALLOW_DUPLICATE', 'USE_EXISTING'), onConflictOptions: { attachRequestId: true } });
    await k.outline(t, id);
  },
  'start delay: first task comes after it': async (t) => {
    const { id, tq } = await begin(t, { workflowStartDelay: seconds(1) });
    await t.describe(id);
    await k.outline(t, id);
    show(t, await take(t, tq));
    await t.history(id);
  },
  'start delay: a signal does not wake the workflow': async (t) => {
    const { id, tq } = await begin(t, { workflowStartDelay: seconds(2) });
    await k.signal(t, id);
    await k.outline(t, id);
    show(t, await take(t, tq));
  },
  'start delay: a cancel request wakes the workflow': async (t) => {
    const { id, tq } = await begin(t, { workflowStartDelay: seconds(2) });
    await k.requestCancel(t, id);
    await k.outline(t, id);
    show(t, await take(t, tq));
  },
  'start delay: terminated while waiting': async (t) => {
    const { id } = await begin(t, { workflowStartDelay: seconds(60) });
    await k.terminate(t, id);
    await t.history(id);
  },
  'start delay with cron is refused': refused({ workflowStartDelay: seconds(1), cronSchedule: '@every 1h' }),
  'negative start delay': refused({ workflowStartDelay: { seconds: -5 } }),
  'eager start: first task in the answer': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    const r = await t.start(id, tq, { requestEagerExecution: true });
    await t.complete({ raw: r.raw.eagerWorkflowTask }, [cmd.complete('quick')]);
    await t.history(id);
  },
  'eager start with a start delay': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    await t.start(id, tq, { requestEagerExecution: true, workflowStartDelay: seconds(1) });
    await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED');
  },
  'eager start, first task fails and goes through the queue': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    const r = await t.start(id, tq, { requestEagerExecution: true }, quiet);
    await k.failTask(t, { raw: r.raw.eagerWorkflowTask }, 'WORKFLOW_WORKER_UNHANDLED_FAILURE', {}, {});
    show(t, await take(t, tq));
    await t.history(id);
  },
  'eager start repeated with the same request id': async (t) => {
    const id = t.name('wf'), tq = t.name('tq'), requestId = t.uuid();
    await t.start(id, tq, { requestEagerExecution: true, requestId }, quiet);
    const again = await t.start(id, tq, { requestEagerExecution: true, requestId }, quiet);
    t.observe('again', { code: again.code, started: again.response?.started, task: !!again.raw?.eagerWorkflowTask, attempt: again.raw?.eagerWorkflowTask?.attempt });
  },
  'eager start of an id in use': async (t) => {
    const { id, tq } = await begin(t);
    await t.start(id, tq, { requestEagerExecution: true });
    await t.start(id, tq, { requestEagerExecution: true, ...policies('ALLOW_DUPLICATE', 'USE_EXISTING') });
  },
  'cron: first run waits and says so': async (t) => {
    const { id, tq } = await begin(t, { cronSchedule: '@every 1h', input: payloads(1) });
    const r = await t.history(id, '', {}, quiet);
    const a = r.response.history.events[0].workflowExecutionStartedEventAttributes;
    t.observe('started', { cron: a.cronSchedule, initiator: a.initiator, waits: +(a.firstWorkflowTaskBackoff?.seconds ?? 0) > 3500, attempt: a.attempt });
    await k.outline(t, id);
  },
  'cron: every second, two runs': async (t) => {
    const { id, tq, runId } = await begin(t, { cronSchedule: '@every 1s', input: payloads(1) });
    await step(t, tq, [cmd.complete('one')]);
    const second = await take(t, tq, {}, { deadlineMs: 12_000 });
    show(t, second);
    await t.history(id, runId);
    await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED', second.response.workflowExecution.runId);
    await k.terminate(t, id);
  },
  'cron: bad expression': refused({ cronSchedule: 'every now and then' }),
  'cron: time zone prefix': async (t) => { const { id } = await begin(t, { cronSchedule: 'CRON_TZ=Europe/Berlin 0 3 1 1 *' }); const r = await t.history(id, '', {}, quiet); t.observe('cron', r.response.history.events[0].workflowExecutionStartedEventAttributes.cronSchedule); await k.terminate(t, id); },
  'cron: unknown time zone': refused({ cronSchedule: 'CRON_TZ=Mars/Olympus 0 3 * * *' }),
  'retry policy: defaults are filled in': async (t) => { const { id } = await begin(t, { retryPolicy: {} }); await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED'); },
  'retry policy: given values are kept': async (t) => {
    const { id } = await begin(t, { retryPolicy: { initialInterval: seconds(2), backoffCoefficient: 1.5, maximumInterval: seconds(9), maximumAttempts: 4, nonRetryableErrorTypes: ['Boom'] } });
    await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED');
  },
  'retry policy: coefficient below one': refused({ retryPolicy: { backoffCoefficient: 0.5 } }),
  'retry policy: negative initial interval': refused({ retryPolicy: { initialInterval: { seconds: -1 } } }),
  'retry policy: maximum below initial interval': refused({ retryPolicy: { initialInterval: seconds(5), maximumInterval: seconds(1) } }),
  'retry policy: negative attempts': refused({ retryPolicy: { maximumAttempts: -1 } }),
  'memo and search attributes are kept': shown({ memo: memo({ note: 'hello', n: 1 }), searchAttributes: { indexedFields: indexed({ CustomKeywordField: 'kw' }) } }),
  'search attributes of every type': async (t) => {
    const { id } = await begin(t, { searchAttributes: { indexedFields: indexed({ CustomKeywordField: 'kw', CustomIntField: 7, CustomBoolField: true, CustomDoubleField: 1.5, CustomDatetimeField: '2020-01-02T03:04:05Z', CustomTextField: 'some text' }) } });
    await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED');
    const d = await t.describe(id, '', quiet);
    t.observe('described', Object.fromEntries(Object.entries(d.response.workflowExecutionInfo.searchAttributes.indexedFields).sort()));
  },
  'search attribute that does not exist': refused({ searchAttributes: { indexedFields: indexed({ NoSuchAttribute: 1 }) } }),
  'search attribute with a value of the wrong type': refused({ searchAttributes: { indexedFields: indexed({ CustomIntField: 'seven' }) } }),
  'search attribute that belongs to the system': refused({ searchAttributes: { indexedFields: indexed({ WorkflowType: 'mine' }) } }),
  'user metadata': shown({ userMetadata: { summary: k.payload('in short'), details: k.payload('at length') } }),
  'priority': shown({ priority: { priorityKey: 2, fairnessKey: 'tenant', fairnessWeight: 1.5 } }),
  'priority: negative key': refused({ priority: { priorityKey: -1 } }),
  'priority: fairness key too long': refused({ priority: { fairnessKey: 'x'.repeat(65) } }),
  'header and identity': shown({ header: { fields: { h: k.payload('v') } }, identity: 'somebody' }),
  'links on the start event': async (t) => {
    const { id } = await begin(t, { links: [{ workflowEvent: { namespace: t.namespace, workflowId: 'other', runId: '11111111-1111-4111-8111-111111111111', eventRef: { eventId: 5, eventType: 'EVENT_TYPE_NEXUS_OPERATION_SCHEDULED' } } }] });
    await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED');
  },
  'workflow task timeout of zero and above the limit': async (t) => {
    const a = await begin(t, { workflowTaskTimeout: seconds(0) }, 'a'); await k.event(t, a.id, 'WORKFLOW_EXECUTION_STARTED');
    const b = await begin(t, { workflowTaskTimeout: seconds(1000) }, 'b'); await k.event(t, b.id, 'WORKFLOW_EXECUTION_STARTED');
  },
  'run timeout above the execution timeout': async (t) => { const { id } = await begin(t, { workflowExecutionTimeout: seconds(100), workflowRunTimeout: seconds(500) }); await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED'); },
  'only an execution timeout': async (t) => { const { id } = await begin(t, { workflowExecutionTimeout: seconds(100) }); await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED'); },
  'negative execution timeout': refused({ workflowExecutionTimeout: { seconds: -1 } }),
  'negative task timeout': refused({ workflowTaskTimeout: { seconds: -1 } }),
  'no workflow id': async (t) => { await t.start('', t.name('tq')); },
  'no workflow type': refused({ workflowType: {} }),
  'no task queue': async (t) => { await t.start(t.name('wf'), ''); },
  'workflow id too long': async (t) => { await t.start('x'.repeat(1001), t.name('tq')); },
  'request id too long': refused({ requestId: 'x'.repeat(1001) }),
  'workflow type too long': refused({ workflowType: { name: 'x'.repeat(1001) } }),
  'task queue name reserved by the server': async (t) => { await t.start(t.name('wf'), '/_sys/mine/3'); },
  'unknown namespace': refused({ namespace: 'no-such-namespace' }),
  'no namespace': refused({ namespace: '' }),
  'terminate-if-running together with a conflict policy': refused(policies('TERMINATE_IF_RUNNING', 'FAIL')),

  'signal with start: new workflow': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq));
    show(t, await take(t, tq));
    await t.history(id);
  },
  'signal with start: workflow is running': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq);
    await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq));
    await t.history(id);
  },
  'signal with start: last run completed': async (t) => {
    const { id, tq, runId } = await begin(t);
    await step(t, tq, [cmd.complete()]);
    await t.sleep(1200);
    const r = await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq));
    await k.outline(t, id);
    t.observe('new run', r.raw?.runId !== runId);
  },
  'signal with start: last run completed and duplicates are refused': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.complete()]);
    await t.sleep(1200);
    await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq, policies('REJECT_DUPLICATE', 'UNSPECIFIED')));
  },
  'signal with start: conflict policy FAIL is refused': async (t) => { await t.call('SignalWithStartWorkflowExecution', sws(t, t.name('wf'), t.name('tq'), policies('ALLOW_DUPLICATE', 'FAIL'))); },
  'signal with start: replace the running one': async (t) => {
    const { id, tq, runId } = await begin(t);
    await t.sleep(1200);
    await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq, policies('ALLOW_DUPLICATE', 'TERMINATE_EXISTING')));
    await t.history(id, runId);
    await k.outline(t, id);
  },
  'signal with start: same request id twice': async (t) => {
    const id = t.name('wf'), tq = t.name('tq'), requestId = t.uuid();
    await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq, { requestId }));
    await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq, { requestId }));
    await k.outline(t, id);
  },
  'signal with start: a second call ends the start delay': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq, { workflowStartDelay: seconds(30) }));
    await k.outline(t, id);
    await t.call('SignalWithStartWorkflowExecution', sws(t, id, tq, { workflowStartDelay: seconds(30), signalName: 'second' }));
    await k.outline(t, id);
    show(t, await take(t, tq));
  },
  'signal with start: no signal name': async (t) => { await t.call('SignalWithStartWorkflowExecution', sws(t, t.name('wf'), t.name('tq'), { signalName: '' })); },
  'signal with start: no workflow type': async (t) => { await t.call('SignalWithStartWorkflowExecution', sws(t, t.name('wf'), t.name('tq'), { workflowType: {} })); },

  'update with start: new workflow, update completed in its first task': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    const call = withStart(t, id, tq);
    const task = await take(t, tq);
    show(t, task);
    const m = task.raw.messages[0];
    const a = k.answers(m, k.update.accept, k.update.respond);
    await t.complete(task, a.commands, { messages: a.messages }, quiet);
    k.answered(t, 'answer', await call);
    await t.history(id);
  },
  'update with start: new workflow, waiting for acceptance only': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    const call = withStart(t, id, tq, { stage: 'ACCEPTED' });
    const task = await take(t, tq);
    const a = k.answers(task.raw.messages[0], k.update.accept);
    await t.complete(task, a.commands, { messages: a.messages }, quiet);
    k.answered(t, 'answer', await call);
  },
  'update with start: workflow is running, USE_EXISTING': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq);
    const call = withStart(t, id, tq);
    const task = await take(t, tq);
    const a = k.answers(task.raw.messages[0], k.update.accept, k.update.respond);
    await t.complete(task, a.commands, { messages: a.messages }, quiet);
    k.answered(t, 'answer', await call);
    await k.outline(t, id);
  },
  'update with start: workflow is running, FAIL': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq);
    k.answered(t, 'answer', await withStart(t, id, tq, { start: policies('ALLOW_DUPLICATE', 'FAIL') }));
  },
  'update with start: rejected by the worker': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    const call = withStart(t, id, tq);
    const task = await take(t, tq);
    const a = k.answers(task.raw.messages[0], k.update.reject);
    await t.complete(task, a.commands, { messages: a.messages }, quiet);
    k.answered(t, 'answer', await call);
    await k.outline(t, id);
  },
  'update with start: workflow closes without answering': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    const call = withStart(t, id, tq);
    await step(t, tq, [cmd.complete('bye')]);
    k.answered(t, 'answer', await call);
  },
  'update with start: update id seen before, run closed': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    const call = withStart(t, id, tq);
    const task = await take(t, tq);
    const a = k.answers(task.raw.messages[0], k.update.accept, k.update.respond);
    await t.complete(task, [...a.commands, cmd.complete('bye')], { messages: a.messages }, quiet);
    k.answered(t, 'first answer', await call);
    await t.sleep(1200);
    k.answered(t, 'second answer', await withStart(t, id, tq));
  },
  'update with start: start is invalid': async (t) => { const id = t.name('wf'), tq = t.name('tq'); k.answered(t, 'answer', await withStart(t, id, tq, { start: { workflowType: {} } })); },
  'update with start: update is invalid': async (t) => { const id = t.name('wf'), tq = t.name('tq'); k.answered(t, 'answer', await withStart(t, id, tq, { upd: { request: { meta: { updateId: 'u' }, input: {} } } })); },
  'update with start: two different workflow ids': async (t) => { const id = t.name('wf'), tq = t.name('tq'); k.answered(t, 'answer', await withStart(t, id, tq, { upd: { workflowExecution: { workflowId: 'another' } } })); },
  'update with start: cron is refused': async (t) => { const id = t.name('wf'), tq = t.name('tq'); k.answered(t, 'answer', await withStart(t, id, tq, { start: { cronSchedule: '@hourly' } })); },
  'update with start: eager start is refused': async (t) => { const id = t.name('wf'), tq = t.name('tq'); k.answered(t, 'answer', await withStart(t, id, tq, { start: { requestEagerExecution: true } })); },
  'multi operation: no operations': async (t) => { await t.call('ExecuteMultiOperation', { operations: [] }); },
  'multi operation: only a start': async (t) => { await t.call('ExecuteMultiOperation', { operations: [{ startWorkflow: { namespace: t.namespace, workflowId: t.name('wf'), workflowType: { name: 'W' }, taskQueue: { name: t.name('tq') } } }] }); },
};
const sws = (t, workflowId, tq, more = {}) => ({ workflowId, workflowType: { name: 'W' }, taskQueue: { name: tq }, signalName: 's', signalInput: payloads('in'), identity: 'oracle', requestId: t.uuid(), ...more });
