// Words for scenarios about batch jobs. Each scenario has a namespace of its own, for there one job may run at a time.
import { newNamespace, until } from './words.mjs';

export const quiet = { record: false };
/** A namespace with so many running workflows w1, w2, … of type W, all of them visible. */
export async function world(t, workflows = 3, more = {}) {
  const namespace = await newNamespace(t);
  const w = {
    namespace,
    call: (rpc, request = {}, o) => t.call(rpc, { namespace, ...request }, o),
    begin: (operation, request = {}, o) => w.call('StartBatchOperation', { jobId: t.name('job'), reason: 'because', visibilityQuery: "WorkflowType = 'W'", ...operation, ...request }, o),
    /** Waits for the end of the job and writes its description down. */
    done: async (note = 'job', jobId = t.name('job')) => {
      let last;
      const came = await until(async () => !['BATCH_OPERATION_STATE_RUNNING', undefined].includes((last = await w.call('DescribeBatchOperation', { jobId }, quiet)).response?.state), 18_000);
      t.observe(came ? note : `${note} (never came to an end)`, last.ok ? last.response : { code: last.code, message: last.message });
    },
    statuses: async (note = 'statuses') => {
      const found = {};
      for (let n = 1; n <= workflows; n++) {
        const { response, code } = await w.call('DescribeWorkflowExecution', { execution: { workflowId: `w${n}` } }, quiet);
        found[`w${n}`] = response?.workflowExecutionInfo.status ?? code;
      }
      t.observe(note, found);
    },
    lastEvent: async (workflowId, type) => {
      let event;
      await until(async () => !!(event = (await w.call('GetWorkflowExecutionHistory', { execution: { workflowId } }, quiet)).response?.history?.events?.findLast((e) => e.eventType === `EVENT_TYPE_${type}`)), 6000);
      t.observe(`last ${type} of ${workflowId}`, event ?? 'none');
    },
  };
  for (let n = 1; n <= workflows; n++) await w.call('StartWorkflowExecution', { workflowId: `w${n}`, workflowType: { name: 'W' }, taskQueue: { name: 'q' }, requestId: t.uuid(), ...more }, quiet);
  await until(async () => +(await w.call('CountWorkflowExecutions', { query: "WorkflowType = 'W'" }, quiet)).response?.count === workflows || !workflows);
  return w;
}
export const TERMINATE = { terminationOperation: { identity: 'me' } };
export const CANCEL = { cancellationOperation: { identity: 'me' } };
export const DELETE = { deletionOperation: { identity: 'me' } };
export const SIGNAL = (more) => ({ signalOperation: { signal: 'hello', identity: 'me', ...more } });
