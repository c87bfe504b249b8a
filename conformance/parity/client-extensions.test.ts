/** What hangs in the way of calls: interceptors, codecs, external storage, type info and plugins, in both clients alike. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type {
  ActivityClientInterceptor,
  Client,
  ClientInterceptors,
  ClientOptions,
  NexusClientInterceptor,
  WorkflowClientInterceptor,
} from '@perdure/client';
import { ExternalStorage, type PayloadCodec, StorageDriverClaim } from '@perdure/common';
import * as official from '@temporalio/common';
import { all, payload } from './client-cases.ts';
import { type Clients, comparable, openWitness, theirs } from './client-witness.ts';

const witness = await openWitness();
after(() => witness.close());

const at = { workflowId: 'w', taskQueue: 'q', args: [1] };
const result = { payloads: [payload('done')] };
const completed = { history: { events: [{ workflowExecutionCompletedEventAttributes: { result } }] } };
const updated = {
  stage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED',
  updateRef: { updateId: 'u', workflowExecution: { workflowId: 'w', runId: 'r' } },
  outcome: { success: result },
};
const answers = {
  StartWorkflowExecution: { runId: 'r' },
  SignalWithStartWorkflowExecution: { runId: 'r' },
  SignalWorkflowExecution: {},
  QueryWorkflow: { queryResult: result },
  TerminateWorkflowExecution: {},
  RequestCancelWorkflowExecution: {},
  DescribeWorkflowExecution: { workflowExecutionInfo: { startTime: { seconds: 1 }, type: {}, execution: {} } },
  GetWorkflowExecutionHistory: completed,
  UpdateWorkflowExecution: updated,
  ExecuteMultiOperation: { responses: [{ startWorkflow: { runId: 'r' } }, { updateWorkflow: updated }] },
  CreateSchedule: {},
  StartActivityExecution: { runId: 'r' },
  PollActivityExecution: { outcome: { result } },
  CountActivityExecutions: { count: 1 },
  ListActivityExecutions: {},
  PauseActivityExecution: {},
  UnpauseActivityExecution: {},
  RequestCancelActivityExecution: {},
  TerminateActivityExecution: {},
  UpdateActivityExecutionOptions: {},
  RespondActivityTaskCompletedById: {},
  StartNexusOperationExecution: { runId: 'r' },
  PollNexusOperationExecution: { result: payload('done') },
  RequestCancelNexusOperationExecution: {},
  TerminateNexusOperationExecution: {},
  CountNexusOperationExecutions: { count: 1 },
  ListNexusOperationExecutions: {},
};

/** One call of every kind. */
async function everything({ workflow, schedule, activity, nexus }: Client, clients: Clients): Promise<unknown[]> {
  const started = await workflow.start('order', { ...at, memo: { m: 1 }, staticSummary: 's' });
  const signaled = await workflow.signalWithStart('order', { ...at, signal: 'go', signalArgs: [2] });
  const handle = workflow.getHandle('w', 'r');
  const startWorkflowOperation = new clients.WithStartWorkflowOperation('order', {
    ...at,
    workflowIdConflictPolicy: 'FAIL',
  });
  const results: unknown[] = [
    started,
    signaled,
    await handle.result(),
    await handle.signal('go', 3),
    await handle.query('what', 4),
    await handle.executeUpdate('plus', { args: [5] }),
    await workflow.executeUpdateWithStart('plus', { args: [6], startWorkflowOperation }),
    await handle.describe(),
    await handle.cancel(),
    await handle.terminate('why'),
  ];
  await schedule.create({
    scheduleId: 's',
    spec: {},
    memo: { a: 1 },
    action: { type: 'startWorkflow', workflowType: 'order', taskQueue: 'q', args: [7], memo: { b: 2 } },
  });
  const charged = await activity.start('charge', { id: 'a', taskQueue: 'q', args: [8], startToCloseTimeout: 1_000 });
  results.push(await charged.result(), await activity.count('q'), await all(activity.list('q')));
  await charged.pause({ reason: 'why' });
  await charged.unpause();
  await charged.updateOptions({ taskQueue: 'other' });
  await charged.restoreOriginalOptions();
  await charged.cancel('why');
  await charged.terminate('why');
  await activity.complete({ workflowId: 'w', activityId: 'a' }, 9);
  const service = { name: 'greetings', operations: { greet: { name: 'hello' } } } as unknown;
  const operations = nexus.createServiceClient({ endpoint: 'e', service: service as NexusService });
  const greeting = await operations.startOperation('greet', 10, { id: 'o' });
  results.push(await greeting.result(), await nexus.count('q'), await all(nexus.list()));
  await greeting.cancel('why');
  await greeting.terminate('why');
  return results;
}
type NexusService = Parameters<Client['nexus']['createServiceClient']>[0]['service'];

