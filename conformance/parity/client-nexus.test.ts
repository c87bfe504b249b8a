/** What calls about Nexus operations send and give, beside those of the official client. */
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

type Service = Parameters<Client['nexus']['createServiceClient']>[0]['service'];
const greet = { name: 'say-hello' } as Service['operations'][string];
const service: Service = { name: 'greetings', operations: { greet } };
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
      client.nexus.createServiceClient({ endpoint: 'e', service }).executeOperation(greet, 'you', { id: 'o' }),
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
    (client) => all(client.nexus.list({ query: 'q', pageSize: 1 })),
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

agreeOn(witness, 'Nexus operations', operations);
agreeOnRefusing(witness, [
  [
    'an operation that a service does not have',
    (client) => client.nexus.createServiceClient({ endpoint: 'e', service }).startOperation('nope', 'x', { id: 'o' }),
  ],
]);
