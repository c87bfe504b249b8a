// Requests that a server must refuse (or take in spite of a gap), one row each. The first part is made by rule from
// one plain request per RPC; the second part is a table of special cases.
import { payload, payloads, seconds } from '../conversation.mjs';
import { plain, stringsOf, set, fieldsOf } from '../requests.mjs';

const scenarios = {};
const stub = { namespace: 'default', name: (label) => label };
const POLL = { deadlineMs: 3000 };
const options = (rpc) => (/^Poll.*TaskQueue$/.test(rpc) ? POLL : { deadlineMs: 5000 });
const TOO_LONG = 'x'.repeat(1001);

/** Sends one request and tidies up what it may have made. */
async function sendOne(t, rpc, request) {
  const outcome = await t.call(rpc, request, options(rpc));
  // Where a thing is not found, some servers name the internal workflow that would stand for it: words of their own.
  const written = t.transcript.at(-1);
  if (written.code === 'NOT_FOUND' && /Schedule|BatchOperation|WorkerDeployment/.test(rpc) && !/^Namespace/.test(written.message)) written.message = '<words of its own>';
  if (/invalid path/.test(written.message)) written.message = '<words of its own>';
  if (!outcome.ok) return;
  if (rpc === 'CreateSchedule') await t.call('DeleteSchedule', { scheduleId: request.scheduleId }, { record: false });
  if (/StartWorkflowExecution$/.test(rpc)) await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: request.workflowId } }, { record: false });
  if (rpc === 'StartActivityExecution') await t.call('TerminateActivityExecution', { activityId: request.activityId }, { record: false });
}
const send = (rpc, change) => async (t) => sendOne(t, rpc, change(plain(t)[rpc]));

// Creating things by rule, or jobs that disturb each other, is left to other files.
const NOT_BY_RULE = /^(StartBatchOperation|CreateSchedule|ExecuteMultiOperation|UpdateTaskQueueConfig|RecordWorkerHeartbeat)$/;
const SHOWS_ALL = /^(List|Count|Scan)/; // without a query they show what others left on the server

for (const [rpc, request] of Object.entries(plain(stub))) {
  if (!/Namespace$/.test(rpc)) {
    scenarios[`${rpc}: empty namespace`] = send(rpc, (r) => ({ ...r, namespace: '' }));
    scenarios[`${rpc}: unknown namespace`] = send(rpc, (r) => ({ ...r, namespace: 'no-such-namespace' }));
  }
  if (NOT_BY_RULE.test(rpc)) continue;
  if (!SHOWS_ALL.test(rpc)) scenarios[`${rpc}: nothing but the namespace`] = send(rpc, () => ({}));
  if (!SHOWS_ALL.test(rpc) || request.query) scenarios[`${rpc}: about what does not exist`] = send(rpc, (r) => r);
  for (const where of stringsOf(request)) {
    if (/^(identity|reason|message|query)$/.test(where)) continue;
    scenarios[`${rpc}: no ${where}`] = send(rpc, (r) => set(r, where, ''));
    if (/workflowId$|taskQueue\.name$|requestId$|workflowType|scheduleId|signalName|jobId/i.test(where))
      scenarios[`${rpc}: ${where} of 1001 bytes`] = send(rpc, (r) => set(r, where, TOO_LONG));
    if (/runId$/i.test(where)) scenarios[`${rpc}: ${where} is no uuid`] = send(rpc, (r) => set(r, where, 'not-a-uuid'));
  }
  if (/Start|Poll/.test(rpc)) for (const field of fieldsOf(rpc, 'Duration'))
    scenarios[`${rpc}: negative ${field}`] = send(rpc, (r) => ({ ...r, [field]: { seconds: -1 } }));
}

const bytes = (s) => Buffer.from(s).toString('base64');
const big = (n) => payloads('x'.repeat(n));
const start = (change) => (t) => ({ ...plain(t).StartWorkflowExecution, ...change });
const withCron = (cronSchedule) => start({ cronSchedule });
const withRetry = (retryPolicy) => start({ retryPolicy });
const multi = (change) => (t) => { const r = structuredClone(plain(t).ExecuteMultiOperation); change(r, r.operations[0]?.startWorkflow, r.operations[1]?.updateWorkflow); return r; };

