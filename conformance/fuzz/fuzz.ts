/**
 * Sends a server requests of all shapes and looks that it answers each with a code that says what was wrong with it,
 * in time, and that nothing else changes: a workflow that is none of the requests' business stays as it was.
 */
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import proto from '@temporalio/proto';
import { type Chance, chanceOf } from './chance.ts';
import { malformed, type Rpc, rpcs, type Words, wellFormed } from './generate.ts';

export interface FuzzOptions {
  readonly address: string;
  readonly requests: number;
  readonly seed: number;
  readonly inFlight?: number;
}

export interface Fault {
  readonly rpc: string;
  readonly what: string;
  /** The request, for sending it again. */
  readonly base64: string;
}

export interface Outcome {
  readonly faults: readonly Fault[];
  /** How many answers there were of each code. */
  readonly codes: Readonly<Record<string, number>>;
}

/** What no request may be answered with: the server did not know what it did, or had lost something. */
const forbidden = new Set([status.INTERNAL, status.UNKNOWN, status.DATA_LOSS, status.UNAVAILABLE]);

/** gRPC's own answer to bytes that are no message of the kind. */
const isNoMessage = ({ code, details }: ServiceError): boolean =>
  code === status.INTERNAL && details.startsWith('error unmarshalling request: ');

/** RPCs that wait for something to happen, and so may take all the time they are given. */
const mayWait =
  /^(Poll|Query|Update(WithStart)?Workflow|ExecuteMulti|GetWorkflowExecutionHistory|Sleep|UnlockTime|Describe(Activity|Nexus)|StartWorkflow|SignalWithStart)/;

const waitMs = 60;
const hangMs = 10_000;

const service = proto.temporal.api.workflowservice.v1;
const prefix = '/temporal.api.workflowservice.v1.WorkflowService/';
const canary = 'fuzz-canary';

export async function fuzz({ address, requests, seed, inFlight = 24 }: FuzzOptions): Promise<Outcome> {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 });
  const chance = chanceOf(seed);
  const faults: Fault[] = [];
  const codes: Record<string, number> = {};
  try {
    await ready(client);
    await begin(client);
    const before = await witness(client);
    const words = await wordsOf(client);
    let left = requests;
    const lane = async (): Promise<void> => {
      while (left-- > 0) {
        const rpc = chance.of(rpcs);
        const body = requestFor(chance, rpc, words);
        const fault = await send(client, rpc, body, codes, words);
        if (fault) faults.push({ rpc: rpc.name, what: fault, base64: Buffer.from(body).toString('base64') });
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    const after = await witness(client);
    if (after !== before) faults.push({ rpc: 'none', what: 'a workflow that nobody touched has changed', base64: '' });
  } finally {
    client.close();
  }
  return { faults, codes };
}

function requestFor(chance: Chance, rpc: Rpc, words: Words): Uint8Array {
  // What would take the ground from under all other requests.
  if (rpc.name === 'DeleteNamespace') return rpc.request.encode({ namespace: chance.of(['', 'nobody']) }).finish();
  const body = wellFormed(chance, rpc, words);
  return chance.is(0.3) ? malformed(chance, body) : body;
}

async function send(
  client: Client,
  rpc: Rpc,
  body: Uint8Array,
  codes: Record<string, number>,
  words: Words,
): Promise<string | null> {
  const waits = mayWait.test(rpc.name);
  const answer = await call(client, rpc.path, body, waits ? waitMs : hangMs);
  const code = 'error' in answer ? answer.error.code : status.OK;
  codes[status[code] ?? code] = (codes[status[code] ?? code] ?? 0) + 1;
  if ('error' in answer) {
    if (forbidden.has(code) && !isNoMessage(answer.error)) return `${status[code]}: ${answer.error.details}`;
    if (code === status.DEADLINE_EXCEEDED && !waits) return `no answer within ${hangMs} ms`;
    return null;
  }
  remember(words, rpc, answer.bytes);
  return null;
}

/** Tokens and ids of answers become words of later requests. */
function remember(words: Words, { name }: Rpc, bytes: Uint8Array): void {
  if (name === 'PollWorkflowTaskQueue') words.bytes[3] = service.PollWorkflowTaskQueueResponse.decode(bytes).taskToken;
  if (name === 'PollActivityTaskQueue') words.bytes[4] = service.PollActivityTaskQueueResponse.decode(bytes).taskToken;
  if (name === 'StartWorkflowExecution') words.strings[0] = service.StartWorkflowExecutionResponse.decode(bytes).runId;
}

type Answer = { readonly bytes: Uint8Array } | { readonly error: ServiceError };

function call(client: Client, path: string, body: Uint8Array, ms: number): Promise<Answer> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      path,
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes: Buffer) => bytes,
      body,
      new Metadata(),
      { deadline: Date.now() + ms },
      (error, bytes) => resolve(error ? { error } : { bytes: bytes ?? new Uint8Array(0) }),
    );
  });
}

