/** What calls about schedules, activities, Nexus operations and task queues send and give, beside the official client. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Client, ScheduleOptions } from '@perdure/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@perdure/common';
import * as nexus from 'nexus-rpc';
import { type Answers, type Clients, openWitness } from './client-witness.ts';

const witness = await openWitness();
after(() => witness.close());

type Case = readonly [does: string, answers: Answers, run: (client: Client, clients: Clients) => unknown];

const payload = (value: unknown, type?: string) => ({
  metadata: { encoding: Buffer.from('json/plain'), ...(type && { type: Buffer.from(type) }) },
  data: Buffer.from(JSON.stringify(value)),
});
const at = (seconds: number) => ({ seconds, nanos: 5_000_000 });
const lasting = (seconds: number) => ({ seconds, nanos: 0 });
const failure = { message: 'broken', source: 'TypeScriptSDK', applicationFailureInfo: { type: 'Broken' } };
const searchAttributes = { indexedFields: { Kind: payload('k', 'Keyword') } };
const kind = defineSearchAttributeKey('Kind', SearchAttributeType.KEYWORD);
const typedSearchAttributes = [{ key: kind, value: 'k' }];

const schedule: ScheduleOptions = {
  scheduleId: 's',
  spec: {
    calendars: [
      {
        second: '*',
        minute: [1, { start: 5 }, { start: 10, end: 20, step: 5 }],
        hour: { start: 2, end: 7 },
        dayOfMonth: '*',
        month: ['JANUARY', { start: 'MARCH', end: 'MAY' }],
        year: [2030, { start: 2031, end: 2035 }],
        dayOfWeek: 'FRIDAY',
        comment: 'a comment',
      },
      {},
    ],
    intervals: [{ every: '1h', offset: '5m' }, { every: 60_000 }],
    cronExpressions: ['0 12 * * MON'],
    skip: [{ year: '*', month: '*', dayOfWeek: '*' }],
    startAt: new Date(1_700_000_000_000),
    endAt: new Date(1_800_000_000_000),
    jitter: '10s',
    timezone: 'Europe/Zurich',
  },
  action: {
    type: 'startWorkflow',
    workflowType: 'order',
    taskQueue: 'q',
    args: [1, 'two'],
    memo: { a: 1 },
    searchAttributes: { Kind: ['k'] },
    retry: { maximumAttempts: 2 },
    workflowExecutionTimeout: '1h',
    workflowRunTimeout: '30m',
    workflowTaskTimeout: '10s',
    staticSummary: 's',
    staticDetails: 'd',
  },
  policies: { overlap: 'BUFFER_ONE', catchupWindow: '1 day', pauseOnFailure: true },
  memo: { b: 2 },
  typedSearchAttributes,
  state: {
    paused: true,
    note: 'later',
    remainingActions: 3,
    triggerImmediately: true,
    backfill: [{ start: new Date(0), end: new Date(1_000), overlap: 'ALLOW_ALL' }],
  },
};
const rawSpec = {
  structuredCalendar: [
    {
      second: [{}],
      minute: [{ start: 1, end: 5, step: 2 }],
      month: [{ start: 1, end: 12, step: 1 }],
      dayOfWeek: [{ start: 0, end: 6, step: 1 }],
      comment: 'c',
    },
  ],
  interval: [{ interval: lasting(60), phase: lasting(5) }],
  excludeStructuredCalendar: [{ hour: [{ start: 3, end: 3, step: 1 }] }],
  startTime: at(1_700_000_000),
  jitter: lasting(2),
  timezoneName: 'UTC',
};
const result = {
  scheduleTime: at(1_700_000_100),
  actualTime: at(1_700_000_101),
  startWorkflowResult: { workflowId: 'w', runId: 'r' },
};
const described = {
  schedule: {
    spec: rawSpec,
    action: {
      startWorkflow: {
        workflowId: 'w',
        workflowType: { name: 'order' },
        taskQueue: { name: 'q' },
        input: { payloads: [payload(1)] },
        memo: { fields: { a: payload(1) } },
        searchAttributes,
        retryPolicy: { maximumAttempts: 2, initialInterval: lasting(1) },
        workflowRunTimeout: lasting(5),
        header: { fields: { kept: payload('header') } },
        userMetadata: { summary: payload('s'), details: payload('d') },
        priority: { priorityKey: 1 },
      },
    },
    policies: {
      overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER',
      catchupWindow: lasting(60),
      pauseOnFailure: true,
    },
    state: { paused: true, notes: 'n', limitedActions: true, remainingActions: 4 },
  },
  info: {
    actionCount: 5,
    missedCatchupWindow: 1,
    overlapSkipped: 2,
    runningWorkflows: [{ workflowId: 'w', runId: 'r' }],
    recentActions: [result],
    futureActionTimes: [at(1_800_000_000)],
    createTime: at(1_700_000_000),
    updateTime: at(1_700_000_001),
  },
  memo: { fields: { b: payload(2) } },
  searchAttributes,
};
const listed = {
  scheduleId: 's',
  memo: { fields: { b: payload(2) } },
  searchAttributes,
  info: {
    spec: rawSpec,
    workflowType: { name: 'order' },
    notes: 'n',
    paused: true,
    recentActions: [result],
    futureActionTimes: [at(1_800_000_000)],
  },
};
const ofSchedule = (client: Client) => client.schedule.getHandle('s');

const schedules: readonly Case[] = [
  ['create', { CreateSchedule: { conflictToken: Buffer.from('t') } }, (client) => client.schedule.create(schedule)],
  [
    'create with little',
    { CreateSchedule: {} },
    (client) =>
      client.schedule.create({
        scheduleId: 's',
        spec: {},
        action: { type: 'startWorkflow', workflowType: 'order', taskQueue: 'q' },
      }),
  ],
  ['describe', { DescribeSchedule: described }, (client) => ofSchedule(client).describe()],
  ['describe one that is empty', { DescribeSchedule: {} }, (client) => ofSchedule(client).describe()],
  [
    'update',
    { DescribeSchedule: described, UpdateSchedule: {} },
    (client) => ofSchedule(client).update((previous) => ({ ...previous, spec: { intervals: [{ every: '1h' }] } })),
  ],
  ['delete', { DeleteSchedule: {} }, (client) => ofSchedule(client).delete()],
  ['pause', { PatchSchedule: {} }, (client) => ofSchedule(client).pause('why')],
  ['pause without a note', { PatchSchedule: {} }, (client) => ofSchedule(client).pause()],
  ['unpause without a note', { PatchSchedule: {} }, (client) => ofSchedule(client).unpause()],
  ['trigger', { PatchSchedule: {} }, (client) => ofSchedule(client).trigger()],
  ['trigger with a policy', { PatchSchedule: {} }, (client) => ofSchedule(client).trigger('TERMINATE_OTHER')],
  [
    'backfill',
    { PatchSchedule: {} },
    (client) => ofSchedule(client).backfill({ start: new Date(0), end: new Date(9_000), overlap: 'BUFFER_ALL' }),
  ],
  [
    'list, page by page',
    { ListSchedules: [{ schedules: [listed], nextPageToken: Buffer.from('next') }, { schedules: [listed, {}] }] },
    (client) => Array.fromAsync(client.schedule.list({ pageSize: 1, query: 'q' })),
  ],
];

const activity = {
  activityId: 'a',
  runId: 'r',
  activityType: { name: 'charge' },
  status: 'ACTIVITY_EXECUTION_STATUS_RUNNING',
  runState: 'PENDING_ACTIVITY_STATE_STARTED',
  taskQueue: 'q',
  scheduleToCloseTimeout: lasting(60),
  heartbeatTimeout: lasting(5),
  retryPolicy: { maximumAttempts: 3, initialInterval: lasting(1), backoffCoefficient: 2 },
  scheduleTime: at(1_700_000_000),
  lastStartedTime: at(1_700_000_001),
  attempt: 2,
  lastWorkerIdentity: 'worker',
  searchAttributes,
  executionDuration: lasting(3),
  lastFailure: failure,
  heartbeatDetails: { payloads: [payload('beat')] },
  priority: { priorityKey: 1 },
  canceledReason: 'because',
};
const ofActivity = (client: Client) => client.activity.getHandle('a', 'r');
const options = { id: 'a', taskQueue: 'q', startToCloseTimeout: '1 minute' } as const;
const restored = { activityOptions: { taskQueue: { name: 'q2' }, startToCloseTimeout: lasting(5), priority: {} } };

const activities: readonly Case[] = [
  [
    'start',
    { StartActivityExecution: { runId: 'r' } },
    (client) =>
      client.activity.start('charge', {
        ...options,
        args: [1, 'two'],
        heartbeatTimeout: '5s',
        scheduleToStartTimeout: 1_000,
        scheduleToCloseTimeout: '1 hour',
        retry: { maximumAttempts: 2 },
        summary: 's',
        priority: { priorityKey: 3 },
        startDelay: '2s',
        idReusePolicy: 'REJECT_DUPLICATE',
        idConflictPolicy: 'USE_EXISTING',
        typedSearchAttributes,
      }),
  ],
  [
    'execute',
    {
      StartActivityExecution: { runId: 'r' },
      PollActivityExecution: [{}, { outcome: { result: { payloads: [payload('paid')] } } }],
    },
    (client) => client.activity.execute('charge', options),
  ],
  [
    'wait for one that fails',
    { PollActivityExecution: { runId: 'r', outcome: { failure } } },
    (client) => ofActivity(client).result(),
  ],
  [
    'describe',
    {
      DescribeActivityExecution: {
        info: activity,
        input: { payloads: [payload(1), payload(2)] },
        outcome: { failure },
      },
    },
    async (client) => {
      const description = await ofActivity(client).describe({ includeInput: true, includeOutcome: true });
      const { getInput, getResult, getLastFailure, getOutcomeFailure, getHeartbeatDetails } = description;
      const decode = [getInput, getResult, getLastFailure, getOutcomeFailure, getHeartbeatDetails];
      return [description, await Promise.all(decode.map((read) => read()))];
    },
  ],
  ['describe nothing', { DescribeActivityExecution: {} }, (client) => ofActivity(client).describe()],
  ['cancel', { RequestCancelActivityExecution: {} }, (client) => ofActivity(client).cancel('why')],
  ['terminate', { TerminateActivityExecution: {} }, (client) => ofActivity(client).terminate('why')],
  ['pause', { PauseActivityExecution: {} }, (client) => ofActivity(client).pause({ reason: 'why' })],
  ['unpause', { UnpauseActivityExecution: {} }, (client) => ofActivity(client).unpause({ jitter: '2s' })],
  [
    'change options',
    { UpdateActivityExecutionOptions: restored },
    (client) =>
      ofActivity(client).updateOptions({
        taskQueue: 'q2',
        startToCloseTimeout: '5s',
        heartbeatTimeout: null,
        retry: { maximumAttempts: 9 },
        priority: null,
        startDelay: 100,
      }),
  ],
  [
    'restore options',
    { UpdateActivityExecutionOptions: restored },
    (client) => ofActivity(client).restoreOriginalOptions(),
  ],
  [
    'list, page by page',
    {
      ListActivityExecutions: [
        { executions: [activity], nextPageToken: Buffer.from('next') },
        { executions: [{ activityId: 'b', activityType: { name: 'x' } }] },
      ].map((page) => ({ ...page, executions: page.executions.map(onlyListed) })),
    },
    (client) => Array.fromAsync(client.activity.list('q')),
  ],
  [
    'count',
    { CountActivityExecutions: { count: 3, groups: [{ count: 2, groupValues: [payload('RUNNING')] }] } },
    (client) => client.activity.count('GROUP BY x'),
  ],
];

/** What lists say of an activity, of all that is known. */
function onlyListed({ activityId, activityType, ...more }: Partial<typeof activity>): object {
  const { runId, status, taskQueue, scheduleTime, executionDuration } = more;
  const given = { runId, status, taskQueue, scheduleTime, executionDuration };
  return { activityId, activityType, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value)) };
}

