/** What calls about activities send and give, beside those of the official client. */
import { after } from 'node:test';
import type { Client } from '@perdure/client';
import {
  agreeOn,
  agreeOnRefusing,
  all,
  at,
  type Case,
  failure,
  lasting,
  payload,
  searchAttributes,
  typedSearchAttributes,
} from './client-cases.ts';
import { openWitness } from './client-witness.ts';

const witness = await openWitness();
after(() => witness.close());

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
    (client) => all(client.activity.list('q')),
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

agreeOn(witness, 'standalone activities', activities);
agreeOn(witness, 'activities completed from outside', completions);
agreeOnRefusing(witness, [
  ['an activity without an id', (client) => client.activity.start('a', { ...options, id: '' })],
  ['an activity without a task queue', (client) => client.activity.start('a', { ...options, taskQueue: '' })],
  ['an activity without a type', (client) => client.activity.start('', options)],
  ['an activity without a timeout', (client) => client.activity.start('a', { id: 'a', taskQueue: 'q' })],
  ['an activity that starts before', (client) => client.activity.start('a', { ...options, startDelay: -1 })],
  ['a handle to no activity', (client) => client.activity.getHandle('')],
]);
