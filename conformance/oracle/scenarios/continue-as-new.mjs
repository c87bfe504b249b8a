// Successive runs of one workflow: continue-as-new, retries, cron, and what each run hands to the next.
import * as k from '../scenario-kit.mjs';
import { payload, payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failure, memo, indexed, retry } = k;

/** First event of the current run. */
const first = (t, id, runId = '', note) => k.event(t, id, 'WORKFLOW_EXECUTION_STARTED', runId, note);
/** Lets enough time pass that the next run need not wait. */
const calm = (t) => t.sleep(1200);

export default {
  'continue as new: memo, search attributes, header and input': async (t) => {
    const { id, tq, runId } = await begin(t, { input: payloads('one'), memo: memo({ m: 1 }), searchAttributes: { indexedFields: indexed({ CustomIntField: 1 }) }, header: { fields: { h: payload(1) } }, workflowRunTimeout: seconds(100), workflowExecutionTimeout: seconds(1000), workflowTaskTimeout: seconds(7), retryPolicy: retry(3) });
    await calm(t);
    await step(t, tq, [cmd.continueAsNew({ input: payloads('two') })]);
    await k.event(t, id, 'WORKFLOW_EXECUTION_CONTINUED_AS_NEW', runId);
    await first(t, id);
    await k.status(t, id, runId, 'first run');
  },
  'continue as new: run ids of the chain': async (t) => {
    const { id, tq, runId } = await begin(t);
    await calm(t);
    await step(t, tq, [cmd.continueAsNew()]);
    await calm(t);
    const second = await take(t, tq);
    await t.complete(second, [cmd.continueAsNew()], {}, quiet);
    const third = await take(t, tq);
    await first(t, id, runId, 'run 1');
    await first(t, id, second.response.workflowExecution.runId, 'run 2');
    await first(t, id, third.response.workflowExecution.runId, 'run 3');
    await t.describe(id);
  },
  'continue as new: quickly after the start the next run waits': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.continueAsNew()]);
    const r = await t.history(id, '', {}, quiet);
    const a = r.response.history.events[0].workflowExecutionStartedEventAttributes;
    t.observe('waits', (a.firstWorkflowTaskBackoff?.nanos ?? 0) > 0);
    await k.outline(t, id);
    show(t, await take(t, tq));
  },
  'continue as new: with a delay': async (t) => {
    const { id, tq, runId } = await begin(t);
    await calm(t);
    await step(t, tq, [cmd.continueAsNew({ backoffStartInterval: seconds(2) })]);
    await k.event(t, id, 'WORKFLOW_EXECUTION_CONTINUED_AS_NEW', runId);
    await k.outline(t, id);
    show(t, await take(t, tq));
  },
  'continue as new: a signal meets the new run': async (t) => {
    const { id, tq, runId } = await begin(t);
    await calm(t);
    await step(t, tq, [cmd.continueAsNew()]);
    await k.signal(t, id);
    await k.outline(t, id);
    await t.call('SignalWorkflowExecution', { workflowExecution: { workflowId: id, runId }, signalName: 's', identity: 'oracle' });
  },
  'continue as new: sticky queue is not carried over': async (t) => {
    const { id, tq } = await begin(t);
    await calm(t);
    await step(t, tq, [cmd.continueAsNew()], k.stickTo(t.name('sticky')));
    show(t, await take(t, tq));
    await k.event(t, id, 'WORKFLOW_TASK_SCHEDULED');
  },
  'continue as new: upserted search attributes and memo go along': async (t) => {
    const { id, tq } = await begin(t, { memo: memo({ a: 1 }), searchAttributes: { indexedFields: indexed({ CustomIntField: 1 }) } });
    await calm(t);
    await step(t, tq, [cmd.memo({ b: 2 }), cmd.searchAttributes({ CustomKeywordField: 'x' }), cmd.continueAsNew()]);
    const r = await t.history(id, '', {}, quiet);
    const a = r.response.history.events[0].workflowExecutionStartedEventAttributes;
    t.observe('memo', Object.entries(a.memo?.fields ?? {}).sort());
    t.observe('search attributes', Object.entries(a.searchAttributes?.indexedFields ?? {}).filter(([n]) => n.startsWith('Custom')).sort());
  },
  'retry: failed run is followed by another': async (t) => {
    const { id, tq, runId } = await begin(t, { input: payloads('in'), retryPolicy: retry(3), memo: memo({ m: 1 }), searchAttributes: { indexedFields: indexed({ CustomIntField: 1 }) } });
    await step(t, tq, [cmd.fail(failure('first'))]);
    await k.event(t, id, 'WORKFLOW_EXECUTION_FAILED', runId);
    const second = await take(t, tq);
    show(t, second);
    await first(t, id);
    await t.complete(second, [cmd.complete('better')], {}, quiet);
    await k.status(t, id, runId, 'first run'); await k.status(t, id, '', 'second run');
  },
  'retry: attempts used up': async (t) => {
    const { id, tq } = await begin(t, { retryPolicy: retry(2) });
    await step(t, tq, [cmd.fail(failure('first'))]);
    await step(t, tq, [cmd.fail(failure('second'))]);
    await t.history(id);
  },
  'retry: not for a failure that says so': async (t) => {
    const { id, tq } = await begin(t, { retryPolicy: retry(5) });
    await step(t, tq, [cmd.fail(failure('fatal', {}, { nonRetryable: true }))]);
    await k.event(t, id, 'WORKFLOW_EXECUTION_FAILED');
  },
  'retry: not for a type on the list': async (t) => {
    const { id, tq } = await begin(t, { retryPolicy: retry(5, { nonRetryableErrorTypes: ['Boom'] }) });
    await step(t, tq, [cmd.fail()]);
    await k.event(t, id, 'WORKFLOW_EXECUTION_FAILED');
  },
  'retry: run timeout is retried': async (t) => {
    const { id, tq, runId } = await begin(t, { workflowRunTimeout: seconds(1), retryPolicy: retry(2) });
    await k.ended(t, id, runId);
    await k.until(t, () => t.describe(id, '', quiet), (r) => r.response.workflowExecutionInfo.execution.runId !== runId);
    await first(t, id);
  },
  'retry: no policy, no retry': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.fail()]);
    await k.event(t, id, 'WORKFLOW_EXECUTION_FAILED');
  },
  'retry: terminated and cancelled runs are not retried': async (t) => {
    const a = await begin(t, { retryPolicy: retry(5) }, 'a');
    await k.terminate(t, a.id);
    await k.event(t, a.id, 'WORKFLOW_EXECUTION_TERMINATED');
    const b = await begin(t, { retryPolicy: retry(5) }, 'b');
    await step(t, b.tq, [cmd.cancelled()]);
    await k.event(t, b.id, 'WORKFLOW_EXECUTION_CANCELED');
  },
  'retry: execution timeout leaves no room': async (t) => {
    const { id, tq } = await begin(t, { workflowExecutionTimeout: seconds(5), retryPolicy: retry(5, { initialInterval: seconds(60) }) });
    await step(t, tq, [cmd.fail()]);
    await k.event(t, id, 'WORKFLOW_EXECUTION_FAILED');
  },
  'cron: result is handed on': async (t) => {
    const { id, tq, runId } = await begin(t, { cronSchedule: '@every 1s', memo: memo({ m: 1 }) });
    await step(t, tq, [cmd.complete('one')]);
    await k.event(t, id, 'WORKFLOW_EXECUTION_COMPLETED', runId);
    await step(t, tq, [cmd.fail(failure('two'))]);
    const third = await take(t, tq);
    const r = await t.history(id, third.response.workflowExecution.runId, {}, quiet);
    const a = r.response.history.events[0].workflowExecutionStartedEventAttributes;
    t.observe('third run', { lastCompletionResult: a.lastCompletionResult, continuedFailure: a.continuedFailure, initiator: a.initiator, attempt: a.attempt });
    await k.terminate(t, id);
  },
  'cron: cancelled run ends the chain': async (t) => {
    const { id, tq } = await begin(t, { cronSchedule: '@every 1s' });
    await k.requestCancel(t, id);
    await step(t, tq, [cmd.cancelled()]);
    await t.history(id);
    await k.status(t, id);
  },
  'cron: terminated run ends the chain': async (t) => {
    const { id } = await begin(t, { cronSchedule: '@every 1h' });
    await k.terminate(t, id);
    await k.status(t, id);
  },
  'cron: retries come first': async (t) => {
    const { id, tq, runId } = await begin(t, { cronSchedule: '@every 2s', retryPolicy: retry(2) });
    await step(t, tq, [cmd.fail(failure('first attempt'))]);
    const second = await take(t, tq);
    const a = (await t.history(id, second.response.workflowExecution.runId, {}, quiet)).response.history.events[0].workflowExecutionStartedEventAttributes;
    t.observe('second run', { initiator: a.initiator, attempt: a.attempt });
    await k.terminate(t, id);
  },
  'continue as new from a cron run keeps the schedule': async (t) => {
    const { id, tq } = await begin(t, { cronSchedule: '@every 1s' });
    await step(t, tq, [cmd.continueAsNew({ cronSchedule: '@every 1s' })]);
    const second = await take(t, tq);
    const a = (await t.history(id, second.response.workflowExecution.runId, {}, quiet)).response.history.events[0].workflowExecutionStartedEventAttributes;
    t.observe('second run', { cron: a.cronSchedule, initiator: a.initiator });
    await k.terminate(t, id);
  },
};
