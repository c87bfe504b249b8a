// Words for scenarios about Nexus: an endpoint of its own, a caller workflow, and a handler that is scripted by polls.
import { payload, seconds } from './conversation.mjs';
import { until } from './words.mjs';

export const quiet = { record: false };
export const worker = (t, taskQueue = t.name('handlers')) => ({ worker: { namespace: t.namespace, taskQueue } });
export async function endpoint(t, target = worker(t)) {
  const { response, code, message } = await t.operator('CreateNexusEndpoint', { spec: { name: t.name('endpoint'), target } }, quiet);
  if (!response) t.observe('no endpoint', { code, message });
  return { ...response?.endpoint, remove: async () => {
    const now = await t.operator('GetNexusEndpoint', { id: response.endpoint.id }, quiet);
    if (now.ok) await t.operator('DeleteNexusEndpoint', { id: response.endpoint.id, version: now.response.endpoint.version }, quiet);
  } };
}
export const schedule = (t, more = {}) => ({ commandType: 'COMMAND_TYPE_SCHEDULE_NEXUS_OPERATION', scheduleNexusOperationCommandAttributes: { endpoint: t.name('endpoint'), service: 'svc', operation: 'op', input: payload('in'), ...more } });
/** A workflow that has just asked for an operation. */
export async function caller(t, more) {
  await t.start(t.name('caller'), t.name('tq'), {}, quiet);
  const task = await next(t);
  return t.complete(task, [schedule(t, more)], {}, quiet);
}
export async function next(t) {
  let task;
  for (let i = 0; i < 3 && !task?.raw?.taskToken?.length; i++) task = await t.pollWorkflow(t.name('tq'), {}, quiet);
  return task;
}
export async function poll(t, queue = t.name('handlers')) {
  let task;
  for (let i = 0; i < 3 && !task?.raw?.taskToken?.length; i++) task = await t.call('PollNexusTaskQueue', { taskQueue: { name: queue }, identity: 'handler' }, { deadlineMs: 10_000, ...quiet });
  return task;
}
export const answer = (t, task, startOperation, options) => t.call('RespondNexusTaskCompleted', { taskToken: task.raw.taskToken, identity: 'handler', response: { startOperation } }, options);
export const refuse = (t, task, error, options) => t.call('RespondNexusTaskFailed', { taskToken: task.raw.taskToken, identity: 'handler', ...error }, options);
/** What the handler is given, without what is the server's own (callback addresses and tokens, timeouts left). */
export function request(task) {
  const { header = {}, startOperation, cancelOperation, capabilities, endpoint: name } = task.response.request;
  const { callback, callbackHeader, ...start } = startOperation ?? {};
  return { headers: Object.keys(header).filter((h) => !/^(nexus-callback|temporal-callback|user-agent|accept|content-length)/i.test(h)).sort(), capabilities, endpoint: name,
    ...(startOperation && { startOperation: start, hasCallback: !!callback }), ...(cancelOperation && { cancelOperation: { ...cancelOperation } }) };
}
/** The events about the operation, once one of this type is there. */
export async function events(t, type, note = 'events') {
  let list = [];
  const came = await until(async () => (list = (await t.history(t.name('caller'), '', {}, quiet)).response?.history?.events ?? []).some((e) => e.eventType === `EVENT_TYPE_NEXUS_OPERATION_${type}`), 15_000);
  t.observe(came ? note : `${note} (never came)`, list.filter((e) => /NEXUS/.test(e.eventType)));
}
/** The handler starts a workflow that will complete the operation, as SDKs do; its id is <backing>. */
export async function startBacking(t, task) {
  const { callback, callbackHeader, requestId } = task.response.request.startOperation;
  await t.start(t.name('backing'), t.name('backing-tq'), { requestId, completionCallbacks: [{ nexus: { url: callback, header: callbackHeader } }] }, quiet);
  await answer(t, task, { asyncSuccess: { operationToken: 'run' } }, quiet);
  await events(t, 'STARTED', 'started');
}
export async function endBacking(t, command) {
  let task;
  for (let i = 0; i < 3 && !task?.raw?.taskToken?.length; i++) task = await t.pollWorkflow(t.name('backing-tq'), {}, quiet);
  await t.complete(task, [command], {}, quiet);
}
export const end = async (t, e) => { await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: t.name('caller') } }, quiet); await e?.remove(); };
export { payload, seconds };
