// Children: how they start, how each kind of ending is told to the parent, and what they suffer when the parent ends.
import * as k from '../scenario-kit.mjs';
import { payload, payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failure, retry } = k;

/** A parent with one child that has started; the parent's task about it is done. */
async function family(t, more = {}, start = {}) {
  const p = await begin(t, start, 'parent');
  const childId = t.name('child'), ctq = t.name('child-tq');
  await step(t, p.tq, [cmd.child(childId, ctq, more)]);
  await step(t, p.tq);
  return { ...p, childId, ctq };
}
/** The parent takes the news, ends, and its history is written down. */
const told = async (t, f) => { await step(t, f.tq, [cmd.complete()]); await t.history(f.id); };
const onEnd = (policy, end) => async (t) => {
  const f = await family(t, { parentClosePolicy: `PARENT_CLOSE_POLICY_${policy}` });
  await step(t, f.ctq, [cmd.timer('t', 300)]);
  await end(t, f);
  if (policy === 'TERMINATE') await k.ended(t, f.childId);
  else if (policy === 'REQUEST_CANCEL') { await k.happened(t, f.childId, 'WORKFLOW_EXECUTION_CANCEL_REQUESTED'); await t.history(f.childId); await k.terminate(t, f.childId); }
  else { await t.sleep(500); await k.outline(t, f.childId); await k.terminate(t, f.childId); }
};

