// Activities without a workflow.
import { payload, payloads, seconds } from '../conversation.mjs';
import { start, describe, poll, becomes, terminate, token, failure, quiet } from '../activity-words.mjs';

const ID = (t) => ({ activityId: t.name('activity') });
/** Starts one, hands its task to `work`, and writes down what became of it. */
const worked = (more, work, end) => async (t) => {
  await start(t, more, quiet);
  const task = await poll(t, quiet);
  await work(t, task);
  if (end) await becomes(t, end);
  else await describe(t, { includeOutcome: true, includeLastFailure: true, includeHeartbeatDetails: true });
  await terminate(t);
};
const NO_RETRY = { retryPolicy: { maximumAttempts: 1 } };
const timesOut = (more, polled) => async (t) => {
  await start(t, { ...NO_RETRY, ...more }, quiet);
  if (polled) await poll(t, quiet);
  await becomes(t, 'TIMED_OUT');
};
const again = (first, second, end) => async (t) => {
  await start(t, first);
  if (end) { const task = await poll(t, quiet); await end(t, task); }
  await start(t, second);
  await terminate(t);
};
const complete = (t, task) => t.call('RespondActivityTaskCompleted', { ...token(task), result: payloads('done') }, quiet);
const fail = (t, task) => t.call('RespondActivityTaskFailed', { ...token(task), failure: failure('bad', { nonRetryable: true }) }, quiet);

