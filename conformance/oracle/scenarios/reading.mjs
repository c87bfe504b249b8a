// Reading about a workflow: history in pages, backwards, waiting for news, and describe.
import * as k from '../scenario-kit.mjs';
import { payload, payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failure, memo, indexed } = k;

const NOBODY = '11111111-1111-4111-8111-111111111111';
const history = (t, workflowId, more = {}, options = {}) => t.call('GetWorkflowExecutionHistory', { execution: { workflowId }, ...more }, options);
const idsOf = (r) => (r.response?.history?.events ?? []).map((e) => e.eventId);
/** A completed workflow with a few tasks and signals: enough events for several pages. */
async function lived(t) {
  const w = await begin(t);
  for (let i = 0; i < 4; i++) { await step(t, w.tq); await k.signal(t, w.id, `s${i}`); }
  await step(t, w.tq, [cmd.marker('m'), cmd.complete('end')]);
  return w;
}

export default {
  'history: of a finished workflow': async (t) => { const w = await lived(t); await t.history(w.id); },
  'history: pages': async (t) => {
    const w = await lived(t);
    const pages = [];
    let nextPageToken;
    do { const r = await history(t, w.id, { maximumPageSize: 5, nextPageToken }, quiet); pages.push(idsOf(r)); nextPageToken = r.raw.nextPageToken; } while (nextPageToken?.length && pages.length < 30);
    t.observe('ids', pages.flat());
    t.observe('more than one page', pages.length > 1);
  },
  'history: only the closing event': async (t) => { const w = await lived(t); await history(t, w.id, { historyEventFilterType: 'HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT' }); },
  'history: only the closing event, workflow still running': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 60)]);
    await history(t, id, { historyEventFilterType: 'HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT' });
  },
  'history: waiting for the end': async (t) => {
    const { id, tq } = await begin(t);
    const call = history(t, id, { waitNewEvent: true, historyEventFilterType: 'HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT' }, { ...quiet, deadlineMs: 20_000 });
    await t.sleep(300);
    await step(t, tq, [cmd.complete('result')]);
    const r = await call;
    t.observe('events', r.response.history.events);
    t.observe('more', r.raw.nextPageToken.length > 0);
  },
  'history: waiting for the end follows no other run': async (t) => {
    const { id, tq, runId } = await begin(t);
    await t.sleep(1200);
    const call = history(t, id, { waitNewEvent: true, historyEventFilterType: 'HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT' }, { ...quiet, deadlineMs: 20_000 });
    await t.sleep(300);
    await step(t, tq, [cmd.continueAsNew()]);
    t.observe('events', k.list((await call).response.history.events));
  },
  'history: waiting for news': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq);
    const first = await history(t, id, { waitNewEvent: true }, quiet);
    t.observe('first', idsOf(first));
    t.observe('more', first.raw.nextPageToken.length > 0);
    const call = history(t, id, { waitNewEvent: true, nextPageToken: first.raw.nextPageToken }, { ...quiet, deadlineMs: 20_000 });
    await t.sleep(300);
    await k.signal(t, id);
    const next = await call;
    t.observe('next', k.list(next.response.history.events));
  },
  'history: waiting on a closed workflow does not wait': async (t) => {
    const w = await lived(t);
    const r = await history(t, w.id, { waitNewEvent: true }, quiet);
    t.observe('answer', { ids: idsOf(r).length, more: r.raw.nextPageToken.length > 0 });
  },
  'history: of an earlier run': async (t) => {
    const { id, tq, runId } = await begin(t);
    await t.sleep(1200);
    await step(t, tq, [cmd.continueAsNew()]);
    await k.outline(t, id, runId, 'first run');
    await k.outline(t, id, '', 'current run');
  },
  'history: unknown workflow, unknown run, no id, run id that is none': async (t) => {
    const { id } = await begin(t);
    await history(t, t.name('nobody'));
    await t.history(id, NOBODY);
    await history(t, '');
    await t.history(id, 'abc');
    await t.call('GetWorkflowExecutionHistory', {});
  },
  'history: page token of another workflow, rubbish for a token': async (t) => {
    const w = await lived(t);
    const other = await begin(t, {}, 'other');
    const r = await history(t, w.id, { maximumPageSize: 5 }, quiet);
    const wrong = await t.history(other.id, other.runId, { nextPageToken: r.raw.nextPageToken }, quiet);
    t.observe('token of another workflow', { code: wrong.code, message: wrong.message });
    const rubbish = await history(t, w.id, { nextPageToken: Buffer.from('rubbish') }, quiet);
    t.observe('rubbish', { code: rubbish.code, message: rubbish.message });
  },
  'history: backwards': async (t) => {
    const w = await lived(t);
    const r = await t.call('GetWorkflowExecutionHistoryReverse', { execution: { workflowId: w.id } }, quiet);
    t.observe('events', k.list(r.response.history.events));
  },
  'history: backwards in pages': async (t) => {
    const w = await lived(t);
    const pages = [];
    let nextPageToken;
    do { const r = await t.call('GetWorkflowExecutionHistoryReverse', { execution: { workflowId: w.id }, maximumPageSize: 4, nextPageToken }, quiet); pages.push(...idsOf(r)); nextPageToken = r.raw.nextPageToken; } while (nextPageToken?.length && pages.length < 60);
    t.observe('ids', pages);
  },
  'history: backwards, unknown workflow': async (t) => { await t.call('GetWorkflowExecutionHistoryReverse', { execution: { workflowId: t.name('nobody') } }); },
  'describe: just started': async (t) => { const { id } = await begin(t, { workflowExecutionTimeout: seconds(1000), workflowRunTimeout: seconds(100), workflowTaskTimeout: seconds(5), memo: memo({ m: 1 }) }); await t.describe(id); },
  'describe: completed': async (t) => { const w = await lived(t); await t.describe(w.id); },
  'describe: each way of closing': async (t) => {
    const ends = { completed: (w) => step(t, w.tq, [cmd.complete()]), failed: (w) => step(t, w.tq, [cmd.fail()]), cancelled: (w) => step(t, w.tq, [cmd.cancelled()]), terminated: (w) => k.terminate(t, w.id), 'continued as new': (w) => step(t, w.tq, [cmd.continueAsNew()]) };
    for (const [how, end] of Object.entries(ends)) { const w = await begin(t, {}, how); await end(w); await k.status(t, w.id, w.runId, how); }
    const w = await begin(t, { workflowRunTimeout: seconds(1) }, 'timed out');
    await k.ended(t, w.id, w.runId, { write: false });
    await k.status(t, w.id, w.runId, 'timed out');
  },
  'describe: with everything pending': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.activity('a', t.name('act')), cmd.child(t.name('child'), t.name('ctq')), cmd.timer('t', 60)]);
    await k.happened(t, id, 'CHILD_WORKFLOW_EXECUTION_STARTED');
    const d = await t.describe(id, '', quiet);
    t.observe('pending', { activities: d.response.pendingActivities?.map((a) => a.activityId), children: d.response.pendingChildren?.map((c) => c.workflowTypeName), task: d.response.pendingWorkflowTask?.state });
  },
  'describe: unknown workflow, unknown run, no id': async (t) => {
    const { id } = await begin(t);
    await t.describe(t.name('nobody'));
    await t.describe(id, NOBODY);
    await t.describe('');
    await t.describe(id, 'abc');
  },
};
