// Batch jobs: one operation on many workflows.
import { payloads } from '../conversation.mjs';
import { world, quiet, TERMINATE, CANCEL, DELETE, SIGNAL } from '../batch-words.mjs';
import { until } from '../words.mjs';

const job = (operation, request) => async (t) => {
  const w = await world(t);
  await w.begin(operation, request);
  await w.done();
  await w.statuses();
};
const firstTask = async (w, commands = []) => {
  const task = await w.call('PollWorkflowTaskQueue', { taskQueue: { name: 'q' } }, { deadlineMs: 10_000, ...quiet });
  await w.call('RespondWorkflowTaskCompleted', { taskToken: task.raw.taskToken, commands }, quiet);
};
export default {
  'terminate by query': job(TERMINATE),
  'terminate by ids': job(TERMINATE, { visibilityQuery: '', executions: [{ workflowId: 'w1' }, { workflowId: 'w3' }] }),
  'terminate by query that finds some': job(TERMINATE, { visibilityQuery: "WorkflowId IN ('w1', 'w2')" }),
  'terminate by query that finds none': job(TERMINATE, { visibilityQuery: "WorkflowType = 'nothing'" }),
  'terminate by an id that nobody knows': job(TERMINATE, { visibilityQuery: '', executions: [{ workflowId: 'nobody' }, { workflowId: 'w1' }] }),
  'what a terminated workflow was told': { ignore: ['Attributes\\.identity$'], run: async (t) => { const w = await world(t, 1); await w.begin(TERMINATE); await w.done(); await w.lastEvent('w1', 'WORKFLOW_EXECUTION_TERMINATED'); } },
  'cancel': { ignore: ['Attributes\\.identity$'], run: async (t) => { const w = await world(t, 2); await w.begin(CANCEL); await w.done(); await w.lastEvent('w1', 'WORKFLOW_EXECUTION_CANCEL_REQUESTED'); await w.lastEvent('w2', 'WORKFLOW_EXECUTION_CANCEL_REQUESTED'); } },
  'signal': async (t) => { const w = await world(t, 2); await w.begin(SIGNAL({ input: payloads(1, 'two') })); await w.done(); await w.lastEvent('w1', 'WORKFLOW_EXECUTION_SIGNALED'); },
  'delete': async (t) => {
    const w = await world(t, 2);
    await w.begin(DELETE);
    await w.done();
    await until(async () => (await w.call('DescribeWorkflowExecution', { execution: { workflowId: 'w1' } }, quiet)).code === 'NOT_FOUND' && (await w.call('DescribeWorkflowExecution', { execution: { workflowId: 'w2' } }, quiet)).code === 'NOT_FOUND');
    await w.statuses();
  },
  'reset to the first workflow task': async (t) => {
    const w = await world(t, 1);
    await firstTask(w);
    await w.begin({ resetOperation: { identity: 'me', options: { firstWorkflowTask: {} } } });
    await w.done();
    await w.statuses();
    await w.lastEvent('w1', 'WORKFLOW_TASK_FAILED');
  },
  'update of workflow options': async (t) => {
    const w = await world(t, 2);
    await w.begin({ updateWorkflowOptionsOperation: { identity: 'me', workflowExecutionOptions: { priority: { priorityKey: 2 } }, updateMask: { paths: ['priority'] } } });
    await w.done();
    await w.lastEvent('w2', 'WORKFLOW_EXECUTION_OPTIONS_UPDATED');
  },
  'describe says what is done': async (t) => { const w = await world(t, 2); await w.begin(TERMINATE, { reason: 'spring cleaning' }); await w.done(); },
  'list': async (t) => {
    const w = await world(t, 1);
    await w.begin(TERMINATE);
    await w.done();
    let jobs = [];
    await until(async () => (jobs = (await w.call('ListBatchOperations', {}, quiet)).response?.operationInfo ?? []).some((j) => j.closeTime));
    t.observe('jobs', jobs);
  },
  'list of none': async (t) => { const w = await world(t, 0); await w.call('ListBatchOperations'); },
  'the same job id twice': { ignore: ['2\\.(message|details)'], run: async (t) => { const w = await world(t, 1); await w.begin(TERMINATE); await w.done(); await w.begin(TERMINATE); } },
  'stop a job that is done': { ignore: ['message$'], run: async (t) => { const w = await world(t, 1); await w.begin(TERMINATE, {}, quiet); await w.done(); await w.call('StopBatchOperation', { jobId: t.name('job'), reason: 'stop', identity: 'me' }); } },
  'stop a job that nobody knows': { ignore: ['message$'], run: async (t) => { const w = await world(t, 0); await w.call('StopBatchOperation', { jobId: t.name('job'), reason: 'stop', identity: 'me' }); } },
  'stop a slow job': async (t) => {
    const w = await world(t, 5);
    await w.begin(SIGNAL(), { maxOperationsPerSecond: 0.1 });
    await w.call('DescribeBatchOperation', { jobId: t.name('job') }, quiet);
    await w.call('StopBatchOperation', { jobId: t.name('job'), reason: 'too slow', identity: 'me' });
    let last;
    await until(async () => (last = (await w.call('DescribeBatchOperation', { jobId: t.name('job') }, quiet)).response).state !== 'BATCH_OPERATION_STATE_RUNNING');
    t.observe('state', last.state);
  },
  'only one job at a time': async (t) => {
    const w = await world(t, 5);
    await w.begin(SIGNAL(), { maxOperationsPerSecond: 0.1 });
    let running = 0;
    await until(async () => (running = ((await w.call('ListBatchOperations', {}, quiet)).response?.operationInfo ?? []).length) > 0);
    await w.begin(TERMINATE, { jobId: t.name('second job') });
    await w.call('StopBatchOperation', { jobId: t.name('job'), reason: 'enough', identity: 'me' }, quiet);
    void running;
  },
  'a job is hidden from lists of workflows': async (t) => {
    const w = await world(t, 1);
    await w.begin(TERMINATE, {}, quiet);
    await w.done();
    await w.call('CountWorkflowExecutions', {});
  },
};
