// The seventeen commands: what each one writes, and what each one is refused for.
import * as k from '../scenario-kit.mjs';
import { payload, payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failure, memo, indexed } = k;

/** One task completed with these commands; the answer, the events and the failure event are written down. */
const refused = (commands, start = {}) => async (t) => {
  const w = await begin(t, start);
  await t.complete(await take(t, w.tq), typeof commands === 'function' ? await commands(t, w) : [].concat(commands));
  await k.outline(t, w.id);
  await k.event(t, w.id, 'WORKFLOW_TASK_FAILED');
};
/** One task completed with these commands; the answer and the history are written down. */
const written = (commands, start = {}) => async (t) => {
  const w = await begin(t, start);
  await t.complete(await take(t, w.tq), typeof commands === 'function' ? await commands(t, w) : [].concat(commands));
  await t.history(w.id);
};
const long = 'x'.repeat(1001);
async function endpoint(t) {
  const name = t.name('endpoint'), tq = t.name('nexus-tq');
  await t.operator('CreateNexusEndpoint', { spec: { name, target: { worker: { namespace: t.namespace, taskQueue: tq } } } }, quiet);
  return { name, tq };
}
const pollNexus = (t, tq) => t.call('PollNexusTaskQueue', { taskQueue: { name: tq, kind: 'TASK_QUEUE_KIND_NORMAL' }, identity: 'oracle' }, { ...quiet, deadlineMs: 10_000 });