const token = Buffer.from('token');
const id = { workflowId: 'w', runId: 'r', activityId: 'a' };
const completions: readonly Case[] = [
  ['complete', { RespondActivityTaskCompleted: {} }, (client) => client.activity.complete(token, { a: 1 })],
  ['complete by id', { RespondActivityTaskCompletedById: {} }, (client) => client.activity.complete(id, 'b')],
  ['fail', { RespondActivityTaskFailed: {} }, (client) => client.activity.fail(token, 'a text')],
  [
    'fail by id',
    { RespondActivityTaskFailedById: {} },
    (client) => client.activity.fail({ activityId: 'a' }, 'a text'),
  ],
  [
    'report a cancellation',
    { RespondActivityTaskCanceled: {} },
    (client) => client.activity.reportCancellation(token, 1),
  ],
  ['report it by id', { RespondActivityTaskCanceledById: {} }, (client) => client.activity.reportCancellation(id)],
  ['heartbeat', { RecordActivityTaskHeartbeat: {} }, (client) => client.activity.heartbeat(token, 'd')],
  [
    'heartbeat of one to cancel',
    { RecordActivityTaskHeartbeatById: { cancelRequested: true, activityReset: true, activityPaused: true } },
    (client) => client.activity.heartbeat(id, 'd'),
  ],
  [
    'heartbeat of one that was reset',
    { RecordActivityTaskHeartbeat: { activityReset: true, activityPaused: true } },
    (client) => client.activity.heartbeat(token, 'd'),
  ],
  [
    'heartbeat of one that is paused',
    { RecordActivityTaskHeartbeat: { activityPaused: true } },
    (client) => client.activity.heartbeat(token, 'd'),
  ],
];

