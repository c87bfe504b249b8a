// What a server says of task queues, and how their limits are set.
import { payloads, seconds } from '../conversation.mjs';
import { until } from '../words.mjs';

const quiet = { record: false };
const describe = (t, more = {}, options) => t.call('DescribeTaskQueue', { taskQueue: { name: t.name('tq') }, taskQueueType: 'TASK_QUEUE_TYPE_WORKFLOW', ...more }, options);
const ACTIVITY = { taskQueueType: 'TASK_QUEUE_TYPE_ACTIVITY' };
const configure = (t, change, options) => t.call('UpdateTaskQueueConfig', { taskQueue: t.name('tq'), identity: 'me', ...ACTIVITY, ...change }, options);
const rate = (requestsPerSecond, reason = 'because') => ({ rateLimit: requestsPerSecond === undefined ? undefined : { requestsPerSecond }, reason });
/** Makes these changes one after another and writes down what each answers and what is described in the end. */
const configured = (...changes) => async (t) => {
  for (const change of changes) await configure(t, change);
  const { response } = await describe(t, { ...ACTIVITY, reportConfig: true }, quiet);
  t.observe('config', response.config ?? {});
};
const activity = (t, more = {}) => t.call('StartActivityExecution', { activityId: t.name(`a${more.n ?? ''}`), activityType: { name: 'A' }, taskQueue: { name: t.name('tq') }, startToCloseTimeout: seconds(30), requestId: t.uuid(), ...more, n: undefined }, quiet);
const count = (stats) => +(stats?.approximateBacklogCount ?? 0);

