// What is said to a running workflow: signals, queries, updates.
import * as k from '../scenario-kit.mjs';
import { payload, payloads, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failTask, failure, update } = k;

/** A workflow whose first task is done and that waits for something. */
const idle = async (t, more, completion) => { const w = await begin(t, more); await step(t, w.tq, [], completion); return w; };

const query = (t, workflowId, more = {}, options = quiet) =>
  t.call('QueryWorkflow', { execution: { workflowId }, query: { queryType: 'q', queryArgs: payloads('arg') }, ...more }, options);
const answerQuery = (t, task, result = 'answer', options = quiet) =>
  t.call('RespondQueryTaskCompleted', { taskToken: task.raw.taskToken, completedType: 'QUERY_RESULT_TYPE_ANSWERED', queryResult: payloads(result) }, options);
const refuseQuery = (t, task, options = quiet) =>
  t.call('RespondQueryTaskCompleted', { taskToken: task.raw.taskToken, completedType: 'QUERY_RESULT_TYPE_FAILED', errorMessage: 'no such query', failure: failure('no such query') }, options);
const closedBy = async (t, commands) => { const w = await begin(t); await step(t, w.tq, commands); return w; };

const ask = (t, workflowId, updateId, more, options) => t.call('UpdateWorkflowExecution', update.request(workflowId, updateId, more, options), { ...quiet, deadlineMs: 20_000 });
const pollUpdate = (t, workflowId, updateId, stage, options = quiet) =>
  t.call('PollWorkflowExecutionUpdate', { updateRef: { workflowExecution: { workflowId }, updateId }, identity: 'oracle', waitPolicy: stage ? { lifecycleStage: `UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_${stage}` } : undefined }, { ...options, deadlineMs: 20_000 });
/** Takes the next task and answers the update messages in it. */
async function work(t, tq, makers, { before = [], after = [], more = {} } = {}) {
  const task = await take(t, tq);
  const all = (task.raw.messages ?? []).map((m) => k.answers(m, ...makers));
  const r = await t.complete(task, [...before, ...all.flatMap((a) => a.commands), ...after], { messages: all.flatMap((a) => a.messages), ...more }, quiet);
  return { task, answer: r };
}
const both = [update.accept, update.respond];