export default {
  'child starts': async (t) => {
    const p = await begin(t, {}, 'parent');
    const childId = t.name('child'), ctq = t.name('child-tq');
    await step(t, p.tq, [cmd.child(childId, ctq, { input: payloads('in') })]);
    show(t, await take(t, p.tq));
    await t.history(p.id);
    await k.describePending(t, p.id, 'pendingChildren');
    await k.event(t, childId, 'WORKFLOW_EXECUTION_STARTED');
    const d = await t.describe(childId, '', quiet);
    t.observe('family', { parent: d.response.workflowExecutionInfo.parentExecution, root: d.response.workflowExecutionInfo.rootExecution });
  },
  'child of a child knows its root': async (t) => {
    const f = await family(t);
    const grandId = t.name('grandchild');
    await step(t, f.ctq, [cmd.child(grandId, t.name('grand-tq'))]);
    await k.happened(t, f.childId, 'CHILD_WORKFLOW_EXECUTION_STARTED');
    await k.event(t, grandId, 'WORKFLOW_EXECUTION_STARTED');
  },
  'child completes': async (t) => { const f = await family(t); await step(t, f.ctq, [cmd.complete({ r: 1 })]); await told(t, f); },
  'child completes without a result': async (t) => { const f = await family(t); await step(t, f.ctq, [cmd.complete()]); await told(t, f); },
  'child fails': async (t) => { const f = await family(t); await step(t, f.ctq, [cmd.fail(failure('child broke'))]); await told(t, f); },
  'child fails and is retried first': async (t) => {
    const f = await family(t, { retryPolicy: retry(2) });
    await step(t, f.ctq, [cmd.fail(failure('one'))]);
    await step(t, f.ctq, [cmd.fail(failure('two'))]);
    await told(t, f);
  },
  'child is terminated': async (t) => { const f = await family(t); await k.terminate(t, f.childId); await told(t, f); },
  'child times out': async (t) => { const f = await family(t, { workflowRunTimeout: seconds(1) }); await told(t, f); },
  'child is cancelled': async (t) => {
    const f = await family(t);
    await k.requestCancel(t, f.childId);
    await step(t, f.ctq, [cmd.cancelled('as asked')]);
    await told(t, f);
  },
  'child continues as new, then completes': async (t) => {
    const f = await family(t);
    await t.sleep(1200);
    await step(t, f.ctq, [cmd.continueAsNew()]);
    const second = await take(t, f.ctq);
    await k.event(t, f.childId, 'WORKFLOW_EXECUTION_STARTED', second.response.workflowExecution.runId);
    await t.complete(second, [cmd.complete('in the second run')], {}, quiet);
    await told(t, f);
  },
  'child id is in use': async (t) => {
    const other = await begin(t, {}, 'other');
    const p = await begin(t, {}, 'parent');
    await step(t, p.tq, [cmd.child(other.id, t.name('child-tq'))]);
    show(t, await take(t, p.tq));
    await t.history(p.id);
  },
  'child id was used by a closed run': async (t) => {
    const other = await begin(t, {}, 'other');
    await step(t, other.tq, [cmd.complete()]);
    await t.sleep(1200);
    const p = await begin(t, {}, 'parent');
    await step(t, p.tq, [cmd.child(other.id, t.name('child-tq'))]);
    await take(t, p.tq);
    await k.outline(t, p.id);
  },
  'child id was used and duplicates are refused': async (t) => {
    const other = await begin(t, {}, 'other');
    await step(t, other.tq, [cmd.complete()]);
    await t.sleep(1200);
    const p = await begin(t, {}, 'parent');
    await step(t, p.tq, [cmd.child(other.id, t.name('child-tq'), { workflowIdReusePolicy: 'WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE' })]);
    await take(t, p.tq);
    await k.event(t, p.id, 'START_CHILD_WORKFLOW_EXECUTION_FAILED');
  },
  'parent ends: terminate, parent completed': onEnd('TERMINATE', (t, f) => k.signal(t, f.id).then(() => step(t, f.tq, [cmd.complete()]))),
  'parent ends: terminate, parent failed': onEnd('TERMINATE', (t, f) => k.signal(t, f.id).then(() => step(t, f.tq, [cmd.fail()]))),
  'parent ends: terminate, parent terminated': onEnd('TERMINATE', (t, f) => k.terminate(t, f.id)),
  'parent ends: request cancel, parent completed': onEnd('REQUEST_CANCEL', (t, f) => k.signal(t, f.id).then(() => step(t, f.tq, [cmd.complete()]))),
  'parent ends: request cancel, parent terminated': onEnd('REQUEST_CANCEL', (t, f) => k.terminate(t, f.id)),
  'parent ends: abandon, parent completed': onEnd('ABANDON', (t, f) => k.signal(t, f.id).then(() => step(t, f.tq, [cmd.complete()]))),
  'parent ends: abandon, parent terminated': onEnd('ABANDON', (t, f) => k.terminate(t, f.id)),
  'parent ends: terminate, parent continued as new': onEnd('TERMINATE', (t, f) => t.sleep(1200).then(() => k.signal(t, f.id)).then(() => step(t, f.tq, [cmd.continueAsNew()]))),
  'even an abandoned child does not start when the parent closes in the same task': async (t) => {
    const p = await begin(t, {}, 'parent');
    const childId = t.name('child');
    await step(t, p.tq, [cmd.child(childId, t.name('child-tq'), { parentClosePolicy: 'PARENT_CLOSE_POLICY_ABANDON' }), cmd.complete()]);
    await t.sleep(1500);
    await k.status(t, childId);
    await k.outline(t, p.id);
  },
  'parent cancels the child': async (t) => {
    const f = await family(t);
    await k.signal(t, f.id);
    await step(t, f.tq, [cmd.cancelExternal(f.childId, { childWorkflowOnly: true, reason: 'enough' })]);
    await k.happened(t, f.id, 'EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED');
    await step(t, f.tq);
    await step(t, f.ctq, [cmd.cancelled()]);
    await told(t, f);
    await k.event(t, f.childId, 'WORKFLOW_EXECUTION_CANCEL_REQUESTED');
  },
  'parent signals the child': async (t) => {
    const f = await family(t);
    await k.signal(t, f.id);
    await step(t, f.tq, [cmd.signalExternal(f.childId, 'hello', { childWorkflowOnly: true, input: payloads(1) })]);
    await k.happened(t, f.id, 'EXTERNAL_WORKFLOW_EXECUTION_SIGNALED');
    await t.history(f.id);
    await k.event(t, f.childId, 'WORKFLOW_EXECUTION_SIGNALED');
  },
  'child signals its parent': async (t) => {
    const f = await family(t);
    await step(t, f.ctq, [cmd.signalExternal(f.id, 'up', { input: payloads('x') })]);
    show(t, await take(t, f.tq));
    await k.event(t, f.id, 'WORKFLOW_EXECUTION_SIGNALED');
  },
  'parent cancels the child in the task that starts it': async (t) => {
    const p = await begin(t, {}, 'parent');
    const childId = t.name('child');
    await t.complete(await take(t, p.tq), [cmd.child(childId, t.name('child-tq')), cmd.cancelExternal(childId, { childWorkflowOnly: true })]);
    await k.outline(t, p.id);
  },
  'cron child: parent hears only of the final end': async (t) => {
    const f = await family(t, { cronSchedule: '@every 1s' });
    await step(t, f.ctq, [cmd.complete('first')]);
    const second = await take(t, f.ctq);
    await k.outline(t, f.id);
    await k.terminate(t, f.childId);
    await told(t, f);
  },
};