export default {
  'schedule activity: all fields are kept': written((t, w) => [cmd.activity('a', t.name('act'), { input: payloads(1, 'two'), header: { fields: { h: payload(1) } }, scheduleToCloseTimeout: seconds(30), scheduleToStartTimeout: seconds(20), startToCloseTimeout: seconds(10), heartbeatTimeout: seconds(5), retryPolicy: { initialInterval: seconds(2), backoffCoefficient: 3, maximumInterval: seconds(50), maximumAttempts: 7, nonRetryableErrorTypes: ['X'] }, priority: { priorityKey: 1 } }, { userMetadata: { summary: payload('sum') } })]),
  'schedule activity: only start-to-close, the rest is filled in': written((t) => [cmd.activity('a', t.name('act'), { startToCloseTimeout: seconds(5) })]),
  'schedule activity: only schedule-to-close, the rest is filled in': written((t) => [cmd.activity('a', t.name('act'), { startToCloseTimeout: undefined, scheduleToCloseTimeout: seconds(5) })]),
  'schedule activity: timeouts are capped by the run timeout': written((t) => [cmd.activity('a', t.name('act'), { startToCloseTimeout: seconds(500), scheduleToCloseTimeout: seconds(600), scheduleToStartTimeout: seconds(700), heartbeatTimeout: seconds(800) })], { workflowRunTimeout: seconds(100) }),
  'schedule activity: start-to-close above schedule-to-close': written((t) => [cmd.activity('a', t.name('act'), { startToCloseTimeout: seconds(50), scheduleToCloseTimeout: seconds(20) })]),
  'schedule activity: no task queue means the one of the workflow': written((t) => [cmd.activity('a', '', { taskQueue: undefined })]),
  'schedule activity: retry policy defaults': written((t) => [cmd.activity('a', t.name('act'), { retryPolicy: { maximumAttempts: 2 } })]),
  'schedule activity: no id': refused((t) => [cmd.activity('', t.name('act'))]),
  'schedule activity: no type': refused((t) => [cmd.activity('a', t.name('act'), { activityType: undefined })]),
  'schedule activity: no timeout': refused((t) => [cmd.activity('a', t.name('act'), { startToCloseTimeout: undefined })]),
  'schedule activity: negative timeout': refused((t) => [cmd.activity('a', t.name('act'), { startToCloseTimeout: { seconds: -1 } })]),
  'schedule activity: id too long': refused((t) => [cmd.activity(long, t.name('act'))]),
  'schedule activity: bad retry policy': refused((t) => [cmd.activity('a', t.name('act'), { retryPolicy: { backoffCoefficient: 0.2 } })]),
  'schedule activity: same id twice': k.textAside(refused((t) => [cmd.activity('a', t.name('act')), cmd.activity('a', t.name('act2'))])),
  'schedule activity: id may be used again when the first is done': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.activity('a', tq)]);
    await k.completeActivity(t, await k.takeActivity(t, tq));
    await step(t, tq, [cmd.activity('a', tq)]);
    await k.outline(t, id);
  },

  'cancel activity: before it starts': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.activity('a', t.name('act'))]);
    await k.signal(t, id);
    await step(t, tq, [cmd.cancelActivity(5)]);
    await t.history(id);
  },
  'cancel activity: scheduled and cancelled in one task': written((t) => [cmd.activity('a', t.name('act')), cmd.cancelActivity(5)]),
  'cancel activity: unknown': k.textAside(refused(cmd.cancelActivity(77))),
  'cancel activity: no id': refused(cmd.cancelActivity(0)),
  'cancel activity: twice': k.textAside(async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.activity('a', tq)]);
    await k.takeActivity(t, tq);
    await k.signal(t, id);
    await step(t, tq, [cmd.cancelActivity(5)]);
    await k.signal(t, id);
    await t.complete(await take(t, tq), [cmd.cancelActivity(5)]);
    await k.outline(t, id);
  }),

  'start timer': written(cmd.timer('t', 60, { userMetadata: { summary: payload('a while') } })),
  'start timer: no id': refused(cmd.timer('', 1)),
  'start timer: no duration': refused(cmd.timer('t')),
  'start timer: zero': refused(cmd.timer('t', 0)),
  'start timer: negative': refused(cmd.bare('START_TIMER', 'startTimerCommandAttributes', { timerId: 't', startToFireTimeout: { seconds: -1 } })),
  'start timer: id too long': refused(cmd.timer(long, 1)),
  'start timer: same id twice': k.textAside(refused([cmd.timer('t', 60), cmd.timer('t', 70)])),
  'cancel timer': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 60)]);
    await k.signal(t, id);
    await step(t, tq, [cmd.cancelTimer('t')]);
    await t.history(id);
  },
  'cancel timer: in the task that starts it': written([cmd.timer('t', 60), cmd.cancelTimer('t')]),
  'cancel timer: unknown': k.textAside(refused(cmd.cancelTimer('nobody'))),
  'cancel timer: no id': refused(cmd.cancelTimer('')),

  'complete workflow': written(cmd.complete({ a: [1, 2] }, { userMetadata: { summary: payload('over') } })),
  'complete workflow: without a result': written(cmd.complete()),
  'fail workflow': written(cmd.fail(failure('it broke', { stackTrace: 'at line 1', cause: failure('deeper') }, { details: payloads('d'), nonRetryable: true }))),
  'fail workflow: no failure': refused(cmd.bare('FAIL_WORKFLOW_EXECUTION', 'failWorkflowExecutionCommandAttributes', {})),
  'cancel workflow': async (t) => {
    const { id, tq } = await begin(t);
    await k.requestCancel(t, id);
    await step(t, tq, [cmd.cancelled('bye')]);
    await t.history(id);
  },
  'cancel workflow: nobody asked for it': written(cmd.cancelled('on my own')),
  'continue as new: nothing given': async (t) => {
    const { id, tq, runId } = await begin(t, { input: payloads('old') });
    await t.sleep(1200); // a faster successor would have to wait a little
    await step(t, tq, [cmd.continueAsNew()]);
    await t.history(id, runId);
    await k.event(t, id, 'WORKFLOW_EXECUTION_STARTED');
  },
  'continue as new: negative timeouts': k.textAside(refused(cmd.continueAsNew({ workflowRunTimeout: { seconds: -1 } }))),
  'continue as new: bad retry policy': k.textAside(refused(cmd.continueAsNew({ retryPolicy: { maximumAttempts: -1 } }))),
  'continue as new: unknown search attribute': refused(cmd.continueAsNew({ searchAttributes: { indexedFields: indexed({ NoSuch: 1 }) } })),

  'cancel external: a running workflow': async (t) => {
    const other = await begin(t, {}, 'other');
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.cancelExternal(other.id, { reason: 'because', control: 'c' })]);
    await k.happened(t, id, 'EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED');
    await t.history(id);
    await k.event(t, other.id, 'WORKFLOW_EXECUTION_CANCEL_REQUESTED');
  },
  'cancel external: unknown workflow': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.cancelExternal(t.name('nobody'))]);
    await k.happened(t, id, 'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED');
    await t.history(id);
  },
  'cancel external: no workflow id': refused(cmd.cancelExternal('')),
  'cancel external: run id that is none': refused((t) => [cmd.cancelExternal(t.name('other'), { runId: 'not-a-uuid' })]),
  'cancel external: other namespace': refused((t) => [cmd.cancelExternal(t.name('other'), { namespace: 'temporal-system' })]),
  'signal external: a running workflow': async (t) => {
    const other = await begin(t, {}, 'other');
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.signalExternal(other.id, 'hey', { input: payloads(1), control: 'c', header: { fields: { h: payload(1) } } })]);
    await k.happened(t, id, 'EXTERNAL_WORKFLOW_EXECUTION_SIGNALED');
    await t.history(id);
    await k.event(t, other.id, 'WORKFLOW_EXECUTION_SIGNALED');
  },
  'signal external: unknown workflow': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.signalExternal(t.name('nobody'), 'hey')]);
    await k.happened(t, id, 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED');
    await t.history(id);
  },
  'signal external: no name': refused((t) => [cmd.signalExternal(t.name('other'), '')]),
  'signal external: no execution': refused(cmd.bare('SIGNAL_EXTERNAL_WORKFLOW_EXECUTION', 'signalExternalWorkflowExecutionCommandAttributes', { signalName: 's' })),
  'signal external: other namespace': refused((t) => [cmd.bare('SIGNAL_EXTERNAL_WORKFLOW_EXECUTION', 'signalExternalWorkflowExecutionCommandAttributes', { namespace: 'temporal-system', execution: { workflowId: t.name('o') }, signalName: 's' })]),

  'start child: all fields are kept': async (t) => {
    const { id, tq } = await begin(t);
    const childId = t.name('child');
    await step(t, tq, [cmd.child(childId, t.name('child-tq'), { input: payloads('in'), workflowExecutionTimeout: seconds(300), workflowRunTimeout: seconds(200), workflowTaskTimeout: seconds(9), parentClosePolicy: 'PARENT_CLOSE_POLICY_ABANDON', control: 'c', workflowIdReusePolicy: 'WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE', retryPolicy: k.retry(3), header: { fields: { h: payload(1) } }, memo: memo({ m: 1 }), searchAttributes: { indexedFields: indexed({ CustomIntField: 1 }) }, priority: { priorityKey: 4 } }, { userMetadata: { summary: payload('kid') } })]);
    await k.happened(t, id, 'CHILD_WORKFLOW_EXECUTION_STARTED');
    await t.history(id);
    await k.event(t, childId, 'WORKFLOW_EXECUTION_STARTED');
  },
  'start child: no id': refused((t) => [cmd.child('', t.name('c'))]),
  'start child: no type': refused((t) => [cmd.child(t.name('child'), t.name('c'), { workflowType: undefined })]),
  'start child: bad cron': refused((t) => [cmd.child(t.name('child'), t.name('c'), { cronSchedule: 'never' })]),
  'start child: negative timeout': refused((t) => [cmd.child(t.name('child'), t.name('c'), { workflowRunTimeout: { seconds: -1 } })]),
  'start child: other namespace': refused((t) => [cmd.child(t.name('child'), t.name('c'), { namespace: 'temporal-system' })]),
  'start child: unknown search attribute': refused((t) => [cmd.child(t.name('child'), t.name('c'), { searchAttributes: { indexedFields: indexed({ NoSuch: 1 }) } })]),

  'record marker': written(cmd.marker('m', { details: { d: payloads(1) }, header: { fields: { h: payload(1) } }, failure: failure('inside') })),
  'record marker: no name': refused(cmd.marker('')),
  'record marker: name too long': refused(cmd.marker(long)),

  'upsert search attributes': async (t) => {
    const { id, tq } = await begin(t, { searchAttributes: { indexedFields: indexed({ CustomIntField: 1, CustomKeywordField: 'old' }) } });
    await step(t, tq, [cmd.searchAttributes({ CustomKeywordField: 'new', CustomBoolField: true }), cmd.timer('t', 60)]);
    await t.history(id);
    const d = await t.describe(id, '', quiet);
    t.observe('described', Object.fromEntries(Object.entries(d.response.workflowExecutionInfo.searchAttributes.indexedFields).filter(([n]) => n.startsWith('Custom')).sort()));
  },
  'upsert search attributes: null takes one away': async (t) => {
    const { id, tq } = await begin(t, { searchAttributes: { indexedFields: indexed({ CustomIntField: 1, CustomKeywordField: 'stay' }) } });
    await step(t, tq, [cmd.searchAttributes({ CustomIntField: null }), cmd.timer('t', 60)]);
    const d = await t.describe(id, '', quiet);
    t.observe('described', Object.fromEntries(Object.entries(d.response.workflowExecutionInfo.searchAttributes.indexedFields).filter(([n]) => n.startsWith('Custom')).sort()));
  },
  'upsert search attributes: unknown name': refused(cmd.searchAttributes({ NoSuch: 1 })),
  'upsert search attributes: wrong type': refused(cmd.searchAttributes({ CustomBoolField: 'yes?' })),
  'upsert search attributes: none given': refused(cmd.bare('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', 'upsertWorkflowSearchAttributesCommandAttributes', {})),
  'upsert search attributes: one of the system': refused(cmd.searchAttributes({ ExecutionStatus: 'Running' })),
  'modify properties: memo is merged, null deletes': async (t) => {
    const { id, tq } = await begin(t, { memo: memo({ a: 1, b: 2 }) });
    await step(t, tq, [cmd.memo({ a: 10, b: undefined, c: 3 }), cmd.timer('t', 60)]);
    await k.event(t, id, 'WORKFLOW_PROPERTIES_MODIFIED');
    const d = await t.describe(id, '', quiet);
    t.observe('memo', Object.fromEntries(Object.entries(d.response.workflowExecutionInfo.memo.fields).sort()));
  },
  'modify properties: nothing given': refused(cmd.bare('MODIFY_WORKFLOW_PROPERTIES', 'modifyWorkflowPropertiesCommandAttributes', {})),

  'protocol message: no such message': refused(cmd.message('nobody')),
  'protocol message: no id': refused(cmd.message('')),

  'nexus operation: completed at once': async (t) => {
    const e = await endpoint(t);
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.nexus(e.name, { input: payload('in'), nexusHeader: { key: 'value' }, scheduleToCloseTimeout: seconds(30) })]);
    const task = await pollNexus(t, e.tq);
    await t.call('RespondNexusTaskCompleted', { taskToken: task.raw.taskToken, identity: 'oracle', response: { startOperation: { syncSuccess: { payload: payload('out') } } } });
    await k.happened(t, id, 'NEXUS_OPERATION_COMPLETED');
    await t.history(id);
  },
  'nexus operation: started, then cancelled': async (t) => {
    const e = await endpoint(t);
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.nexus(e.name)]);
    const task = await pollNexus(t, e.tq);
    await t.call('RespondNexusTaskCompleted', { taskToken: task.raw.taskToken, identity: 'oracle', response: { startOperation: { asyncSuccess: { operationToken: 'tok' } } } });
    await step(t, tq, [cmd.cancelNexus(5)]);
    const cancel = await pollNexus(t, e.tq);
    t.observe('cancel task', cancel.response.request?.cancelOperation);
    await t.call('RespondNexusTaskCompleted', { taskToken: cancel.raw.taskToken, identity: 'oracle', response: { cancelOperation: {} } });
    await k.happened(t, id, 'NEXUS_OPERATION_CANCEL_REQUEST_COMPLETED');
    await k.outline(t, id);
  },
  'nexus operation: unknown endpoint': refused(cmd.nexus('no-such-endpoint')),
  'nexus operation: no service': refused(async (t) => [cmd.nexus((await endpoint(t)).name, { service: '' })]),
  'nexus operation: cancel of an unknown one': refused(cmd.cancelNexus(77)),

  'refusal undoes the commands before it': k.textAside(async (t) => {
    const { id, tq } = await begin(t);
    await t.complete(await take(t, tq), [cmd.timer('good', 60), cmd.marker('m'), cmd.cancelTimer('nobody')]);
    await k.outline(t, id);
    await step(t, tq, [cmd.timer('good', 60)]);
    await k.outline(t, id);
  }),
  'many commands in one task are written in order': written((t) => [cmd.marker('m1'), cmd.timer('t1', 60), cmd.activity('a1', t.name('act')), cmd.marker('m2'), cmd.timer('t2', 60), cmd.cancelTimer('t1')]),
};