async function ask(client: Client, method: string, body: Uint8Array): Promise<Uint8Array> {
  const answer = await call(client, `${prefix}${method}`, body, hangMs);
  if ('error' in answer) throw answer.error;
  return answer.bytes;
}

const ready = (client: Client): Promise<void> =>
  new Promise((resolve, reject) => {
    client.waitForReady(Date.now() + 10_000, (error) => (error ? reject(error) : resolve()));
  });

/** A namespace that no request names, with one workflow in it. */
async function begin(client: Client): Promise<void> {
  const namespace = { namespace: canary, workflowExecutionRetentionPeriod: { seconds: 86_400 } };
  await ask(client, 'RegisterNamespace', encode(service.RegisterNamespaceRequest, namespace));
  for (const name of [canary, 'default'])
    await ask(
      client,
      'StartWorkflowExecution',
      encode(service.StartWorkflowExecutionRequest, {
        namespace: name,
        workflowId: 'w',
        workflowType: { name: 'W' },
        taskQueue: { name: 'q' },
        requestId: 'r',
      }),
    );
}

interface Encoder {
  fromObject(object: Record<string, unknown>): unknown;
  encode(message: never): { finish(): Uint8Array };
}

const encode = (codec: Encoder, object: Record<string, unknown>): Uint8Array =>
  codec.encode(codec.fromObject(object) as never).finish();

/** The history and the description of the workflow that nobody touches. */
async function witness(client: Client): Promise<string> {
  const request = { namespace: canary, execution: { workflowId: 'w' } };
  const history = await ask(
    client,
    'GetWorkflowExecutionHistory',
    encode(service.GetWorkflowExecutionHistoryRequest, request),
  );
  const described = await ask(
    client,
    'DescribeWorkflowExecution',
    encode(service.DescribeWorkflowExecutionRequest, request),
  );
  return Buffer.concat([history, described]).toString('base64');
}

/** A task in hand, a page of a history, and the names of what there is. */
async function wordsOf(client: Client): Promise<Words> {
  const polled = service.PollWorkflowTaskQueueResponse.decode(
    await ask(
      client,
      'PollWorkflowTaskQueue',
      encode(service.PollWorkflowTaskQueueRequest, { namespace: 'default', taskQueue: { name: 'q' } }),
    ),
  );
  const history = service.GetWorkflowExecutionHistoryResponse.decode(
    await ask(
      client,
      'GetWorkflowExecutionHistory',
      encode(service.GetWorkflowExecutionHistoryRequest, {
        namespace: 'default',
        execution: { workflowId: 'w' },
        maximumPageSize: 1,
      }),
    ),
  );
  return {
    strings: [polled.workflowExecution?.runId ?? '', 'w', 'W', 'q', 'r', 'x', '__stack_trace', '@every 60s', 'Color'],
    bytes: [polled.taskToken, history.nextPageToken, Buffer.from('"x"'), Buffer.alloc(0), Buffer.alloc(0)],
  };
}