/** An interceptor that writes down what passes through it. */
function noting<I>(who: string, methods: readonly (keyof I & string)[], notes: unknown[]): I {
  const entries = methods.map((method) => [
    method,
    (input: unknown, next: (input: unknown) => unknown) => {
      notes.push([who, method, comparable(input)]);
      return next(input);
    },
  ]);
  return Object.fromEntries(entries) as I;
}

const ofWorkflows: (keyof WorkflowClientInterceptor)[] = [
  ...(['startWithDetails', 'signalWithStart', 'signal', 'query', 'startUpdate', 'startUpdateWithStart'] as const),
  ...(['terminate', 'cancel', 'describe'] as const),
];
const ofActivities: (keyof ActivityClientInterceptor)[] = [
  ...(['start', 'getResult', 'describe', 'cancel', 'terminate', 'list', 'count'] as const),
  ...(['pause', 'unpause', 'updateOptions', 'restoreOriginalOptions'] as const),
];
const ofOperations: (keyof NexusClientInterceptor)[] = [
  ...(['startOperation', 'getResult', 'describe', 'cancel', 'terminate', 'list', 'count'] as const),
];

describe('interceptors', () => {
  test('see every call, from the first to the last of them, with the same input', async () => {
    const notes = new Map<Clients, unknown[]>();
    const client = (clients: Clients): ClientOptions => {
      const seen: unknown[] = [];
      notes.set(clients, seen);
      const interceptors: ClientInterceptors = {
        workflow: ['one', 'two'].map((who) => noting<WorkflowClientInterceptor>(who, ofWorkflows, seen)),
        schedule: [noting('one', ['create'], seen)],
        activity: [noting<ActivityClientInterceptor>('one', ofActivities, seen)],
        nexus: [noting<NexusClientInterceptor>('one', ofOperations, seen)],
      };
      return { interceptors };
    };
    await witness.agree(answers, everything, { client });
    const [mine, others] = [...notes.values()];
    assert.deepEqual(mine, others);
    assert.ok((mine?.length ?? 0) > 30);
  });

  test('of the older kind, and factories of them, take part in starts', async () => {
    const older: WorkflowClientInterceptor = {
      start: async (input, next) => `${await next({ ...input, headers: { marked: payload('yes') } })} changed`,
    };
    const start = (client: Client) => client.workflow.start('order', at);
    await witness.agree(answers, start, { client: () => ({ interceptors: { workflow: [older] } }) });
    const skipping: WorkflowClientInterceptor = { start: async () => 'nothing was started' };
    const { sent } = await witness.agree(answers, start, {
      client: () => ({ interceptors: { workflow: [skipping] } }),
    });
    assert.deepEqual(sent, []);
    const factory = ({ workflowId, runId }: { workflowId: string; runId?: string }): WorkflowClientInterceptor => ({
      query: (input, next) => next({ ...input, args: [workflowId, runId] }),
    });
    await witness.agree(answers, (client) => client.workflow.getHandle('w', 'r').query('what'), {
      client: () => ({ interceptors: { workflow: { calls: [factory] } } }),
    });
  });

  test('that fail make the call fail', async () => {
    const failing: WorkflowClientInterceptor = {
      signal: async () => {
        throw new RangeError('not today');
      },
    };
    await witness.agree(answers, (client) => client.workflow.getHandle('w').signal('go'), {
      client: () => ({ interceptors: { workflow: [failing] } }),
    });
  });
});

describe('payload codecs', () => {
  test('encode and decode the same, and are told the same of whose it is', async () => {
    const notes = new Map<Clients, unknown[]>();
    const client = (clients: Clients): ClientOptions => {
      const seen: unknown[] = [];
      notes.set(clients, seen);
      const note =
        (does: string): PayloadCodec['encode'] =>
        async (payloads, context) => {
          seen.push([does, comparable(payloads), context]);
          return payloads.map((one) => ({ ...one, metadata: { ...one.metadata, [does]: Buffer.from('!') } }));
        };
      return { dataConverter: { payloadCodecs: [{ encode: note('encode'), decode: note('decode') }] } };
    };
    await witness.agree(answers, everything, { client });
    const [mine, others] = [...notes.values()];
    assert.deepEqual(mine, others);
    assert.ok((mine?.length ?? 0) > 20);
  });
});