const scenarios = {
  'a queue that nobody knows': { ignore: ['effectiveRateLimit'], run: async (t) => { await describe(t); } },
  'a workflow poller is seen': async (t) => {
    await t.call('PollWorkflowTaskQueue', { taskQueue: { name: t.name('tq') }, identity: 'walker' }, { deadlineMs: 2500, ...quiet });
    const { response } = await describe(t, {}, quiet);
    t.observe('pollers', response.pollers.map(({ ratePerSecond, ...p }) => p));
  },
  'an activity poller is seen with its queue type only': async (t) => {
    await t.call('PollActivityTaskQueue', { taskQueue: { name: t.name('tq') }, identity: 'worker' }, { deadlineMs: 2500, ...quiet });
    t.observe('workflow', ((await describe(t, {}, quiet)).response.pollers ?? []).length);
    t.observe('activity', (await describe(t, ACTIVITY, quiet)).response.pollers.map(({ ratePerSecond, ...p }) => p));
  },
  'a Nexus poller is seen': async (t) => {
    await t.call('PollNexusTaskQueue', { taskQueue: { name: t.name('tq') }, identity: 'nexus' }, { deadlineMs: 2500, ...quiet });
    t.observe('nexus', (await describe(t, { taskQueueType: 'TASK_QUEUE_TYPE_NEXUS' }, quiet)).response.pollers.map(({ ratePerSecond, ...p }) => p));
  },
  'two pollers with two identities': async (t) => {
    await Promise.all(['one', 'two'].map((identity) => t.call('PollWorkflowTaskQueue', { taskQueue: { name: t.name('tq') }, identity }, { deadlineMs: 2500, ...quiet })));
    t.observe('pollers', (await describe(t, {}, quiet)).response.pollers.map((p) => p.identity).sort());
  },
  'the rate of an activity poller': async (t) => {
    await t.call('PollActivityTaskQueue', { taskQueue: { name: t.name('tq') }, identity: 'slow', taskQueueMetadata: { maxTasksPerSecond: { value: 7 } } }, { deadlineMs: 2500, ...quiet });
    const { response } = await describe(t, { ...ACTIVITY, reportStats: true }, quiet);
    t.observe('rate', response.pollers[0].ratePerSecond);
    t.observe('effective', response.effectiveRateLimit);
  },
  'backlog of workflow tasks': async (t) => {
    for (const n of [1, 2, 3]) await t.start(t.name(`wf${n}`), t.name('tq'), {}, quiet);
    let stats;
    await until(async () => count(stats = (await describe(t, { reportStats: true }, quiet)).response.stats) === 3);
    t.observe('backlog', count(stats));
    t.observe('has an age', !!stats.approximateBacklogAge);
    for (const n of [1, 2, 3]) await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: t.name(`wf${n}`) } }, quiet);
  },
  'backlog of activity tasks by priority': async (t) => {
    for (const n of [1, 2, 3]) await activity(t, { n, priority: { priorityKey: n === 3 ? 1 : 5 } });
    let response;
    await until(async () => count((response = (await describe(t, { ...ACTIVITY, reportStats: true }, quiet)).response).stats) === 3);
    t.observe('by priority', Object.fromEntries(Object.entries(response.statsByPriorityKey).map(([k, v]) => [k, count(v)])));
    for (const n of [1, 2, 3]) await t.call('TerminateActivityExecution', { activityId: t.name(`a${n}`) }, quiet);
  },
  'an empty backlog': async (t) => {
    const { response } = await describe(t, { reportStats: true }, quiet);
    t.observe('backlog', count(response.stats));
  },
  'no stats unless asked for': async (t) => { t.observe('stats', (await describe(t, {}, quiet)).response.stats ?? 'none'); },
  'partitions': async (t) => {
    const { response } = await t.call('ListTaskQueuePartitions', { taskQueue: { name: t.name('tq') } }, quiet);
    t.observe('first activity partition', response.activityTaskQueuePartitions[0].key);
    t.observe('first workflow partition', response.workflowTaskQueuePartitions[0].key);
  },
  'describe without a queue': async (t) => { await t.call('DescribeTaskQueue', {}); },
  'describe a queue of an unknown type': { ignore: ['effectiveRateLimit'], run: async (t) => { await describe(t, { taskQueueType: 55 }); } },
  'describe the old enhanced way': async (t) => {
    const outcome = await describe(t, { apiMode: 'DESCRIBE_TASK_QUEUE_MODE_ENHANCED', taskQueueTypes: ['TASK_QUEUE_TYPE_WORKFLOW'], reportStats: true }, quiet);
    t.observe('answer', { code: outcome.code, message: outcome.message, versions: Object.keys(outcome.response?.versionsInfo ?? {}) });
  },

  'limit: set': configured({ updateQueueRateLimit: rate(12) }),
  'limit: set and changed': configured({ updateQueueRateLimit: rate(12) }, { updateQueueRateLimit: rate(3, 'slower') }),
  'limit: set and taken away': configured({ updateQueueRateLimit: rate(12) }, { updateQueueRateLimit: rate(undefined, 'no limit') }),
  'limit: zero': configured({ updateQueueRateLimit: rate(0) }),
  'limit: with fractions': configured({ updateQueueRateLimit: rate(0.5) }),
  'limit: for every fairness key': configured({ updateFairnessKeyRateLimitDefault: rate(4) }),
  'limit: both kinds': configured({ updateQueueRateLimit: rate(12), updateFairnessKeyRateLimitDefault: rate(4, 'fair') }),
  'limit: kinds one after another': configured({ updateQueueRateLimit: rate(12) }, { updateFairnessKeyRateLimitDefault: rate(4, 'fair') }),
  'weights: set': configured({ setFairnessWeightOverrides: { gold: 5, silver: 2 } }),
  'weights: set, changed and taken away': configured({ setFairnessWeightOverrides: { gold: 5, silver: 2 } }, { setFairnessWeightOverrides: { gold: 7 }, unsetFairnessWeightOverrides: ['silver'] }),
  'weights: an unknown key taken away': configured({ unsetFairnessWeightOverrides: ['nobody'] }),
  'limit: shown as effective': async (t) => {
    await configure(t, { updateQueueRateLimit: rate(12) }, quiet);
    let limit;
    await until(async () => (limit = (await describe(t, { ...ACTIVITY, reportStats: true }, quiet)).response.effectiveRateLimit)?.rateLimitSource === 'RATE_LIMIT_SOURCE_API');
    t.observe('effective', limit);
  },
  'limit: activities do not know that of workflows': async (t) => {
    await configure(t, { updateQueueRateLimit: rate(12) }, quiet);
    t.observe('config', (await describe(t, { reportConfig: true }, quiet)).response.config ?? {});
  },
  'a sticky queue is shut down': async (t) => {
    const id = t.name('wf'), sticky = t.name('sticky');
    await t.start(id, t.name('tq'), {}, quiet);
    const task = await t.pollWorkflow(t.name('tq'), {}, quiet);
    await t.complete(task, [], { stickyAttributes: { workerTaskQueue: { name: sticky, kind: 'TASK_QUEUE_KIND_STICKY', normalName: t.name('tq') }, scheduleToStartTimeout: seconds(5) } }, quiet);
    await t.call('ShutdownWorker', { stickyTaskQueue: sticky, identity: 'me', reason: 'bye' });
    await t.call('SignalWorkflowExecution', { workflowExecution: { workflowId: id }, signalName: 's', input: payloads(1) }, quiet);
    const next = await t.pollWorkflow(t.name('tq'), {}, quiet);
    t.observe('came to the normal queue', next.response?.workflowExecution?.workflowId);
    await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: id } }, quiet);
  },
};
export default scenarios;