export default {
  'start and describe': async (t) => { await start(t); await describe(t); await terminate(t); },
  'start with everything': async (t) => {
    await start(t, { input: payloads('a', 2), scheduleToCloseTimeout: seconds(60), scheduleToStartTimeout: seconds(20), heartbeatTimeout: seconds(5), retryPolicy: { initialInterval: seconds(2), backoffCoefficient: 3, maximumInterval: seconds(50), maximumAttempts: 4, nonRetryableErrorTypes: ['X'] }, header: { fields: { h: payload(1) } }, userMetadata: { summary: payload('sum'), details: payload('det') }, priority: { priorityKey: 2 }, searchAttributes: { indexedFields: { CustomKeywordField: payload('k') } } });
    await describe(t, { includeInput: true });
    await terminate(t);
  },
  'start with only a schedule-to-close timeout': async (t) => { await start(t, { startToCloseTimeout: undefined, scheduleToCloseTimeout: seconds(40) }); await describe(t); await terminate(t); },
  'the task that a worker gets': async (t) => {
    await start(t, { input: payloads('a'), header: { fields: { h: payload(1) } }, heartbeatTimeout: seconds(9) }, quiet);
    await poll(t);
    await describe(t);
    await terminate(t);
  },
  'completes': worked({}, (t, task) => t.call('RespondActivityTaskCompleted', { ...token(task), result: payloads('done') }), 'COMPLETED'),
  'completes with nothing': worked({}, (t, task) => t.call('RespondActivityTaskCompleted', token(task)), 'COMPLETED'),
  'fails for good': worked({}, (t, task) => t.call('RespondActivityTaskFailed', { ...token(task), failure: failure('bad', { nonRetryable: true, details: payloads('d') }) }), 'FAILED'),
  'fails for good by the type of the failure': worked({ retryPolicy: { nonRetryableErrorTypes: ['T'] } }, (t, task) => t.call('RespondActivityTaskFailed', { ...token(task), failure: failure('bad') }), 'FAILED'),
  'fails after its only attempt': worked(NO_RETRY, (t, task) => t.call('RespondActivityTaskFailed', { ...token(task), failure: failure('bad') }), 'FAILED'),
  'fails and waits for its next attempt': worked({ retryPolicy: { initialInterval: seconds(60) } }, (t, task) => t.call('RespondActivityTaskFailed', { ...token(task), failure: failure('bad'), lastHeartbeatDetails: payloads('hb') })),
  'fails and is tried again': async (t) => {
    await start(t, { retryPolicy: { initialInterval: seconds(0.1) } }, quiet);
    const first = await poll(t, quiet);
    await t.call('RespondActivityTaskFailed', { ...token(first), failure: failure('bad') });
    const second = await poll(t);
    await t.call('RespondActivityTaskCompleted', { ...token(second), result: payloads(2) });
    await becomes(t, 'COMPLETED');
  },
  'the failure says when to try again': worked({}, (t, task) => t.call('RespondActivityTaskFailed', { ...token(task), failure: failure('bad', { nextRetryDelay: seconds(77) }) })),
  'completed twice': worked({}, async (t, task) => { await complete(t, task); await t.call('RespondActivityTaskCompleted', token(task)); }, 'COMPLETED'),
  'completed by id': worked({}, (t) => t.call('RespondActivityTaskCompletedById', { ...ID(t), result: payloads('by id'), identity: 'other' }), 'COMPLETED'),
  'failed by id': worked(NO_RETRY, (t) => t.call('RespondActivityTaskFailedById', { ...ID(t), failure: failure('by id'), identity: 'other' }), 'FAILED'),
  'completed by id before it was picked up': async (t) => { await start(t, {}, quiet); await t.call('RespondActivityTaskCompletedById', { ...ID(t), result: payloads(1) }); await describe(t, { includeOutcome: true }); await terminate(t); },

  'times out between start and close': timesOut({ startToCloseTimeout: seconds(1) }, true),
  'times out between schedule and start': timesOut({ scheduleToStartTimeout: seconds(1) }),
  'times out between schedule and close': timesOut({ scheduleToCloseTimeout: seconds(1) }, true),
  'times out for want of a heartbeat': timesOut({ heartbeatTimeout: seconds(1) }, true),

  'heartbeat': worked({ heartbeatTimeout: seconds(20) }, (t, task) => t.call('RecordActivityTaskHeartbeat', { ...token(task), details: payloads('half') })),
  'heartbeat by id': worked({ heartbeatTimeout: seconds(20) }, (t) => t.call('RecordActivityTaskHeartbeatById', { ...ID(t), details: payloads('half'), identity: 'other' })),
  'heartbeat of a closed one': worked({}, async (t, task) => { await complete(t, task); await t.call('RecordActivityTaskHeartbeat', token(task)); }, 'COMPLETED'),
  'heartbeat details go to the next attempt': async (t) => {
    await start(t, { retryPolicy: { initialInterval: seconds(0.1) } }, quiet);
    const first = await poll(t, quiet);
    await t.call('RecordActivityTaskHeartbeat', { ...token(first), details: payloads('half') }, quiet);
    await t.call('RespondActivityTaskFailed', { ...token(first), failure: failure('bad') }, quiet);
    t.observe('details', (await poll(t, quiet)).response.heartbeatDetails);
    await terminate(t);
  },

  'cancel before it was picked up': async (t) => { await start(t, {}, quiet); await t.call('RequestCancelActivityExecution', { ...ID(t), reason: 'no need', identity: 'me', requestId: t.uuid() }); await becomes(t, 'CANCELED'); },
  'cancel while it runs': worked({}, async (t, task) => {
    await t.call('RequestCancelActivityExecution', { ...ID(t), reason: 'no need', identity: 'me', requestId: t.uuid() });
    await describe(t);
    await t.call('RecordActivityTaskHeartbeat', token(task));
    await t.call('RespondActivityTaskCanceled', { ...token(task), details: payloads('stopped') });
  }, 'CANCELED'),
  'cancel asked for, but it completes': worked({}, async (t, task) => {
    await t.call('RequestCancelActivityExecution', { ...ID(t), requestId: t.uuid() });
    await t.call('RespondActivityTaskCompleted', { ...token(task), result: payloads('too late') });
  }, 'COMPLETED'),
  'cancel twice with the same request id': worked({}, async (t) => {
    const requestId = t.uuid();
    for (const reason of ['one', 'two']) await t.call('RequestCancelActivityExecution', { ...ID(t), requestId, reason });
  }),
  'cancel twice with different request ids': worked({}, async (t) => {
    for (const reason of ['one', 'two']) await t.call('RequestCancelActivityExecution', { ...ID(t), requestId: t.uuid(), reason });
  }),
  'cancel a closed one': worked({}, async (t, task) => { await complete(t, task); await t.call('RequestCancelActivityExecution', { ...ID(t), requestId: t.uuid() }); }, 'COMPLETED'),
  'said to be canceled without a request': worked({}, (t, task) => t.call('RespondActivityTaskCanceled', token(task))),
  'terminate before it was picked up': async (t) => { await start(t, {}, quiet); await t.call('TerminateActivityExecution', { ...ID(t), reason: 'enough', identity: 'me' }); await becomes(t, 'TERMINATED'); },
  'terminate while it runs': worked({}, async (t, task) => { await t.call('TerminateActivityExecution', { ...ID(t), reason: 'enough', identity: 'me' }); await t.call('RespondActivityTaskCompleted', token(task)); }, 'TERMINATED'),
  'terminate a closed one': worked({}, async (t, task) => { await complete(t, task); await t.call('TerminateActivityExecution', { ...ID(t), reason: 'enough' }); }, 'COMPLETED'),

  'start twice': again({}, {}),
  'start twice with the same request id': async (t) => { const requestId = t.uuid(); await start(t, { requestId }); await start(t, { requestId }); await terminate(t); },
  'start twice, use the existing one': again({}, { idConflictPolicy: 'ACTIVITY_ID_CONFLICT_POLICY_USE_EXISTING' }),
  'start again after completion': again({}, {}, complete),
  'start again after completion, duplicates rejected': again({}, { idReusePolicy: 'ACTIVITY_ID_REUSE_POLICY_REJECT_DUPLICATE' }, complete),
  'start again after completion, only after failure': again({}, { idReusePolicy: 'ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY' }, complete),
  'start again after failure, only after failure': again({}, { idReusePolicy: 'ACTIVITY_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY' }, fail),

  'outcome of a completed one': async (t) => {
    await start(t, {}, quiet);
    await complete(t, await poll(t, quiet));
    await t.call('PollActivityExecution', ID(t));
  },
  'outcome is waited for': async (t) => {
    await start(t, {}, quiet);
    const waiting = t.call('PollActivityExecution', ID(t), quiet);
    await complete(t, await poll(t, quiet));
    t.observe('outcome', (await waiting).response);
  },
  'outcome of a failed one': async (t) => { await start(t, {}, quiet); await fail(t, await poll(t, quiet)); await t.call('PollActivityExecution', ID(t)); },
  'outcome of a terminated one': async (t) => { await start(t, {}, quiet); await terminate(t); await t.call('PollActivityExecution', ID(t)); },
  'outcome of a given run': async (t) => {
    const { response } = await start(t, {}, quiet);
    await complete(t, await poll(t, quiet));
    await t.call('PollActivityExecution', { ...ID(t), runId: response.runId });
    await t.call('PollActivityExecution', { ...ID(t), runId: t.uuid() });
  },

  'start delay': async (t) => {
    await start(t, { startDelay: seconds(1) });
    await describe(t);
    const task = await poll(t, quiet);
    t.observe('got', task.response.activityId);
    await terminate(t);
  },
  'list and count': async (t) => {
    await start(t, { searchAttributes: { indexedFields: { CustomKeywordField: payload(t.name('mark')) } } }, quiet);
    await t.eventually('ListActivityExecutions', { query: `ActivityId = '${t.name('activity')}'` }, (o) => o.response?.executions?.length);
    await t.eventually('CountActivityExecutions', { query: `CustomKeywordField = '${t.name('mark')}' AND ActivityType = 'A'` }, (o) => o.response?.count === '1');
    await t.call('CountActivityExecutions', { query: `ActivityId = '${t.name('activity')}' AND ExecutionStatus = 'Running'` });
    await t.call('CountActivityExecutions', { query: `ActivityId = '${t.name('activity')}' GROUP BY ExecutionStatus` });
    await t.call('CountWorkflowExecutions', { query: `CustomKeywordField = '${t.name('mark')}'` });
    await terminate(t);
    await t.eventually('ListActivityExecutions', { query: `ActivityId = '${t.name('activity')}' AND ExecutionStatus = 'Terminated'` }, (o) => o.response?.executions?.length);
  },
  'pause and unpause': async (t) => {
    await start(t, {}, quiet);
    await t.call('PauseActivityExecution', { ...ID(t), reason: 'lunch', identity: 'me', requestId: t.uuid() });
    await describe(t);
    await t.call('UnpauseActivityExecution', { ...ID(t), reason: 'back', identity: 'me', requestId: t.uuid() });
    await describe(t);
    await terminate(t);
  },
  'pause while it runs': worked({}, async (t, task) => {
    await t.call('PauseActivityExecution', { ...ID(t), reason: 'lunch', identity: 'me' });
    await t.call('RecordActivityTaskHeartbeat', token(task));
  }),
  'unpause what is not paused': async (t) => { await start(t, {}, quiet); await t.call('UnpauseActivityExecution', ID(t)); await terminate(t); },
  'update options': async (t) => {
    await start(t, {}, quiet);
    await t.call('UpdateActivityExecutionOptions', { ...ID(t), activityOptions: { startToCloseTimeout: seconds(99), retryPolicy: { maximumAttempts: 7 } }, updateMask: { paths: ['start_to_close_timeout', 'retry_policy.maximum_attempts'] } });
    await describe(t);
    await t.call('UpdateActivityExecutionOptions', { ...ID(t), restoreOriginal: true });
    await describe(t);
    await terminate(t);
  },
  'reset brings the attempts back to one': async (t) => {
    await start(t, { retryPolicy: { initialInterval: seconds(60) } }, quiet);
    await t.call('RespondActivityTaskFailed', { ...token(await poll(t, quiet)), failure: failure('bad') }, quiet);
    await t.call('ResetActivityExecution', { ...ID(t), identity: 'me' });
    await describe(t);
    await terminate(t);
  },
  'delete': async (t) => {
    await start(t, {}, quiet);
    await complete(t, await poll(t, quiet));
    await t.call('DeleteActivityExecution', ID(t));
    await t.eventually('DescribeActivityExecution', ID(t), (o) => o.code === 'NOT_FOUND');
  },
  'each run has its own history of attempts': async (t) => {
    const first = await start(t, {}, quiet);
    await complete(t, await poll(t, quiet));
    await start(t, {}, quiet);
    await describe(t, { runId: first.response.runId });
    await describe(t);
    await terminate(t);
  },
};