describe('external storage', () => {
  test('gets the same payloads for the same targets', async () => {
    const notes = new Map<Clients, unknown[]>();
    const client = (clients: Clients): ClientOptions => {
      const seen: unknown[] = [];
      notes.set(clients, seen);
      const isTheirs = clients === theirs;
      const Storage = (isTheirs ? official.ExternalStorage : ExternalStorage) as typeof ExternalStorage;
      const Claim = (isTheirs ? official.StorageDriverClaim : StorageDriverClaim) as typeof StorageDriverClaim;
      const driver = {
        name: 'shelf',
        type: 'shelf',
        store: async ({ target }: { target?: unknown }, payloads: unknown[]) => {
          seen.push(['store', comparable(payloads), target]);
          return payloads.map((_, index) => new Claim({ index: String(index) }));
        },
        retrieve: async (_: unknown, claims: unknown[]) => claims.map(() => payload('fetched')),
      };
      return { dataConverter: { externalStorage: new Storage({ drivers: [driver], payloadSizeThreshold: 0 }) } };
    };
    await witness.agree(answers, everything, { client });
    const [mine, others] = [...notes.values()];
    assert.deepEqual(mine, others);
    assert.ok((mine?.length ?? 0) > 10);
  });

  test('that is not there makes references errors', async () => {
    const metadata = {
      encoding: Buffer.from('json/external-storage-reference'),
      messageType: Buffer.from('temporal.api.sdk.v1.ExternalStorageReference'),
    };
    const reference = { payloads: [{ metadata, data: Buffer.from('{}') }] };
    const events = [{ workflowExecutionCompletedEventAttributes: { result: reference } }];
    await witness.agree({ GetWorkflowExecutionHistory: { history: { events } } }, (client) =>
      client.workflow.getHandle('w').result(),
    );
  });
});

describe('type info', () => {
  const doubled = {
    transferTypeConverter: { toTransferType: (n: number) => n * 2, fromTransferType: (n: number) => n / 2 },
  };
  const typeInfo = { inputTypes: [doubled], outputType: doubled } as unknown as NonNullable<
    Parameters<Client['workflow']['start']>[1]['typeInfo']
  >;

  test('converts arguments and results', async () => {
    const number = { payloads: [payload(84)] };
    const numbers = {
      ...answers,
      QueryWorkflow: { queryResult: number },
      UpdateWorkflowExecution: { ...updated, outcome: { success: number } },
      GetWorkflowExecutionHistory: {
        history: { events: [{ workflowExecutionCompletedEventAttributes: { result: number } }] },
      },
    };
    const { outcome } = await witness.agree(numbers, async ({ workflow }) => {
      const handle = await workflow.start('order', { ...at, typeInfo });
      return [
        await handle.result(),
        await handle.queryWithOptions('what', { args: [1] as never, typeInfo }),
        await handle.executeUpdate('plus', { args: [1], typeInfo }),
        await handle.signalWithOptions('go', { args: [1] as never, typeInfo }),
      ];
    });
    assert.deepEqual(outcome, { result: [42, 42, 42, undefined] });
  });

  test('is refused beside a definition, which has its own', async () => {
    const def = { name: 'plus', type: 'update' } as never;
    await witness.agree(answers, ({ workflow }) => workflow.getHandle('w').executeUpdate(def, { typeInfo }));
    const signal = { name: 'go', type: 'signal' } as never;
    await witness.agree(answers, ({ workflow }) =>
      workflow.signalWithStart('order', { ...at, signal, signalTypeInfo: typeInfo } as never),
    );
  });
});

describe('plugins', () => {
  test('configure clients, first to last', async () => {
    const plugin = (name: string) => ({
      name,
      configureClient: (options: Omit<ClientOptions, 'plugins'>) => ({
        ...options,
        identity: `${options.identity} ${name}`,
      }),
    });
    const { sent } = await witness.agree(answers, (client) => client.workflow.start('order', at), {
      client: () => ({ plugins: [plugin('one'), plugin('two')] }),
    });
    assert.match(JSON.stringify(sent), /"identity":"me one two"/);
  });

  test('of a connection are those of its clients, too', async () => {
    await witness.agree(answers, (_, { Client, Connection }) => {
      const seen: string[] = [];
      const plugin = {
        name: 'both',
        configureConnection(options: object) {
          seen.push('connection');
          return options;
        },
        configureClient(options: object) {
          seen.push('client');
          return options;
        },
      };
      const client = new Client({ connection: Connection.lazy({ plugins: [plugin] }) });
      return [seen, client.options.plugins.length];
    });
  });
});