export default {
  // --- signals ---
  'signal: all fields are kept': async (t) => {
    const { id } = await idle(t);
    await k.signal(t, id, 'named', { input: payloads(1, 'two'), header: { fields: { h: payload(1) } }, identity: 'somebody' }, {});
    await t.history(id);
  },
  'signal: same request id twice': async (t) => {
    const { id } = await idle(t);
    const requestId = t.uuid();
    await k.signal(t, id, 's', { requestId }, {}); await k.signal(t, id, 's', { requestId }, {});
    await k.outline(t, id);
  },
  'signal: same request id twice while a task is open': async (t) => {
    const { id, tq } = await begin(t);
    const requestId = t.uuid();
    const task = await take(t, tq);
    await k.signal(t, id, 's', { requestId }); await k.signal(t, id, 's', { requestId });
    await t.complete(task, [], {}, quiet);
    await k.outline(t, id);
  },
  'signal: several between two tasks make one task': async (t) => {
    const { id, tq } = await idle(t);
    for (const s of ['a', 'b', 'c']) await k.signal(t, id, s);
    show(t, await take(t, tq));
  },
  'signal: unknown workflow, closed workflow, unknown run': async (t) => {
    await k.signal(t, t.name('nobody'), 's', {}, {});
    const { id } = await closedBy(t, [cmd.complete()]);
    await k.signal(t, id, 's', {}, {});
    await k.signal(t, id, 's', { workflowExecution: { workflowId: id, runId: '11111111-1111-4111-8111-111111111111' } }, {});
  },
  'signal: no name, no workflow id, run id that is none': async (t) => {
    const { id } = await begin(t);
    await k.signal(t, id, '', {}, {});
    await k.signal(t, '', 's', {}, {});
    await k.signal(t, id, 's', { workflowExecution: { workflowId: id, runId: 'abc' } }, {});
  },
  'signal: input above the size limit': async (t) => {
    const { id } = await begin(t);
    const r = await k.signal(t, id, 's', { input: payloads('x'.repeat(2 * 1024 * 1024 + 5)) });
    t.observe('answer', { code: r.code, message: r.message });
    await k.outline(t, id);
  },

  // --- queries ---
  'query: idle workflow, asked through a task of its own': async (t) => {
    const { id, tq } = await idle(t);
    const call = query(t, id);
    const task = await take(t, tq);
    show(t, task);
    await answerQuery(t, task, 'answer', {});
    k.answered(t, 'query', await call);
    await k.outline(t, id);
  },
  'query: refused by the worker': async (t) => {
    const { id, tq } = await idle(t);
    const call = query(t, id);
    await refuseQuery(t, await take(t, tq), {});
    k.answered(t, 'query', await call);
  },
  'query: answered twice': async (t) => {
    const { id, tq } = await idle(t);
    const call = query(t, id);
    const task = await take(t, tq);
    await answerQuery(t, task);
    await call;
    await answerQuery(t, task, 'again', {});
  },
  'query: rides on a task that waits to be taken': async (t) => {
    const { id, tq } = await idle(t);
    await k.signal(t, id);
    const call = query(t, id);
    await t.sleep(300);
    const task = await take(t, tq);
    show(t, task);
    const queryId = Object.keys(task.response.queries)[0];
    await t.complete(task, [], { queryResults: { [queryId]: { resultType: 'QUERY_RESULT_TYPE_ANSWERED', answer: payloads('with the task') } } }, quiet);
    k.answered(t, 'query', await call);
  },
  'query: rides on a task and is refused there': async (t) => {
    const { id, tq } = await idle(t);
    await k.signal(t, id);
    const call = query(t, id);
    await t.sleep(300);
    const task = await take(t, tq);
    const queryId = Object.keys(task.response.queries)[0];
    await t.complete(task, [], { queryResults: { [queryId]: { resultType: 'QUERY_RESULT_TYPE_FAILED', errorMessage: 'no such query', failure: failure('no such query') } } }, quiet);
    k.answered(t, 'query', await call);
  },
  'query: asked while a task is open, answered after it': async (t) => {
    const { id, tq } = await idle(t);
    await k.signal(t, id);
    const task = await take(t, tq);
    const call = query(t, id);
    await t.sleep(300);
    await t.complete(task, [], {}, quiet);
    const next = await take(t, tq);
    show(t, next);
    await answerQuery(t, next);
    k.answered(t, 'query', await call);
  },
  'query: before the first task': async (t) => {
    const { id, tq } = await begin(t);
    const call = query(t, id);
    await t.sleep(300);
    const task = await take(t, tq);
    show(t, task);
    const queryId = Object.keys(task.response.queries ?? {})[0];
    await t.complete(task, [], queryId ? { queryResults: { [queryId]: { resultType: 'QUERY_RESULT_TYPE_ANSWERED', answer: payloads(1) } } } : {}, quiet);
    if (!queryId) await answerQuery(t, await take(t, tq));
    k.answered(t, 'query', await call);
  },
  'query: only one may wait for a task': async (t) => {
    const { id, tq } = await idle(t);
    await k.signal(t, id);
    const first = query(t, id);
    await t.sleep(300);
    k.answered(t, 'second', await query(t, id));
    const task = await take(t, tq);
    const queryId = Object.keys(task.response.queries)[0];
    await t.complete(task, [], { queryResults: { [queryId]: { resultType: 'QUERY_RESULT_TYPE_ANSWERED', answer: payloads(1) } } }, quiet);
    k.answered(t, 'first', await first);
  },
  'query: closed workflow': async (t) => {
    const { id, tq } = await closedBy(t, [cmd.complete('r')]);
    const call = query(t, id);
    const task = await take(t, tq);
    show(t, task);
    await answerQuery(t, task);
    k.answered(t, 'query', await call);
  },
  'query: reject conditions': async (t) => {
    const completed = await closedBy(t, [cmd.complete()]);
    await query(t, completed.id, { queryRejectCondition: 'QUERY_REJECT_CONDITION_NOT_OPEN' }, {});
    const failed = await (async () => { const w = await begin(t, {}, 'failed'); await step(t, w.tq, [cmd.fail()]); return w; })();
    await query(t, failed.id, { queryRejectCondition: 'QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY' }, {});
    const call = query(t, completed.id, { queryRejectCondition: 'QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY' });
    await answerQuery(t, await take(t, completed.tq));
    k.answered(t, 'completed cleanly', await call);
  },
  'query: through the sticky queue': async (t) => {
    const sticky = t.name('sticky');
    const { id, tq } = await idle(t, {}, k.stickTo(sticky));
    const polled = k.takeSticky(t, sticky, tq);
    await t.sleep(300);
    const call = query(t, id);
    const task = await polled;
    show(t, task);
    await answerQuery(t, task);
    k.answered(t, 'query', await call);
  },
  'query: sticky worker is gone, the normal queue gets it': async (t) => {
    const { id, tq } = await idle(t, {}, k.stickTo(t.name('sticky')));
    const call = query(t, id);
    const task = await take(t, tq);
    show(t, task);
    await answerQuery(t, task);
    k.answered(t, 'query', await call);
  },
  'query: workflow keeps failing its task': async (t) => {
    const { id, tq } = await begin(t);
    for (let i = 0; i < 3; i++) await failTask(t, await take(t, tq));
    await query(t, id, {}, {});
  },
  'query: unknown workflow, no query, closed before its first task': async (t) => {
    await query(t, t.name('nobody'), {}, {});
    const { id } = await begin(t);
    await t.call('QueryWorkflow', { execution: { workflowId: id } });
    await query(t, '', {}, {});
    await k.terminate(t, id);
    await query(t, id, {}, {});
  },

  // --- updates ---
  'update: accepted and completed in one task': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1', {}, { input: { header: { fields: { h: payload(1) } } } });
    const { task } = await work(t, tq, both);
    show(t, task);
    k.answered(t, 'update', await call);
    await t.history(id);
  },
  'update: accepted first, completed later': async (t) => {
    const { id, tq } = await idle(t);
    const accepted = ask(t, id, 'u1', {}, { stage: 'ACCEPTED' });
    const { task } = await work(t, tq, [update.accept], { after: [cmd.timer('t', 1)] });
    k.answered(t, 'accepted', await accepted);
    await pollUpdate(t, id, 'u1', undefined, {});
    const completed = pollUpdate(t, id, 'u1', 'COMPLETED');
    const later = update.respond(task.raw.messages[0], 'late');
    const second = await take(t, tq);
    show(t, second);
    await t.complete(second, [cmd.message(later.id)], { messages: [later] });
    k.answered(t, 'completed', await completed);
    await t.history(id);
  },
  'update: failed by the workflow': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    await work(t, tq, [update.accept, update.respondFailure]);
    k.answered(t, 'update', await call);
    await k.event(t, id, 'WORKFLOW_EXECUTION_UPDATE_COMPLETED');
  },
  'update: rejected, and no trace of it is left': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    const { task, answer } = await work(t, tq, [update.reject]);
    show(t, task);
    t.observe('worker is sent back to', answer.response.resetHistoryEventId ?? 'nowhere');
    k.answered(t, 'update', await call);
    await k.outline(t, id);
    await pollUpdate(t, id, 'u1', undefined, {});
    await k.signal(t, id);
    show(t, await take(t, tq));
  },
  'update: rejected with a protocol message command, the task stays': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    const task = await take(t, tq);
    const reject = update.reject(task.raw.messages[0]);
    await t.complete(task, [cmd.message(reject.id)], { messages: [reject] });
    k.answered(t, 'update', await call);
    await k.outline(t, id);
  },
  'update: rejected by a worker that knows how to go back': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    const { answer } = await work(t, tq, [update.reject], { more: { capabilities: { discardSpeculativeWorkflowTaskWithEvents: true } } });
    t.observe('worker is sent back to', answer.response.resetHistoryEventId ?? 'nowhere');
    k.answered(t, 'update', await call);
    await k.outline(t, id);
  },
  'update: rejected together with a command, the task stays': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    await work(t, tq, [update.reject], { after: [cmd.timer('t', 60)] });
    await call;
    await k.outline(t, id);
  },
  'update: rejected in a task that was there anyway': async (t) => {
    const { id, tq } = await idle(t);
    await k.signal(t, id);
    const call = ask(t, id, 'u1');
    await t.sleep(300);
    await work(t, tq, [update.reject]);
    k.answered(t, 'update', await call);
    await k.outline(t, id);
  },
  'update: the worker says nothing about it': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    await work(t, tq, []);
    k.answered(t, 'update', await call);
    await k.outline(t, id);
  },
  'update: sent before the first task': async (t) => {
    const { id, tq } = await begin(t);
    const call = ask(t, id, 'u1');
    await t.sleep(300);
    const { task } = await work(t, tq, both);
    show(t, task);
    k.answered(t, 'update', await call);
    await k.outline(t, id);
  },
  'update: sent while a task is open': async (t) => {
    const { id, tq } = await begin(t);
    const first = await take(t, tq);
    const call = ask(t, id, 'u1');
    await t.sleep(300);
    await t.complete(first, [], {}, quiet);
    const { task } = await work(t, tq, both);
    show(t, task);
    k.answered(t, 'update', await call);
    await k.outline(t, id);
  },
  'update: same id twice while the first is under way': async (t) => {
    const { id, tq } = await idle(t);
    const first = ask(t, id, 'u1');
    await t.sleep(300);
    const second = ask(t, id, 'u1');
    await t.sleep(300);
    const { task } = await work(t, tq, both);
    t.observe('messages', task.raw.messages.length);
    k.answered(t, 'first', await first);
    k.answered(t, 'second', await second);
    await k.outline(t, id);
  },
  'update: same id after it was completed': async (t) => {
    const { id, tq } = await idle(t);
    const first = ask(t, id, 'u1');
    await work(t, tq, both);
    await first;
    k.answered(t, 'second', await ask(t, id, 'u1'));
    await k.outline(t, id);
  },
  'update: same id after the workflow closed': async (t) => {
    const { id, tq } = await idle(t);
    const first = ask(t, id, 'u1');
    await work(t, tq, both, { after: [cmd.complete('bye')] });
    await first;
    k.answered(t, 'second', await ask(t, id, 'u1'));
    k.answered(t, 'another', await ask(t, id, 'u2'));
    await pollUpdate(t, id, 'u1', 'COMPLETED', {});
  },
  'update: no id given': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, '');
    await work(t, tq, both);
    k.answered(t, 'update', await call);
  },
  'update: two in one task': async (t) => {
    const { id, tq } = await idle(t);
    const a = ask(t, id, 'u1');
    await t.sleep(300);
    const b = ask(t, id, 'u2');
    await t.sleep(300);
    const { task } = await work(t, tq, both);
    show(t, task);
    k.answered(t, 'u1', await a); k.answered(t, 'u2', await b);
    await k.outline(t, id);
  },
  'update: commands and messages keep their order': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    const task = await take(t, tq);
    const [accept, respond] = both.map((f) => f(task.raw.messages[0]));
    await t.complete(task, [cmd.timer('a', 60), cmd.message(accept.id), cmd.marker('between'), cmd.message(respond.id), cmd.timer('b', 60)], { messages: [accept, respond] });
    await call;
    await t.history(id);
  },
  'update: messages without a command come last': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    const task = await take(t, tq);
    await t.complete(task, [cmd.timer('a', 60)], { messages: both.map((f) => f(task.raw.messages[0])) });
    await call;
    await k.outline(t, id);
  },
  'update: a signal while its task is open makes the task last': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    const task = await take(t, tq);
    await k.outline(t, id, '', 'while the update task is open');
    await k.signal(t, id);
    await k.outline(t, id, '', 'after the signal');
    const a = k.answers(task.raw.messages[0], update.reject);
    await t.complete(task, a.commands, { messages: a.messages }, quiet);
    k.answered(t, 'update', await call);
    await k.outline(t, id);
  },
  'update: its task times out and comes again': async (t) => {
    const { id, tq } = await idle(t, { workflowTaskTimeout: seconds(1) });
    const call = ask(t, id, 'u1');
    await take(t, tq);
    const { task } = await work(t, tq, both);
    show(t, task);
    k.answered(t, 'update', await call);
    await t.history(id);
  },
  'update: workflow completes instead of answering': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    await work(t, tq, [], { after: [cmd.complete('bye')] });
    k.answered(t, 'update', await call);
    await k.outline(t, id);
  },
  'update: accepted, then the workflow completes without a result': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    await work(t, tq, [update.accept], { after: [cmd.complete('bye')] });
    k.answered(t, 'update', await call);
    await pollUpdate(t, id, 'u1', 'COMPLETED', {});
  },
  'update: workflow is terminated while it waits': async (t) => {
    const { id } = await idle(t);
    const call = ask(t, id, 'u1');
    await t.sleep(300);
    await k.terminate(t, id);
    k.answered(t, 'update', await call);
  },
  'update: accepted, then the workflow is terminated': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1');
    await work(t, tq, [update.accept]);
    await k.terminate(t, id);
    k.answered(t, 'update', await call);
  },
  'update: unknown workflow, closed workflow': async (t) => {
    k.answered(t, 'unknown', await ask(t, t.name('nobody'), 'u1'));
    const { id } = await closedBy(t, [cmd.complete()]);
    k.answered(t, 'closed', await ask(t, id, 'u1'));
  },
  'update: no name, no request, no workflow id': async (t) => {
    const { id } = await idle(t);
    await t.call('UpdateWorkflowExecution', { workflowExecution: { workflowId: id }, request: { meta: { updateId: 'u' }, input: {} }, waitPolicy: { lifecycleStage: 3 } });
    await t.call('UpdateWorkflowExecution', { workflowExecution: { workflowId: id }, waitPolicy: { lifecycleStage: 3 } });
    await t.call('UpdateWorkflowExecution', { request: { meta: { updateId: 'u' }, input: { name: 'u' } }, waitPolicy: { lifecycleStage: 3 } });
  },
  'update: waiting for admission only is refused': async (t) => {
    const { id } = await idle(t);
    k.answered(t, 'admitted', await ask(t, id, 'u1', {}, { stage: 'ADMITTED' }));
  },
  'update: first execution run id of another run': async (t) => {
    const { id } = await idle(t);
    k.answered(t, 'update', await ask(t, id, 'u1', { firstExecutionRunId: '11111111-1111-4111-8111-111111111111' }));
  },
  'update: more than ten under way': async (t) => {
    const { id } = await idle(t);
    const calls = [];
    for (let i = 0; i < 10; i++) { calls.push(ask(t, id, `u${i}`)); await t.sleep(30); }
    await t.sleep(300);
    k.answered(t, 'eleventh', await ask(t, id, 'u10'));
    await k.terminate(t, id);
    t.observe('the others', [...new Set((await Promise.all(calls)).map((r) => r.code))]);
  },
  'update: worker accepts something that was never sent': async (t) => {
    const { id, tq } = await idle(t);
    await k.signal(t, id);
    const task = await take(t, tq);
    const message = { id: 'm/request', protocolInstanceId: 'nobody', eventId: 5, body: { value: new Uint8Array() } };
    const accept = update.accept(message);
    await t.complete(task, [cmd.message(accept.id)], { messages: [accept] });
    await k.outline(t, id);
    await k.event(t, id, 'WORKFLOW_TASK_FAILED');
  },
  'update: asked about after it was rejected, or never sent': async (t) => {
    const { id } = await idle(t);
    await pollUpdate(t, id, 'nobody', 'COMPLETED', {});
    await pollUpdate(t, t.name('no-workflow'), 'u', undefined, {});
  },
  'update: accepted one shows in describe and survives a later task': async (t) => {
    const { id, tq } = await idle(t);
    const call = ask(t, id, 'u1', {}, { stage: 'ACCEPTED' });
    await work(t, tq, [update.accept]);
    await call;
    await k.signal(t, id);
    const task = await take(t, tq);
    show(t, task);
    await t.complete(task, [], {}, quiet);
    await pollUpdate(t, id, 'u1', 'ACCEPTED', {});
  },
};