const service = nexus.service('greetings', { greet: nexus.operation<string, string>({ name: 'say-hello' }) });
const ofOperation = (client: Client) => client.nexus.getHandle<string>('o', { runId: 'r' });
const operation = {
  operationId: 'o',
  runId: 'r',
  endpoint: 'e',
  service: 's',
  operation: 'op',
  status: 'NEXUS_OPERATION_EXECUTION_STATUS_RUNNING',
  scheduleTime: at(1_700_000_000),
  searchAttributes,
  stateTransitionCount: 3,
  executionDuration: lasting(2),
};
const operationInfo = {
  ...operation,
  state: 'PENDING_NEXUS_OPERATION_STATE_BACKING_OFF',
  attempt: 2,
  scheduleToCloseTimeout: lasting(60),
  lastAttemptFailure: failure,
  cancellationInfo: { state: 'NEXUS_OPERATION_CANCELLATION_STATE_SCHEDULED', attempt: 1, reason: 'why' },
  requestId: 'q',
  operationToken: 't',
  identity: 'i',
  userMetadata: { summary: payload('s') },
};
const operations: readonly Case[] = [
  [
    'start',
    { StartNexusOperationExecution: { runId: 'r' } },
    (client) =>
      client.nexus.createServiceClient({ endpoint: 'e', service }).startOperation('greet', 'you', {
        id: 'o',
        scheduleToCloseTimeout: '1 minute',
        startToCloseTimeout: 500,
        summary: 's',
        idReusePolicy: 'REJECT_DUPLICATE',
        idConflictPolicy: 'USE_EXISTING',
        searchAttributes: typedSearchAttributes,
        headers: { a: 'b' },
      }),
  ],
  [
    'execute',
    { StartNexusOperationExecution: { runId: 'r' }, PollNexusOperationExecution: [{}, { result: payload('hello') }] },
    (client) =>
      client.nexus
        .createServiceClient({ endpoint: 'e', service })
        .executeOperation(service.operations.greet, 'you', { id: 'o' }),
  ],
  [
    'wait for one that fails, twice',
    { PollNexusOperationExecution: { failure } },
    async (client) => {
      const handle = ofOperation(client);
      return [await Promise.allSettled([handle.result()]), await Promise.allSettled([handle.result()])];
    },
  ],
  [
    'describe',
    { DescribeNexusOperationExecution: { info: operationInfo } },
    async (client) => {
      const description = await ofOperation(client).describe();
      return [description, await description.staticSummary(), await description.staticDetails()];
    },
  ],
  ['describe nothing', { DescribeNexusOperationExecution: {} }, (client) => ofOperation(client).describe()],
  ['cancel', { RequestCancelNexusOperationExecution: {} }, (client) => ofOperation(client).cancel('why')],
  ['terminate', { TerminateNexusOperationExecution: {} }, (client) => ofOperation(client).terminate()],
  [
    'list, page by page',
    {
      ListNexusOperationExecutions: [
        { operations: [operation], nextPageToken: Buffer.from('next') },
        { operations: [operation] },
      ],
    },
    (client) => Array.fromAsync(client.nexus.list({ query: 'q', pageSize: 1 })),
  ],
  [
    'count',
    { CountNexusOperationExecutions: { count: 3, groups: [{ count: 2, groupValues: [payload('k', 'Keyword')] }] } },
    (client) => client.nexus.count(),
  ],
  [
    'count by something that cannot be read',
    { CountNexusOperationExecutions: { count: 3, groups: [{ count: 2, groupValues: [{}] }] } },
    (client) => client.nexus.count(),
  ],
];

