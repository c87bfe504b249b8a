/** What calls about workflows send and give, beside those of the official client. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Client, WorkflowStartOptions } from '@perdure/client';
import { defineQuery, defineSignal, defineUpdate } from '@perdure/workflow';
import { all } from './client-cases.ts';
import { type Answers, type Clients, openWitness, operationStatus } from './client-witness.ts';

const witness = await openWitness();
after(() => witness.close());

const json = (value: unknown) => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(value)),
});
const at = (seconds: number) => ({ seconds, nanos: 5_000_000 });
const failure = { message: 'broken', source: 'TypeScriptSDK', applicationFailureInfo: { type: 'Broken' } };
const info = {
  execution: { workflowId: 'w', runId: 'r' },
  type: { name: 'order' },
  startTime: at(1_700_000_000),
  executionTime: at(1_700_000_001),
  closeTime: at(1_700_000_002),
  status: 'WORKFLOW_EXECUTION_STATUS_CANCELED',
  historyLength: 12,
  historySizeBytes: 3456,
  taskQueue: 'q',
  memo: { fields: { note: json({ a: 1 }) } },
  searchAttributes: {
    indexedFields: { Kind: { ...json('k'), metadata: { ...json('k').metadata, type: Buffer.from('Keyword') } } },
  },
  parentExecution: { workflowId: 'parent', runId: 'pr' },
  rootExecution: { workflowId: 'root', runId: 'rr' },
  priority: { priorityKey: 2, fairnessKey: 'f', fairnessWeight: 1.5 },
};
const closedBy = (attributes: object) => ({ history: { events: [{ eventId: 9, ...attributes }] } });
const completed = closedBy({ workflowExecutionCompletedEventAttributes: { result: { payloads: [json('done')] } } });

const everything: WorkflowStartOptions = {
  workflowId: 'w',
  taskQueue: 'q',
  args: [1, 'two', { three: [null] }, undefined],
  workflowIdReusePolicy: 'REJECT_DUPLICATE',
  workflowIdConflictPolicy: 'FAIL',
  retry: { maximumAttempts: 3, initialInterval: '1 second', backoffCoefficient: 1.5, nonRetryableErrorTypes: ['X'] },
  cronSchedule: '* * * * *',
  memo: { a: 1, b: { c: 'd' } },
  searchAttributes: { Kind: ['k'], Count: [3], At: [new Date(0)] },
  workflowRunTimeout: '1 minute',
  workflowExecutionTimeout: 120_000,
  workflowTaskTimeout: '10s',
  startDelay: 1500,
  staticSummary: 'summary',
  staticDetails: 'details',
  priority: { priorityKey: 1, fairnessKey: 'f', fairnessWeight: 2 },
  versioningOverride: { pinnedTo: { deploymentName: 'd', buildId: 'b' } },
};

type Case = readonly [does: string, answers: Answers, run: (client: Client, clients: Clients) => unknown];
const signal = defineSignal<[number]>('add');
const query = defineQuery<number, [string]>('sum');
const update = defineUpdate<number, [number]>('plus');
const accepted = {
  stage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED',
  updateRef: { updateId: 'u', workflowExecution: { workflowId: 'w', runId: 'r' } },
};
const admitted = { ...accepted, stage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED' };
const ended = (outcome: object) => ({
  ...accepted,
  stage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED',
  outcome,
});
const success = { success: { payloads: [json(7)] } };
const multi = (updated: object) => ({ responses: [{ startWorkflow: { runId: 'r' } }, { updateWorkflow: updated }] });
const withStart = (clients: Clients) =>
  new clients.WithStartWorkflowOperation('order', {
    workflowId: 'w',
    taskQueue: 'q',
    workflowIdConflictPolicy: 'FAIL',
  });
const handle = (client: Client) => client.workflow.getHandle('w', 'r', { firstExecutionRunId: 'first' });

const calls: readonly Case[] = [
  ['start', { StartWorkflowExecution: { runId: 'r' } }, (client) => client.workflow.start('order', everything)],
  [
    'start with little',
    { StartWorkflowExecution: { runId: 'r' } },
    (client) => client.workflow.start('order', { workflowId: 'w', taskQueue: 'q' }),
  ],
  [
    'start on the latest version',
    { StartWorkflowExecution: { runId: 'r' } },
    (client) => client.workflow.start('order', { workflowId: 'w', taskQueue: 'q', versioningOverride: 'AUTO_UPGRADE' }),
  ],
  [
    'execute',
    { StartWorkflowExecution: { runId: 'r' }, GetWorkflowExecutionHistory: completed },
    (client) => client.workflow.execute('order', everything),
  ],
  [
    'signal with start',
    { SignalWithStartWorkflowExecution: { runId: 'r' } },
    (client) => client.workflow.signalWithStart('order', { ...everything, signal, signalArgs: [3] }),
  ],
  ['signal', { SignalWorkflowExecution: {} }, (client) => handle(client).signal(signal, 3)],
  [
    'signal by name',
    { SignalWorkflowExecution: {} },
    (client) => handle(client).signalWithOptions('add', { args: [3] as never }),
  ],
  ['query', { QueryWorkflow: { queryResult: { payloads: [json(3)] } } }, (client) => handle(client).query(query, 'a')],
  [
    'query a workflow that shall not answer',
    { QueryWorkflow: { queryRejected: { status: 'WORKFLOW_EXECUTION_STATUS_COMPLETED' } } },
    (client) => handle(client).query('sum'),
  ],
  ['query without an answer', { QueryWorkflow: {} }, (client) => handle(client).query('sum')],
  ['terminate', { TerminateWorkflowExecution: {} }, (client) => handle(client).terminate('why')],
  ['cancel', { RequestCancelWorkflowExecution: {} }, (client) => handle(client).cancel()],
  ['describe', { DescribeWorkflowExecution: { workflowExecutionInfo: info } }, (client) => handle(client).describe()],
  [
    'read summary and details',
    {
      DescribeWorkflowExecution: {
        workflowExecutionInfo: info,
        executionConfig: { userMetadata: { summary: json('s'), details: json('d') } },
      },
    },
    async (client) => {
      const { staticSummary, staticDetails } = await handle(client).describe();
      return [await staticSummary(), await staticDetails()];
    },
  ],
  [
    'list, page by page',
    {
      ListWorkflowExecutions: [
        { executions: [info, info], nextPageToken: Buffer.from('next') },
        { executions: [info] },
      ],
    },
    (client) => all(client.workflow.list({ query: 'a = 1', pageSize: 2 })),
  ],
  [
    'fetch the histories of a list',
    { ListWorkflowExecutions: { executions: [info] }, GetWorkflowExecutionHistory: completed },
    (client) => all(client.workflow.list().intoHistories({ concurrency: 2 })),
  ],
  [
    'count',
    { CountWorkflowExecutions: { count: 3, groups: [{ count: 2, groupValues: [json('Running')] }] } },
    (client) => client.workflow.count('GROUP BY ExecutionStatus'),
  ],
  [
    'fetch a history of two pages',
    {
      GetWorkflowExecutionHistory: [
        { history: { events: [{ eventId: 1 }] }, nextPageToken: Buffer.from('next') },
        { history: { events: [{ eventId: 2 }] } },
      ],
    },
    (client) => handle(client).fetchHistory(),
  ],
];

const updates: readonly Case[] = [
  [
    'start an update',
    { UpdateWorkflowExecution: [admitted, accepted] },
    (client) => handle(client).startUpdate(update, { args: [3], waitForStage: 'ACCEPTED', updateId: 'u' }),
  ],
  [
    'execute an update that is answered at once',
    { UpdateWorkflowExecution: ended(success) },
    (client) => handle(client).executeUpdate(update, { args: [3] }),
  ],
  [
    'execute an update that fails',
    { UpdateWorkflowExecution: ended({ failure }) },
    (client) => handle(client).executeUpdate(update, { args: [3] }),
  ],
  [
    'wait for an update',
    { PollWorkflowExecutionUpdate: [{}, { outcome: success }] },
    (client) => handle(client).getUpdateHandle('u', { workflowRunId: 'r2' }).result(),
  ],
  [
    'start an update with start',
    { ExecuteMultiOperation: [multi(admitted), multi(accepted)] },
    async (client, clients) => {
      const startWorkflowOperation = withStart(clients);
      const options = { args: [3] as [number], waitForStage: 'ACCEPTED' as const, startWorkflowOperation };
      const started = await client.workflow.startUpdateWithStart(update, options);
      return [started, await startWorkflowOperation.workflowHandle()];
    },
  ],
  [
    'execute an update with start',
    { ExecuteMultiOperation: multi(ended(success)) },
    (client, clients) =>
      client.workflow.executeUpdateWithStart(update, { args: [3], startWorkflowOperation: withStart(clients) }),
  ],
  [
    'use an operation twice',
    { ExecuteMultiOperation: multi(ended(success)) },
    async (client, clients) => {
      const options = { args: [3] as [number], startWorkflowOperation: withStart(clients) };
      await client.workflow.executeUpdateWithStart(update, options);
      await client.workflow.executeUpdateWithStart(update, options);
    },
  ],
];

const outcomes: readonly (readonly [does: string, history: object | object[]])[] = [
  ['completes', completed],
  ['completes without a result', closedBy({ workflowExecutionCompletedEventAttributes: {} })],
  ['is waited for again and again', [{ nextPageToken: Buffer.from('a') }, {}, completed]],
  [
    'fails',
    closedBy({
      workflowExecutionFailedEventAttributes: { failure, retryState: 'RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED' },
    }),
  ],
  ['is cancelled', closedBy({ workflowExecutionCanceledEventAttributes: { details: { payloads: [json('d')] } } })],
  ['is terminated', closedBy({ workflowExecutionTerminatedEventAttributes: { reason: 'enough' } })],
  ['is terminated without a reason', closedBy({ workflowExecutionTerminatedEventAttributes: {} })],
  ['times out', closedBy({ workflowExecutionTimedOutEventAttributes: { retryState: 'RETRY_STATE_TIMEOUT' } })],
  [
    'continues as new',
    [closedBy({ workflowExecutionContinuedAsNewEventAttributes: { newExecutionRunId: 'n' } }), completed],
  ],
  ['continues nowhere', closedBy({ workflowExecutionContinuedAsNewEventAttributes: {} })],
  [
    'is retried',
    [closedBy({ workflowExecutionFailedEventAttributes: { failure, newExecutionRunId: 'n' } }), completed],
  ],
  [
    'times out and is retried',
    [closedBy({ workflowExecutionTimedOutEventAttributes: { newExecutionRunId: 'n' } }), completed],
  ],
  ['is a cron’s', [closedBy({ workflowExecutionCompletedEventAttributes: { newExecutionRunId: 'n' } }), completed]],
  ['has two last events', { history: { events: [{ eventId: 1 }, { eventId: 2 }] } }],
];

const namespaceNotFound = {
  refuse: 5,
  message: 'Namespace here is not found.',
  details: [{ type: 'temporal.api.errordetails.v1.NamespaceNotFoundFailure', fields: { namespace: 'here' } }],
};
const refusals = [1, 3, 4, 5, 6, 7, 9, 13, 16].map((refuse) => ({ refuse, message: `refused with ${refuse}` }));

describe('calls about workflows', () => {
  for (const [does, answers, run] of [...calls, ...updates]) {
    test(`${does}: sends and gives the same`, async () => {
      const { sent } = await witness.agree(answers, run);
      assert.ok(sent.length > 0);
    });
  }

  for (const [does, answers, run] of [...calls, ...updates]) {
    test(`${does}: takes refusals for the same errors`, async () => {
      for (const refusal of [...refusals, namespaceNotFound]) {
        await witness.agree(Object.fromEntries(Object.keys(answers).map((method) => [method, refusal])), run);
      }
    });
  }

  test('an update with start takes the refusal of one of its parts for its own', async () => {
    const aborted = { type: 'temporal.api.failure.v1.MultiOperationExecutionAborted', fields: {} };
    for (const [code, message] of [
      [6, 'Workflow execution is already running.'],
      [3, 'invalid'],
      [8, 'limit'],
    ] as const) {
      const statuses = [operationStatus(10, 'aborted', aborted), operationStatus(code, message)];
      const details = [{ type: 'temporal.api.errordetails.v1.MultiOperationExecutionFailure', fields: { statuses } }];
      const answers = { ExecuteMultiOperation: { refuse: code, message: 'both failed', details } };
      await witness.agree(answers, async (client, clients) => {
        const startWorkflowOperation = withStart(clients);
        const update = client.workflow.executeUpdateWithStart('plus', { startWorkflowOperation });
        return await Promise.allSettled([update, startWorkflowOperation.workflowHandle()]);
      });
    }
  });

  for (const [does, run] of [
    ['a workflow id', (client: Client) => client.workflow.start('order', { taskQueue: 'q' } as WorkflowStartOptions)],
    ['a task queue', (client: Client) => client.workflow.start('order', { workflowId: 'w' } as WorkflowStartOptions)],
    ['a type', (client: Client) => client.workflow.start(undefined as unknown as string, everything)],
  ] as const) {
    test(`a start without ${does} is refused with the same words`, async () => {
      const { sent } = await witness.agree({}, run);
      assert.deepEqual(sent, []);
    });
  }
});

describe('the result of a workflow that', () => {
  for (const [does, history] of outcomes) {
    for (const followRuns of [true, false]) {
      test(`${does} is the same, ${followRuns ? '' : 'not '}following`, async () => {
        await witness.agree({ GetWorkflowExecutionHistory: history }, (client) =>
          client.workflow.result('w', 'r', { followRuns }),
        );
      });
    }
  }
});
