/**
 * A server that answers from a table and keeps what it was sent, for both clients: `@perdure/client` and
 * `@temporalio/client` are given the same, and must send the same and give the same.
 */
import assert from 'node:assert/strict';
import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import * as ours from '@perdure/client';
import { google, temporal } from '@perdure/proto';
import * as official from '@temporalio/client';
import Long from 'long';

export type Clients = typeof ours;
export const theirs = official as unknown as Clients;

/** What the server answers: the fields of the response, or a refusal. */
export type Answer = object | { readonly refuse: number; readonly message?: string; readonly details?: Detail[] };
type Detail = { readonly type: string; readonly fields: object };
/** By method. With a list, the calls get its answers one after the other, and the last one from then on. */
export type Answers = Readonly<Record<string, Answer | Answer[]>>;

type Codec = {
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): { toJSON(): object };
  fromObject(fields: object): object;
};
const messages = temporal.api.workflowservice.v1 as unknown as Record<string, Codec>;

export interface Witness {
  readonly address: string;
  /** Runs the same with either client; fails unless both sent the same and gave the same. */
  agree(
    answers: Answers,
    run: (client: ours.Client, clients: Clients) => unknown,
    options?: WitnessOptions,
  ): Promise<Seen>;
  close(): Promise<void>;
}

export interface WitnessOptions {
  readonly client?: (clients: Clients) => ours.ClientOptions;
}

interface Seen {
  readonly sent: object[];
  readonly outcome: unknown;
}

export async function openWitness(): Promise<Witness> {
  let answers: Answers = {};
  let sent: { method: string; request: object }[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => sessions.add(session.once('close', () => sessions.delete(session))));
  server.on('stream', (stream, headers) => {
    const method = String(headers[':path']).split('/').at(-1) ?? '';
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const before = sent.filter((call) => call.method === method).length;
      const request = messages[`${method}Request`]?.decode(Buffer.concat(chunks).subarray(5)).toJSON() ?? {};
      sent.push({ method, request: comparable(sorted(request)) as object });
      const given = [answers[method]].flat() as (Answer | undefined)[];
      respond(stream, method, given[Math.min(before, given.length - 1)]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const connections = new Map([ours, theirs].map((clients) => [clients, connect(clients, address)]));

  const observe = async (
    clients: Clients,
    run: Parameters<Witness['agree']>[1],
    options: WitnessOptions,
  ): Promise<Seen> => {
    sent = [];
    const connection = connections.get(clients) ?? assert.fail();
    const client = new clients.Client({ connection, identity: 'me', namespace: 'here', ...options.client?.(clients) });
    const outcome = await (async () => run(client, clients))().then(
      (result) => ({ result: comparable(result) }),
      (error: unknown) => ({ error: comparable(error) }),
    );
    return { sent, outcome };
  };
  return {
    address,
    async agree(given, run, options = {}) {
      answers = given;
      const mine = await observe(ours, run, options);
      assert.deepEqual(mine, await observe(theirs, run, options));
      return mine;
    },
    close: async () => {
      await Promise.all([...connections.values()].map((connection) => connection.close()));
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Without retries: a refusal is one. */
const connect = (clients: Clients, address: string) => clients.Connection.lazy({ address, interceptors: [] });

/** A field mask has no order. */
function sorted(request: { updateMask?: { paths?: string[] } }): object {
  const { updateMask } = request;
  return updateMask === undefined ? request : { ...request, updateMask: updateMask.paths?.toSorted() };
}

function respond(stream: ServerHttp2Stream, method: string, answer: Answer | undefined): void {
  const response = messages[`${method}Response`];
  if (answer !== undefined && !('refuse' in answer) && response !== undefined) {
    const body = Buffer.from(response.encode(response.fromObject(answer)).finish());
    const frame = Buffer.alloc(5);
    frame.writeUInt32BE(body.length, 1);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.concat([frame, body]));
    return;
  }
  const {
    refuse = 12,
    message = 'refused',
    details = [],
  } = (answer ?? {}) as { refuse?: number; message?: string; details?: Detail[] };
  const status = google.rpc.Status.encode({ code: refuse, message, details: details.map(packed) }).finish();
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(refuse),
      'grpc-message': encodeURI(message),
      ...(details.length > 0 && { 'grpc-status-details-bin': Buffer.from(status).toString('base64') }),
    },
    { endStream: true },
  );
}

function packed({ type, fields }: Detail): google.protobuf.IAny {
  const name = type.split('.').at(-1) ?? '';
  const codecs = { ...temporal.api.errordetails.v1, ...temporal.api.failure.v1 } as unknown as Record<string, Codec>;
  const codec = codecs[name];
  assert.ok(codec !== undefined, `no message ${type}`);
  return { type_url: `type.googleapis.com/${type}`, value: codec.encode(codec.fromObject(fields)).finish() };
}

/** Packs details into a status, as an operation made of several has for each of them. */
export const operationStatus = (code: number, message: string, detail?: Detail): object =>
  detail === undefined ? { code, message } : { code, message, details: [packed(detail)] };

const random = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
/** Where in the stack an error was made differs, and so do the clients that handles point at. */
const leftOut = new Set(['stack', 'client', 'connection', 'stackTrace']);

/** As plain data: what is random made equal, what is not there left out, and what only the class tells written down. */
export function comparable(value: unknown): unknown {
  if (typeof value === 'string') return random.test(value) ? 'a random id' : value;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Long.isLong(value)) return `int64 ${value}`;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('latin1')}`;
  if (Array.isArray(value)) return value.map(comparable);
  // Messages: of the same classes, unless they came out of plain objects.
  if ('toJSON' in value && typeof value.toJSON === 'function' && !('get' in value)) return comparable(value.toJSON());
  const own = Reflect.ownKeys(value).filter((key) => !leftOut.has(String(key)));
  const held = own.filter((key) => (value as Record<symbol | string, unknown>)[key] != null);
  const members = held.map(
    (key) => [String(key), comparable((value as Record<symbol | string, unknown>)[key])] as const,
  );
  if (!(value instanceof Error)) return Object.fromEntries(members);
  const { metadata, name, ...rest } = Object.fromEntries(members) as Record<string, unknown>;
  // The transports’ own errors differ in name; what they carry does not.
  const cause = 'code' in value && metadata !== undefined ? { grpc: true } : { name: value.name };
  return { ...rest, ...cause, message: value.message };
}