const sets = { majorVersionSets: [{ buildIds: ['1', '1.1'] }, { buildIds: ['2'] }] };
const taskQueues: readonly Case[] = [
  ...(
    [
      { operation: 'addNewIdInNewDefaultSet', buildId: '1' },
      { operation: 'addNewCompatibleVersion', buildId: '1.1', existingCompatibleBuildId: '1', promoteSet: true },
      { operation: 'promoteSetByBuildId', buildId: '1' },
      { operation: 'promoteBuildIdWithinSet', buildId: '1' },
      { operation: 'mergeSets', primaryBuildId: '1', secondaryBuildId: '2' },
    ] as const
  ).map(
    (operation): Case => [
      operation.operation,
      { UpdateWorkerBuildIdCompatibility: {} },
      (client) => client.taskQueue.updateBuildIdCompatibility('q', operation),
    ],
  ),
  ['get sets', { GetWorkerBuildIdCompatibility: sets }, (client) => client.taskQueue.getBuildIdCompatability('q')],
  ['get no sets', { GetWorkerBuildIdCompatibility: {} }, (client) => client.taskQueue.getBuildIdCompatability('q')],
  [
    'ask who needs a build id',
    {
      GetWorkerTaskReachability: {
        buildIdReachability: [
          {
            buildId: '1',
            taskQueueReachability: [
              { taskQueue: 'q', reachability: ['TASK_REACHABILITY_OPEN_WORKFLOWS', 'TASK_REACHABILITY_UNSPECIFIED'] },
            ],
          },
          { taskQueueReachability: [{ taskQueue: 'q' }] },
        ],
      },
    },
    (client, { UnversionedBuildId }) =>
      client.taskQueue.getReachability({ buildIds: ['1', UnversionedBuildId], reachability: 'OPEN_WORKFLOWS' }),
  ],
];

