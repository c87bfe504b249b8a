// The life of a workflow task: handing out, completing, failing, timing out, sticky queues, buffered events.
import * as k from '../scenario-kit.mjs';
import { payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failTask, failure } = k;

/** Begins and completes the first task, so that the workflow is idle. */
const idle = async (t, more, completion) => { const w = await begin(t, more); await step(t, w.tq, [], completion); return w; };
const stuck = async (t, s) => { const w = await begin(t); const sticky = t.name('sticky'); await step(t, w.tq, [], k.stickTo(sticky, s)); return { ...w, sticky }; };
/** A closing command while a signal is buffered. */
const unhandled = (closing) => async (t) => {
  const { id, tq } = await begin(t);
  const task = await take(t, tq);
  await k.signal(t, id);
  await t.complete(task, [closing]);
  const again = await take(t, tq);
  show(t, again);
  await t.complete(again, [cmd.complete('at last')]);
  await t.history(id);
};

export default {
  'one task from start to end': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    await t.start(id, tq, { input: payloads(1) });
    show(t, await (async () => { const task = await take(t, tq); await t.complete(task, [cmd.complete('r')]); return task; })());
    await t.history(id);
  },
  'nothing to do: poll comes back empty': async (t) => { show(t, await take(t, t.name('tq'), {}, { deadlineMs: 3000 })); },
  'only one task at a time': async (t) => {
    const { id, tq } = await begin(t);
    const first = await take(t, tq);
    await k.signal(t, id);
    show(t, await take(t, tq, {}, { deadlineMs: 3000 }), 'second poll');
    await t.complete(first, [], {}, quiet);
    show(t, await take(t, tq), 'third poll');
  },
  'poll: deadline too short': async (t) => { await t.pollWorkflow(t.name('tq'), {}, { deadlineMs: 1000 }); },
  'poll: no task queue': async (t) => { await t.call('PollWorkflowTaskQueue', { identity: 'oracle' }, { deadlineMs: 5000 }); },
  'poll: unknown namespace': async (t) => { await t.pollWorkflow(t.name('tq'), { namespace: 'no-such-namespace' }, { deadlineMs: 5000 }); },
  'poll: task queue name too long': async (t) => { await t.pollWorkflow('q'.repeat(1001), {}, { deadlineMs: 5000 }); },

  'failed task: the second attempt is not written until it succeeds': async (t) => {
    const { id, tq } = await begin(t);
    await failTask(t, await take(t, tq), 'WORKFLOW_WORKER_UNHANDLED_FAILURE', {}, {});
    await k.outline(t, id, '', 'after the failure');
    const second = await take(t, tq);
    show(t, second);
    await k.outline(t, id, '', 'while the second attempt is open');
    await t.complete(second, [], {}, quiet);
    await t.history(id);
  },
  'failed task: a streak of two writes one event': async (t) => {
    const { id, tq } = await begin(t);
    for (let i = 0; i < 2; i++) await failTask(t, await take(t, tq));
    const task = await take(t, tq);
    show(t, task);
    await t.complete(task, [cmd.complete()], {}, quiet);
    await t.history(id);
  },
  'failed task: from the fourth attempt on the task gets more time': async (t) => {
    const { id, tq } = await begin(t);
    for (let i = 0; i < 3; i++) await failTask(t, await take(t, tq));
    const task = await take(t, tq);
    show(t, task);
    await t.complete(task, [cmd.complete()], {}, quiet);
    const r = await t.history(id, '', {}, quiet);
    const s = r.response.history.events.findLast((e) => e.workflowTaskScheduledEventAttributes).workflowTaskScheduledEventAttributes;
    t.observe('scheduled', { attempt: s.attempt, longer: +s.startToCloseTimeout.seconds >= 10 && (+s.startToCloseTimeout.nanos || +s.startToCloseTimeout.seconds > 10) ? true : false });
  },
  'failed task: pending task in describe': async (t) => {
    const { id, tq } = await begin(t);
    await k.describePending(t, id, 'pendingWorkflowTask', 'scheduled');
    const task = await take(t, tq);
    await k.describePending(t, id, 'pendingWorkflowTask', 'started');
    await failTask(t, task);
    await k.describePending(t, id, 'pendingWorkflowTask', 'second attempt, scheduled');
    const second = await take(t, tq);
    await k.describePending(t, id, 'pendingWorkflowTask', 'second attempt, started');
    await t.complete(second, [], {}, quiet);
    await k.describePending(t, id, 'pendingWorkflowTask', 'done');
  },
  'failed task: a signal before the second attempt': async (t) => {
    const { id, tq } = await begin(t);
    await failTask(t, await take(t, tq));
    await k.signal(t, id);
    await k.outline(t, id);
    const task = await take(t, tq);
    show(t, task);
    await t.complete(task, [], {}, quiet);
    await k.outline(t, id);
  },
  'failed task: a signal during the second attempt': async (t) => {
    const { id, tq } = await begin(t);
    await failTask(t, await take(t, tq));
    const second = await take(t, tq);
    await k.signal(t, id);
    await k.outline(t, id, '', 'signal buffered');
    await failTask(t, second);
    await k.outline(t, id, '', 'second attempt failed');
    const third = await take(t, tq);
    show(t, third);
    await t.complete(third, [], {}, quiet);
    await t.history(id);
  },
  'failed task: cause and failure are kept': async (t) => {
    const { id, tq } = await begin(t);
    await failTask(t, await take(t, tq), 'NON_DETERMINISTIC_ERROR', { failure: failure('order changed', { stackTrace: 'at x' }, { nonRetryable: true }) }, {});
    await k.event(t, id, 'WORKFLOW_TASK_FAILED');
  },
  'failed task: message too large ends the workflow': async (t) => {
    const { id, tq } = await begin(t);
    await failTask(t, await take(t, tq), 'GRPC_MESSAGE_TOO_LARGE', {}, {});
    await t.history(id);
  },
  'failing a task twice': async (t) => {
    const { tq } = await begin(t);
    const task = await take(t, tq);
    await failTask(t, task);
    await failTask(t, task, 'WORKFLOW_WORKER_UNHANDLED_FAILURE', {}, {});
  },
  'completing a task twice': async (t) => {
    const { tq } = await begin(t);
    const task = await take(t, tq);
    await t.complete(task, []);
    await t.complete(task, []);
  },
  'completing with a token of an earlier attempt': async (t) => {
    const { id, tq } = await begin(t);
    const first = await take(t, tq);
    await failTask(t, first);
    await take(t, tq);
    await t.complete(first, [cmd.complete()]);
    await k.outline(t, id);
  },
  'completing without a token, or with rubbish': async (t) => {
    await t.call('RespondWorkflowTaskCompleted', { identity: 'oracle' });
    const r = await t.call('RespondWorkflowTaskCompleted', { taskToken: Buffer.from([255, 255, 255]), identity: 'oracle' }, quiet);
    t.observe('code', r.code);
  },
  'completing after the workflow was terminated': async (t) => {
    const { id, tq } = await begin(t);
    const task = await take(t, tq);
    await k.terminate(t, id);
    await t.complete(task, [cmd.complete()]);
    await failTask(t, task, 'WORKFLOW_WORKER_UNHANDLED_FAILURE', {}, {});
    await t.history(id);
  },
  'completing in the name of another namespace': async (t) => {
    const { tq } = await begin(t);
    const task = await take(t, tq);
    await t.call('RespondWorkflowTaskCompleted', { namespace: 'temporal-system', taskToken: task.raw.taskToken, identity: 'oracle' });
    await t.call('RespondWorkflowTaskCompleted', { namespace: '', taskToken: task.raw.taskToken, identity: 'oracle' });
  },

  'task timeout: next attempt, late answer is refused': async (t) => {
    const { id, tq } = await begin(t, { workflowTaskTimeout: seconds(1) });
    const first = await take(t, tq);
    const second = await take(t, tq);
    show(t, second);
    await t.complete(first, [cmd.complete('late')]);
    await t.complete(second, [cmd.complete('in time')]);
    await t.history(id);
  },
  'task timeout: the second one in a row is not written': async (t) => {
    const { id, tq } = await begin(t, { workflowTaskTimeout: seconds(1) });
    await take(t, tq);
    await take(t, tq);
    const third = await take(t, tq);
    show(t, third);
    await t.complete(third, [], {}, quiet);
    await k.outline(t, id);
  },
  'task timeout: buffered signal is delivered with the next attempt': async (t) => {
    const { id, tq } = await begin(t, { workflowTaskTimeout: seconds(1) });
    await take(t, tq);
    await k.signal(t, id);
    const second = await take(t, tq);
    show(t, second);
    await t.complete(second, [], {}, quiet);
    await t.history(id);
  },

  'sticky: next task holds only what is new': async (t) => {
    const { id, tq, sticky } = await stuck(t);
    const polled = k.takeSticky(t, sticky, tq);
    await t.sleep(300);
    await k.signal(t, id);
    const task = await polled;
    show(t, task);
    await t.complete(task, [], {}, quiet);
    await t.history(id);
  },
  'sticky: nobody polls there, the normal queue gets the task': async (t) => {
    const { id, tq } = await stuck(t);
    await k.signal(t, id);
    const task = await take(t, tq);
    show(t, task);
    await t.complete(task, [], {}, quiet);
    await t.history(id);
  },
  'sticky: worker stopped polling, task moves over after its timeout': async (t) => {
    const { id, tq, sticky } = await stuck(t, 1);
    await k.takeSticky(t, sticky, tq, { deadlineMs: 3000 });
    await k.signal(t, id);
    const task = await take(t, tq);
    show(t, task);
    await t.complete(task, [], {}, quiet);
    await t.history(id);
  },
  'sticky: reset': async (t) => {
    const { id, tq, sticky } = await stuck(t);
    await k.takeSticky(t, sticky, tq, { deadlineMs: 3000 });
    await t.call('ResetStickyTaskQueue', { execution: { workflowId: id } });
    await k.signal(t, id);
    show(t, await take(t, tq));
    await k.event(t, id, 'WORKFLOW_TASK_SCHEDULED');
  },
  'sticky: reset of an unknown workflow': async (t) => { await t.call('ResetStickyTaskQueue', { execution: { workflowId: t.name('nobody') } }); },
  'sticky: a failed task clears it': async (t) => {
    const { id, tq, sticky } = await stuck(t);
    const polled = k.takeSticky(t, sticky, tq);
    await t.sleep(300);
    await k.signal(t, id);
    await failTask(t, await polled);
    const task = await take(t, tq);
    show(t, task);
    await t.complete(task, [], {}, quiet);
    await t.history(id);
  },
  'sticky: a completion without attributes clears it': async (t) => {
    const { id, tq, sticky } = await stuck(t);
    const polled = k.takeSticky(t, sticky, tq);
    await t.sleep(300);
    await k.signal(t, id);
    await t.complete(await polled, [], {}, quiet);
    await k.signal(t, id);
    show(t, await take(t, tq));
  },

  'heartbeat: an empty completion that asks for another task': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [], { forceCreateNewWorkflowTask: true });
    await k.outline(t, id);
    show(t, await take(t, tq));
  },
  'heartbeat: the new task comes back in the answer': async (t) => {
    const { id, tq } = await begin(t);
    const r = await t.complete(await take(t, tq), [], { forceCreateNewWorkflowTask: true, returnNewWorkflowTask: true }, quiet);
    show(t, { ok: r.ok, code: r.code, raw: r.raw.workflowTask ?? {}, response: r.response.workflowTask });
    await t.complete({ raw: r.raw.workflowTask }, [cmd.complete()]);
    await t.history(id);
  },
  'new task in the answer: after a signal meanwhile': async (t) => {
    const { id, tq } = await begin(t);
    const task = await take(t, tq);
    await k.signal(t, id);
    const r = await t.complete(task, [], { returnNewWorkflowTask: true }, quiet);
    show(t, { ok: r.ok, code: r.code, raw: r.raw.workflowTask ?? {}, response: r.response.workflowTask });
    await k.outline(t, id);
  },
  'new task in the answer: nothing new': async (t) => {
    const { id, tq } = await begin(t);
    await t.complete(await take(t, tq), [cmd.timer('t', 60)], { returnNewWorkflowTask: true });
    await k.outline(t, id);
  },
  'heartbeat with a marker': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.marker('m')], { forceCreateNewWorkflowTask: true });
    await t.history(id);
  },

  'buffered: signals and a cancel request keep their order': async (t) => {
    const { id, tq } = await begin(t);
    const task = await take(t, tq);
    await k.signal(t, id, 'one'); await k.requestCancel(t, id); await k.signal(t, id, 'two');
    await k.outline(t, id, '', 'while the task is open');
    await t.complete(task, [cmd.marker('m')], {}, quiet);
    await t.history(id);
  },
  'buffered: an activity result goes behind later signals': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.activity('a', tq)]);
    const activity = await k.takeActivity(t, tq);
    await k.signal(t, id, 'wake');
    const task = await take(t, tq);
    await k.completeActivity(t, activity);
    await k.signal(t, id, 'later');
    await t.complete(task, [], {}, quiet);
    await t.history(id);
  },
  'buffered: a fired timer keeps its place': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 1)]);
    await k.signal(t, id, 'wake');
    const task = await take(t, tq);
    await t.sleep(1500);
    await k.signal(t, id, 'later');
    await t.complete(task, [], {}, quiet);
    await t.history(id);
  },
  'buffered: more than a hundred events break the task off': async (t) => {
    const { id, tq } = await begin(t);
    const task = await take(t, tq);
    for (let i = 0; i < 101; i++) await k.signal(t, id, `s${i}`);
    const r = await t.history(id, '', { historyEventFilterType: 'HISTORY_EVENT_FILTER_TYPE_ALL_EVENT' }, quiet);
    const events = r.response.history.events;
    t.observe('events', { count: events.length, head: k.list(events.slice(0, 5)), tail: k.list(events.slice(-2)), cause: events.find((e) => e.workflowTaskFailedEventAttributes)?.workflowTaskFailedEventAttributes.cause });
    await t.complete(task, []);
  },
  'closing while a signal is buffered: complete': unhandled(cmd.complete('too early')),
  'closing while a signal is buffered: fail': unhandled(cmd.fail()),
  'closing while a signal is buffered: continue as new': unhandled(cmd.continueAsNew()),
  'closing while a fired timer is buffered: cancelling it helps': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 1)]);
    await k.signal(t, id);
    const task = await take(t, tq);
    await t.sleep(1500);
    await t.complete(task, [cmd.cancelTimer('t'), cmd.complete()]);
    await t.history(id);
  },

  'what the worker says about itself is kept': async (t) => {
    const { id, tq } = await begin(t);
    const task = await take(t, tq, { identity: 'worker-7', binaryChecksum: 'sum' });
    await t.complete(task, [cmd.complete()], { identity: 'worker-8', binaryChecksum: 'sum', sdkMetadata: { coreUsedFlags: [1, 2], langUsedFlags: [3], sdkName: 'oracle', sdkVersion: '1.2.3' }, meteringMetadata: { nonfirstLocalActivityExecutionAttempts: 2 } }, quiet);
    await t.history(id);
  },
  'a closing command must come last': async (t) => {
    const { id, tq } = await begin(t);
    await t.complete(await take(t, tq), [cmd.complete('r'), cmd.marker('after')]);
    await k.outline(t, id);
  },
  'unknown command': async (t) => {
    const { id, tq } = await begin(t);
    await t.complete(await take(t, tq), [{ commandType: 0 }]);
    await k.outline(t, id);
  },
  'long history comes in pages': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq);
    for (let i = 0; i < 300; i++) await k.signal(t, id);
    const task = await take(t, tq);
    t.observe('first page', { full: task.response.history.events.length >= 200, more: task.raw.nextPageToken.length > 0, startedEventId: task.response.startedEventId });
    let events = [...task.response.history.events], token = task.raw.nextPageToken;
    while (token?.length) {
      const r = await t.history(id, task.response.workflowExecution.runId, { nextPageToken: token }, quiet);
      events.push(...r.response.history.events);
      token = r.raw.nextPageToken;
    }
    t.observe('all', { count: events.length, dense: events.every((e, i) => +e.eventId === i + 1), last: k.list(events.slice(-2)) });
  },
  'continue-as-new is suggested when the history is long': async (t) => {
    const { id, tq } = await begin(t);
    for (let i = 0; i < 21; i++) await step(t, tq, Array.from({ length: 200 }, (_, j) => cmd.marker(`m${j}`)), { forceCreateNewWorkflowTask: true });
    await take(t, tq);
    const r = await t.call('GetWorkflowExecutionHistoryReverse', { execution: { workflowId: id }, maximumPageSize: 5 }, quiet);
    const started = r.response.history.events.find((e) => e.workflowTaskStartedEventAttributes).workflowTaskStartedEventAttributes;
    t.observe('started', { suggest: started.suggestContinueAsNew, reasons: started.suggestContinueAsNewReasons });
    await k.terminate(t, id);
  },
  'five failed tasks in a row are reported as a problem': async (t) => {
    const { id, tq } = await begin(t);
    for (let i = 0; i < 5; i++) await failTask(t, await take(t, tq, {}, { deadlineMs: 20_000 }));
    const r = await k.until(t, () => t.describe(id, '', quiet), (x) => x.response?.workflowExecutionInfo?.searchAttributes?.indexedFields?.TemporalReportedProblems, 5000);
    t.observe('search attribute', r.response.workflowExecutionInfo.searchAttributes?.indexedFields?.TemporalReportedProblems ?? 'none');
    await k.terminate(t, id);
  },
};