/** [what is wrong, RPC, request or a function that makes it from the conversation] */
const table = [
  // starting workflows
  ['start with an id of 1000 bytes', 'StartWorkflowExecution', (t) => ({ ...plain(t).StartWorkflowExecution, workflowId: t.name('y'.repeat(991)) })],
  ['start with run timeout above execution timeout', 'StartWorkflowExecution', start({ workflowExecutionTimeout: seconds(10), workflowRunTimeout: seconds(20) })],
  ['start with a malformed duration', 'StartWorkflowExecution', start({ workflowRunTimeout: { seconds: 1, nanos: -5 } })],
  ['start with too many nanos', 'StartWorkflowExecution', start({ workflowRunTimeout: { seconds: 1, nanos: 2_000_000_000 } })],
  ['start with a duration of ten thousand years', 'StartWorkflowExecution', start({ workflowRunTimeout: { seconds: 315_576_000_001 } })],
  ['start with a reserved task queue name', 'StartWorkflowExecution', start({ taskQueue: { name: '/_sys/mine' } })],
  ['start on a sticky task queue', 'StartWorkflowExecution', start({ taskQueue: { name: 'mine', kind: 'TASK_QUEUE_KIND_STICKY' } })],
  ['start with cron and start delay', 'StartWorkflowExecution', start({ cronSchedule: '* * * * *', workflowStartDelay: seconds(5) })],
  ['cron of four fields', 'StartWorkflowExecution', withCron('* * * *')],
  ['cron of six fields', 'StartWorkflowExecution', withCron('* * * * * *')],
  ['cron of words', 'StartWorkflowExecution', withCron('every now and then')],
  ['cron minute 60', 'StartWorkflowExecution', withCron('60 * * * *')],
  ['cron month 13', 'StartWorkflowExecution', withCron('0 0 1 13 *')],
  ['cron unknown macro', 'StartWorkflowExecution', withCron('@fortnightly')],
  ['cron every without duration', 'StartWorkflowExecution', withCron('@every')],
  ['cron in an unknown time zone', 'StartWorkflowExecution', withCron('CRON_TZ=Atlantis/Capital 0 0 * * *')],
  ['cron in a known time zone', 'StartWorkflowExecution', withCron('CRON_TZ=Europe/Berlin 0 0 * * *')],
  ['cron that never comes', 'StartWorkflowExecution', withCron('0 0 30 2 *')],
  ['retry with negative initial interval', 'StartWorkflowExecution', withRetry({ initialInterval: { seconds: -1 } })],
  ['retry with coefficient below one', 'StartWorkflowExecution', withRetry({ initialInterval: seconds(1), backoffCoefficient: 0.5 })],
  ['retry with negative coefficient', 'StartWorkflowExecution', withRetry({ initialInterval: seconds(1), backoffCoefficient: -2 })],
  ['retry with maximum below initial interval', 'StartWorkflowExecution', withRetry({ initialInterval: seconds(10), maximumInterval: seconds(5) })],
  ['retry with negative attempts', 'StartWorkflowExecution', withRetry({ maximumAttempts: -1 })],
  ['retry with empty non-retryable type', 'StartWorkflowExecution', withRetry({ nonRetryableErrorTypes: [''] })],
  ['retry with a timeout as non-retryable type', 'StartWorkflowExecution', withRetry({ nonRetryableErrorTypes: ['TemporalTimeout:StartToClose'] })],
  ['retry with an unknown timeout as non-retryable type', 'StartWorkflowExecution', withRetry({ nonRetryableErrorTypes: ['TemporalTimeout:Lunch'] })],
  ['empty retry policy', 'StartWorkflowExecution', withRetry({})],
  ['input above 2 MiB', 'StartWorkflowExecution', start({ input: big(2_200_000) })],
  ['memo above 2 MiB', 'StartWorkflowExecution', start({ memo: { fields: { m: payload('x'.repeat(2_200_000)) } } })],
  ['unknown search attribute', 'StartWorkflowExecution', start({ searchAttributes: { indexedFields: { NoSuchField: payload(1) } } })],
  ['search attribute of the wrong type', 'StartWorkflowExecution', start({ searchAttributes: { indexedFields: { CustomIntField: payload('one') } } })],
  ['system search attribute', 'StartWorkflowExecution', start({ searchAttributes: { indexedFields: { WorkflowId: payload('mine') } } })],
  ['search attribute above 2 KiB', 'StartWorkflowExecution', start({ searchAttributes: { indexedFields: { CustomKeywordField: payload('x'.repeat(3000)) } } })],
  ['terminate-if-running with a conflict policy', 'StartWorkflowExecution', start({ workflowIdReusePolicy: 'WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING', workflowIdConflictPolicy: 'WORKFLOW_ID_CONFLICT_POLICY_FAIL' })],
  ['reject-duplicate with terminate-existing', 'StartWorkflowExecution', start({ workflowIdReusePolicy: 'WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE', workflowIdConflictPolicy: 'WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING' })],
  ['unknown reuse policy', 'StartWorkflowExecution', start({ workflowIdReusePolicy: 99 })],
  ['unknown conflict policy', 'StartWorkflowExecution', start({ workflowIdConflictPolicy: 99 })],
  ['priority key below one', 'StartWorkflowExecution', start({ priority: { priorityKey: -1 } })],
  ['priority key above five', 'StartWorkflowExecution', start({ priority: { priorityKey: 6 } })],
  ['fairness key above 64 bytes', 'StartWorkflowExecution', start({ priority: { fairnessKey: 'f'.repeat(65) } })],
  ['negative fairness weight', 'StartWorkflowExecution', start({ priority: { fairnessWeight: -1 } })],
  ['summary above 400 bytes', 'StartWorkflowExecution', start({ userMetadata: { summary: payload('s'.repeat(500)) } })],
  ['details above 20000 bytes', 'StartWorkflowExecution', start({ userMetadata: { details: payload('s'.repeat(20_500)) } })],
  ['eleven links', 'StartWorkflowExecution', start({ links: Array.from({ length: 11 }, () => ({ batchJob: { jobId: 'j' } })) })],
  ['an empty link', 'StartWorkflowExecution', start({ links: [{}] })],
  ['a workflow link without ids', 'StartWorkflowExecution', start({ links: [{ workflowEvent: {} }] })],
  ['a batch link without job', 'StartWorkflowExecution', start({ links: [{ batchJob: {} }] })],
  ['a link of 5000 bytes', 'StartWorkflowExecution', start({ links: [{ batchJob: { jobId: 'j'.repeat(5000) } }] })],
  ['callback to an address that is not allowed', 'StartWorkflowExecution', start({ completionCallbacks: [{ nexus: { url: 'http://example.com/callback' } }] })],
  ['callback with a strange scheme', 'StartWorkflowExecution', start({ completionCallbacks: [{ nexus: { url: 'gopher://example.com/' } }] })],
  ['callback without variant', 'StartWorkflowExecution', start({ completionCallbacks: [{}] })],
  ['pinned override without version', 'StartWorkflowExecution', start({ versioningOverride: { pinned: { behavior: 'PINNED_OVERRIDE_BEHAVIOR_PINNED' } } })],
  ['pinned override with an unknown version', 'StartWorkflowExecution', start({ versioningOverride: { pinned: { behavior: 'PINNED_OVERRIDE_BEHAVIOR_PINNED', version: { deploymentName: 'nobody', buildId: 'b' } } } })],
  ['pinned override without behaviour', 'StartWorkflowExecution', start({ versioningOverride: { pinned: { version: { deploymentName: 'nobody', buildId: 'b' } } } })],
  ['time skipping', 'StartWorkflowExecution', start({ timeSkippingConfig: { enabled: true } })],
  ['conflict options without use-existing', 'StartWorkflowExecution', start({ onConflictOptions: { attachRequestId: true } })],
  ['conflict options that attach callbacks but no request id', 'StartWorkflowExecution', start({ workflowIdConflictPolicy: 'WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING', onConflictOptions: { attachCompletionCallbacks: true } })],
  // signal with start
  ['signal-with-start, conflict policy fail', 'SignalWithStartWorkflowExecution', (t) => ({ ...plain(t).SignalWithStartWorkflowExecution, workflowIdConflictPolicy: 'WORKFLOW_ID_CONFLICT_POLICY_FAIL' })],
  ['signal-with-start, terminate-if-running with use-existing', 'SignalWithStartWorkflowExecution', (t) => ({ ...plain(t).SignalWithStartWorkflowExecution, workflowIdReusePolicy: 'WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING', workflowIdConflictPolicy: 'WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING' })],
  ['signal-with-start, signal input above 2 MiB', 'SignalWithStartWorkflowExecution', (t) => ({ ...plain(t).SignalWithStartWorkflowExecution, signalInput: big(2_200_000) })],
  ['signal-with-start, cron and start delay', 'SignalWithStartWorkflowExecution', (t) => ({ ...plain(t).SignalWithStartWorkflowExecution, cronSchedule: '* * * * *', workflowStartDelay: seconds(1) })],
  // two operations in one
  ['multi-operation without operations', 'ExecuteMultiOperation', multi((r) => { r.operations = []; })],
  ['multi-operation with only a start', 'ExecuteMultiOperation', multi((r) => { r.operations.pop(); })],
  ['multi-operation in the wrong order', 'ExecuteMultiOperation', multi((r) => { r.operations.reverse(); })],
  ['multi-operation with two starts', 'ExecuteMultiOperation', multi((r) => { r.operations[1] = r.operations[0]; })],
  ['multi-operation with an empty operation', 'ExecuteMultiOperation', multi((r) => { r.operations[1] = {}; })],
  ['multi-operation on two workflow ids', 'ExecuteMultiOperation', multi((r, s, u) => { u.workflowExecution.workflowId = 'another'; })],
  ['multi-operation on two namespaces', 'ExecuteMultiOperation', multi((r, s, u) => { u.namespace = 'another'; })],
  ['multi-operation with cron', 'ExecuteMultiOperation', multi((r, s) => { s.cronSchedule = '* * * * *'; })],
  ['multi-operation with start delay', 'ExecuteMultiOperation', multi((r, s) => { s.workflowStartDelay = seconds(1); })],
  ['multi-operation with eager start', 'ExecuteMultiOperation', multi((r, s) => { s.requestEagerExecution = true; })],
  ['multi-operation with a run id', 'ExecuteMultiOperation', multi((r, s, u) => { u.workflowExecution.runId = '11111111-2222-4333-8444-555555555555'; })],
  ['multi-operation with a first run id', 'ExecuteMultiOperation', multi((r, s, u) => { u.firstExecutionRunId = '11111111-2222-4333-8444-555555555555'; })],
  ['multi-operation without update name', 'ExecuteMultiOperation', multi((r, s, u) => { u.request.input.name = ''; })],
  ['multi-operation without workflow type', 'ExecuteMultiOperation', multi((r, s) => { s.workflowType = undefined; })],
  ['multi-operation that waits for admitted', 'ExecuteMultiOperation', multi((r, s, u) => { u.waitPolicy.lifecycleStage = 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED'; })],
  // updates
  ['update without meta', 'UpdateWorkflowExecution', (t) => ({ ...plain(t).UpdateWorkflowExecution, request: { input: { name: 'u' } } })],
  ['update without input', 'UpdateWorkflowExecution', (t) => ({ ...plain(t).UpdateWorkflowExecution, request: { meta: { updateId: 'u' } } })],
  ['update that waits for nothing', 'UpdateWorkflowExecution', (t) => ({ ...plain(t).UpdateWorkflowExecution, waitPolicy: undefined })],
  ['update that waits for admitted', 'UpdateWorkflowExecution', (t) => ({ ...plain(t).UpdateWorkflowExecution, waitPolicy: { lifecycleStage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED' } })],
  ['update with an id of 1001 bytes', 'UpdateWorkflowExecution', (t) => set(plain(t).UpdateWorkflowExecution, 'request.meta.updateId', TOO_LONG)],
  ['poll for an update without reference', 'PollWorkflowExecutionUpdate', {}],
  // the rest of the workflow calls
  ['query without query', 'QueryWorkflow', { execution: { workflowId: 'nobody' } }],
  ['query an unknown workflow without run id', 'QueryWorkflow', (t) => ({ execution: { workflowId: t.name('nobody') }, query: { queryType: 'q' } })],
  ['describe an unknown workflow without run id', 'DescribeWorkflowExecution', (t) => ({ execution: { workflowId: t.name('nobody') } })],
  ['signal an unknown workflow without run id', 'SignalWorkflowExecution', (t) => ({ workflowExecution: { workflowId: t.name('nobody') }, signalName: 's' })],
  ['terminate an unknown workflow without run id', 'TerminateWorkflowExecution', (t) => ({ workflowExecution: { workflowId: t.name('nobody') } })],
  ['cancel an unknown workflow without run id', 'RequestCancelWorkflowExecution', (t) => ({ workflowExecution: { workflowId: t.name('nobody') } })],
  ['history of an unknown workflow without run id', 'GetWorkflowExecutionHistory', (t) => ({ execution: { workflowId: t.name('nobody') } })],
  ['history with a garbage page token', 'GetWorkflowExecutionHistory', { execution: { workflowId: 'nobody' }, nextPageToken: bytes('garbage') }],
  ['reverse history with a garbage page token', 'GetWorkflowExecutionHistoryReverse', { execution: { workflowId: 'nobody' }, nextPageToken: bytes('garbage') }],
  ['signal with an input above 2 MiB', 'SignalWorkflowExecution', (t) => ({ ...plain(t).SignalWorkflowExecution, input: big(2_200_000) })],
  ['query with arguments above 2 MiB', 'QueryWorkflow', (t) => ({ ...plain(t).QueryWorkflow, query: { queryType: 'q', queryArgs: big(2_200_000) } })],
  ['reset to event 0', 'ResetWorkflowExecution', (t) => ({ ...plain(t).ResetWorkflowExecution, workflowTaskFinishEventId: 0 })],
  ['reset to event 1', 'ResetWorkflowExecution', (t) => ({ ...plain(t).ResetWorkflowExecution, workflowTaskFinishEventId: 1 })],
  ['update options with an unknown path', 'UpdateWorkflowExecutionOptions', (t) => ({ ...plain(t).UpdateWorkflowExecutionOptions, updateMask: { paths: ['favourite_colour'] } })],
  ['update options without mask', 'UpdateWorkflowExecutionOptions', (t) => ({ ...plain(t).UpdateWorkflowExecutionOptions, updateMask: undefined })],
  // lists
  ['list with a negative page size', 'ListWorkflowExecutions', { query: "WorkflowId = 'nobody'", pageSize: -1 }],
  ['list with a page size of 1001', 'ListWorkflowExecutions', { query: "WorkflowId = 'nobody'", pageSize: 1001 }],
  ['list open with earliest after latest', 'ListOpenWorkflowExecutions', { startTimeFilter: { earliestTime: { seconds: 5 }, latestTime: { seconds: 1 } } }],
  ['list closed with status running', 'ListClosedWorkflowExecutions', { startTimeFilter: { earliestTime: { seconds: 1 }, latestTime: { seconds: 5 } }, statusFilter: { status: 'WORKFLOW_EXECUTION_STATUS_RUNNING' } }],
  ['list activities with a page size of 1001', 'ListActivityExecutions', { query: "ActivityId = 'nobody'", pageSize: 1001 }],
  // tasks
  ['complete a workflow task with an empty token', 'RespondWorkflowTaskCompleted', {}],
  ['complete an activity with an empty token', 'RespondActivityTaskCompleted', {}],
  ['fail an activity with a failure of another kind', 'RespondActivityTaskFailed', (t) => ({ ...plain(t).RespondActivityTaskFailed, failure: { message: 'm', timeoutFailureInfo: {} } })],
  ['fail an activity without failure', 'RespondActivityTaskFailed', (t) => ({ ...plain(t).RespondActivityTaskFailed, failure: undefined })],
  ['fail an activity by id with a failure of another kind', 'RespondActivityTaskFailedById', (t) => ({ ...plain(t).RespondActivityTaskFailedById, failure: { message: 'm', canceledFailureInfo: {} } })],
  ['poll a workflow task on a reserved task queue', 'PollWorkflowTaskQueue', { taskQueue: { name: '/_sys/a/b' } }],
  // schedules and batch jobs
  ['schedule with an id of 1001 bytes', 'CreateSchedule', (t) => ({ ...plain(t).CreateSchedule, scheduleId: TOO_LONG })],
  ['schedule without id', 'CreateSchedule', (t) => ({ ...plain(t).CreateSchedule, scheduleId: '' })],
  ['schedule without schedule', 'CreateSchedule', (t) => ({ ...plain(t).CreateSchedule, schedule: undefined })],
  ['schedule without action', 'CreateSchedule', (t) => set(plain(t).CreateSchedule, 'schedule.action', undefined)],
  ['schedule of a workflow without type', 'CreateSchedule', (t) => set(plain(t).CreateSchedule, 'schedule.action.startWorkflow.workflowType', undefined)],
  ['schedule of a workflow without id', 'CreateSchedule', (t) => set(plain(t).CreateSchedule, 'schedule.action.startWorkflow.workflowId', '')],
  ['schedule of a workflow without task queue', 'CreateSchedule', (t) => set(plain(t).CreateSchedule, 'schedule.action.startWorkflow.taskQueue', undefined)],
  ['schedule of a cron workflow', 'CreateSchedule', (t) => set(plain(t).CreateSchedule, 'schedule.action.startWorkflow.cronSchedule', '* * * * *')],
  ['schedule of a workflow with a reuse policy', 'CreateSchedule', (t) => set(plain(t).CreateSchedule, 'schedule.action.startWorkflow.workflowIdReusePolicy', 'WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE')],
  ['schedule with an input above 2 MiB', 'CreateSchedule', (t) => set(plain(t).CreateSchedule, 'schedule.action.startWorkflow.input', big(2_200_000))],
  ['patch a schedule with nothing', 'PatchSchedule', (t) => ({ ...plain(t).PatchSchedule, patch: undefined })],
  ['patch a schedule with a note that is too long', 'PatchSchedule', (t) => ({ ...plain(t).PatchSchedule, patch: { pause: TOO_LONG } })],
  ['batch job without id', 'StartBatchOperation', (t) => ({ ...plain(t).StartBatchOperation, jobId: '' })],
  ['batch job without reason', 'StartBatchOperation', (t) => ({ ...plain(t).StartBatchOperation, reason: '' })],
  ['batch job without operation', 'StartBatchOperation', (t) => ({ ...plain(t).StartBatchOperation, terminationOperation: undefined })],
  ['batch job with neither query nor executions', 'StartBatchOperation', (t) => ({ ...plain(t).StartBatchOperation, visibilityQuery: '' })],
  ['batch job with query and executions', 'StartBatchOperation', (t) => ({ ...plain(t).StartBatchOperation, executions: [{ workflowId: 'w' }] })],
  ['batch job with a malformed query', 'StartBatchOperation', (t) => ({ ...plain(t).StartBatchOperation, visibilityQuery: 'WorkflowId ==== 3' })],
  ['batch signal without signal name', 'StartBatchOperation', (t) => ({ ...plain(t).StartBatchOperation, terminationOperation: undefined, signalOperation: { identity: 'i' } })],
  ['batch reset without target', 'StartBatchOperation', (t) => ({ ...plain(t).StartBatchOperation, terminationOperation: undefined, resetOperation: { identity: 'i' } })],
  // task queue configuration
  ['rate limit for a workflow queue', 'UpdateTaskQueueConfig', (t) => ({ ...plain(t).UpdateTaskQueueConfig, taskQueueType: 'TASK_QUEUE_TYPE_WORKFLOW' })],
  ['rate limit for an unspecified kind of queue', 'UpdateTaskQueueConfig', (t) => ({ ...plain(t).UpdateTaskQueueConfig, taskQueueType: 0 })],
  ['negative rate limit', 'UpdateTaskQueueConfig', (t) => set(plain(t).UpdateTaskQueueConfig, 'updateQueueRateLimit.rateLimit.requestsPerSecond', -1)],
  ['rate limit for a queue without name', 'UpdateTaskQueueConfig', (t) => ({ ...plain(t).UpdateTaskQueueConfig, taskQueue: '' })],
  ['task queue configuration without change', 'UpdateTaskQueueConfig', (t) => ({ ...plain(t).UpdateTaskQueueConfig, updateQueueRateLimit: undefined })],
  ['task queue configuration with a reason of 1001 bytes', 'UpdateTaskQueueConfig', (t) => set(plain(t).UpdateTaskQueueConfig, 'updateQueueRateLimit.reason', TOO_LONG)],
  // standalone activities
  ['activity without any timeout', 'StartActivityExecution', (t) => ({ ...plain(t).StartActivityExecution, startToCloseTimeout: undefined })],
  ['activity with only a heartbeat timeout', 'StartActivityExecution', (t) => ({ ...plain(t).StartActivityExecution, startToCloseTimeout: undefined, heartbeatTimeout: seconds(5) })],
  ['activity with a bad retry policy', 'StartActivityExecution', (t) => ({ ...plain(t).StartActivityExecution, retryPolicy: { backoffCoefficient: 0.1, initialInterval: seconds(1) } })],
  ['activity with an input above 2 MiB', 'StartActivityExecution', (t) => ({ ...plain(t).StartActivityExecution, input: big(2_200_000) })],
  ['activity with an unknown search attribute', 'StartActivityExecution', (t) => ({ ...plain(t).StartActivityExecution, searchAttributes: { indexedFields: { NoSuchField: payload(1) } } })],
  ['activity options with a mask and restore', 'UpdateActivityExecutionOptions', (t) => ({ ...plain(t).UpdateActivityExecutionOptions, restoreOriginal: true })],
];
for (const [name, rpc, request] of table)
  scenarios[`${rpc}: ${name}`] = (t) => sendOne(t, rpc, typeof request === 'function' ? request(t) : request);

// How a page token that is no token is refused is left to the server; that it is refused is not.
for (const rpc of ['ListWorkflowExecutions', 'ListSchedules', 'ListBatchOperations', 'ListWorkerDeployments', 'ListActivityExecutions', 'ListNexusOperationExecutions', 'ListNamespaces'])
  scenarios[`${rpc}: garbage page token`] = async (t) => {
    const outcome = await t.call(rpc, { nextPageToken: bytes('garbage'), pageSize: 1 }, { record: false });
    t.observe('refused', !outcome.ok);
  };

// A server's own words about bytes that it cannot read are not compared, only its status code.
const codeOnly = (run) => ({ run, ignore: ['\\.message$', '\\.details'] });
const field = (number, ...content) => Buffer.from([(number << 3) | 2, content.length, ...content]);
const NAMESPACE = field(1, ...Buffer.from('default'));
Object.assign(scenarios, {
  'wire: workflow id that is not UTF-8': codeOnly(async (t) => { await t.call('StartWorkflowExecution', {}, { rawRequest: Buffer.concat([NAMESPACE, field(2, 0xff, 0xfe)]) }); }),
  'wire: message that breaks off': codeOnly(async (t) => { await t.call('DescribeWorkflowExecution', {}, { rawRequest: Buffer.from([0x0a, 0x40, 0x64]) }); }),
  'wire: field of another wire type': codeOnly(async (t) => { await t.call('DescribeNamespace', {}, { rawRequest: Buffer.from([0x08, 0x01]) }); }),
  'wire: unknown fields are skipped': async (t) => { await t.call('ListWorkflowExecutions', {}, { rawRequest: Buffer.concat([NAMESPACE, field(4, ...Buffer.from("WorkflowId='nobody'")), Buffer.from([0xfa, 0x3e, 1, 0x41])]) }); },
  'wire: unknown RPC': codeOnly(async (t) => { await t.call('BrewCoffee', {}); }),
  'wire: message above 4 MiB': codeOnly(async (t) => { await t.call('SignalWorkflowExecution', { workflowExecution: { workflowId: 'w' }, signalName: 's', input: big(4_300_000) }); }),
  'polls: workflow poll without deadline': async (t) => { await t.call('PollWorkflowTaskQueue', { taskQueue: { name: t.name('tq') } }, { deadlineMs: Infinity }); },
  'polls: activity poll without deadline': async (t) => { await t.call('PollActivityTaskQueue', { taskQueue: { name: t.name('tq') } }, { deadlineMs: Infinity }); },
  'polls: workflow poll of one second': async (t) => { await t.call('PollWorkflowTaskQueue', { taskQueue: { name: t.name('tq') } }, { deadlineMs: 1000 }); },
  'polls: activity poll of one second': async (t) => { await t.call('PollActivityTaskQueue', { taskQueue: { name: t.name('tq') } }, { deadlineMs: 1000 }); },
  'tokens: workflow task token after the workflow was terminated': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    await t.start(id, tq);
    const task = await t.pollWorkflow(tq);
    await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: id } });
    await t.complete(task);
    await t.call('RespondWorkflowTaskFailed', { taskToken: task.raw.taskToken });
  },
  'tokens: workflow task token twice': async (t) => {
    const tq = t.name('tq');
    await t.start(t.name('wf'), tq);
    const task = await t.pollWorkflow(tq);
    await t.complete(task);
    await t.complete(task);
  },
  'tokens: workflow task token for an activity call': async (t) => {
    const tq = t.name('tq');
    await t.start(t.name('wf'), tq);
    const task = await t.pollWorkflow(tq);
    await t.call('RespondActivityTaskCompleted', { taskToken: task.raw.taskToken });
  },
  'tokens: workflow task token with another namespace': async (t) => {
    const tq = t.name('tq');
    await t.start(t.name('wf'), tq);
    const task = await t.pollWorkflow(tq);
    await t.call('RespondWorkflowTaskCompleted', { taskToken: task.raw.taskToken, namespace: 'temporal-system' });
  },
  'tokens: workflow task token with no namespace': async (t) => {
    const tq = t.name('tq');
    await t.start(t.name('wf'), tq);
    const task = await t.pollWorkflow(tq);
    await t.call('RespondWorkflowTaskCompleted', { taskToken: task.raw.taskToken, namespace: '' });
  },
  'tokens: history page token for another workflow': async (t) => {
    const a = t.name('a'), b = t.name('b'), tq = t.name('tq');
    await t.start(a, tq);
    await t.start(b, tq);
    const page = await t.history(a, '', { maximumPageSize: 1 });
    await t.history(b, '', { maximumPageSize: 1, nextPageToken: page.raw.nextPageToken });
  },
});
// Which limits a queue has by default is looked at in task-queues.mjs.
for (const [name, run] of Object.entries(scenarios))
  if (/^(DescribeTaskQueue|ListTaskQueuePartitions)/.test(name)) scenarios[name] = { run, ignore: ['effectiveRateLimit', 'TaskQueuePartitions'] };
export default scenarios;