const refusals = [
  ...[1, 3, 4, 5, 6, 7, 13].map((refuse) => ({ refuse, message: `refused with ${refuse}` })),
  { refuse: 3, message: 'Invalid schedule spec: no such month' },
  ...(['Activity', 'NexusOperation'] as const).map((subject) => ({
    refuse: 6,
    details: [
      {
        type: `temporal.api.errordetails.v1.${subject}ExecutionAlreadyStartedFailure`,
        fields: { startRequestId: 'x', runId: 'other' },
      },
    ],
  })),
  {
    refuse: 5,
    details: [{ type: 'temporal.api.errordetails.v1.NamespaceNotFoundFailure', fields: { namespace: 'here' } }],
  },
];

const subjects = { schedules, activities, completions, operations, 'task queues': taskQueues };
for (const [subject, cases] of Object.entries(subjects)) {
  describe(`calls about ${subject}`, () => {
    for (const [does, answers, run] of cases) {
      test(`${does}: sends and gives the same`, async () => {
        const { sent } = await witness.agree(answers, run);
        assert.ok(sent.length > 0);
      });
      test(`${does}: takes refusals for the same errors`, async () => {
        for (const refusal of refusals) {
          await witness.agree(Object.fromEntries(Object.keys(answers).map((method) => [method, refusal])), run);
        }
      });
    }
  });
}

describe('what is refused before it is sent', () => {
  const action = { type: 'startWorkflow', workflowType: 'order', taskQueue: 'q' } as const;
  const make = (client: Client, changes: object) =>
    client.schedule.create({ scheduleId: 's', spec: {}, action, ...changes } as ScheduleOptions);
  for (const [does, run] of [
    ['a schedule without an id', (client: Client) => make(client, { scheduleId: '' })],
    ['a schedule without a task queue', (client: Client) => make(client, { action: { ...action, taskQueue: '' } })],
    ['a schedule without a type', (client: Client) => make(client, { action: { ...action, workflowType: '' } })],
    ...(['second', 'minute', 'hour', 'dayOfMonth', 'month', 'year', 'dayOfWeek'] as const).map((field) => [
      `a calendar with a wrong ${field}`,
      (client: Client) => make(client, { spec: { calendars: [{ [field]: 'never' }] } }),
    ]),
    ['an activity without an id', (client: Client) => client.activity.start('a', { ...options, id: '' })],
    ['an activity without a task queue', (client: Client) => client.activity.start('a', { ...options, taskQueue: '' })],
    ['an activity without a type', (client: Client) => client.activity.start('', options)],
    ['an activity without a timeout', (client: Client) => client.activity.start('a', { id: 'a', taskQueue: 'q' })],
    ['an activity that starts before', (client: Client) => client.activity.start('a', { ...options, startDelay: -1 })],
    ['a handle to no activity', (client: Client) => client.activity.getHandle('')],
    [
      'an operation that a service does not have',
      (client: Client) =>
        client.nexus
          .createServiceClient({ endpoint: 'e', service })
          .startOperation('nope' as 'greet', 'x', { id: 'o' }),
    ],
  ] as const) {
    test(`${does} is refused with the same words`, async () => {
      const { sent } = await witness.agree({}, run as Case[2]);
      assert.deepEqual(sent, []);
    });
  }
});
