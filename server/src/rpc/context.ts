import type { Init } from '@perdure/api';
import type { OperatorService } from '@perdure/api/operatorservice';
import type { WorkflowService } from '@perdure/api/workflowservice';
import type { Host } from '../host/host.ts';
import type { NamespaceDeletion } from '../host/namespace-deletion.ts';
import type { Namespaces } from '../host/namespaces.ts';
import type { Queries } from '../host/queries.ts';
import type { Task } from '../host/task.ts';
import type { TaskQueueConfigs } from '../host/task-queue-configs.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import type { Limits } from '../kernel/limits.ts';
import type { SkippingClock } from '../kernel/skipping-clock.ts';
import type { Matching } from '../matching/contract.ts';
import type { Tokens } from './tokens.ts';
import type { Call } from './transport/contract.ts';
import type { WorkerRegistry } from './workers/registry.ts';

/** What an RPC can reach. */
export interface ServerContext {
  readonly host: Host;
  readonly matching: Matching<Task>;
  readonly queries: Queries;
  readonly namespaces: Namespaces;
  readonly taskQueueConfigs: TaskQueueConfigs;
  readonly workers: WorkerRegistry;
  readonly namespaceDeletion: NamespaceDeletion;
  readonly tokens: Tokens;
  /** What runs live by. */
  readonly clock: Clock;
  /** What callers live by: how long they wait, how often they call. The same, unless time is skipped. */
  readonly wall: Clock;
  /** `clock` once more, where it can be told to skip time. */
  readonly skipping: Skipping | null;
  /** Makes a namespace that somebody asks for; null where they have to be registered. */
  readonly makeNamespace: ((name: string) => void) | null;
  readonly random: Random;
  readonly limits: Limits;
  readonly cluster: Cluster;
}

export interface Skipping {
  readonly clock: SkippingClock;
  /** Settles when what was skipped so far is stored; rejects if it could not be. */
  durable(): Promise<void>;
}

/** What the server says of itself. */
export interface Cluster {
  /** Made when the storage was first opened. */
  readonly id: string;
  readonly name: string;
  /** Where clients reach it, or '' before it listens. */
  address: string;
}

type Methods = typeof WorkflowService.methods;
export type MethodName = keyof Methods;
type Decoded<C> = C extends { decode(bytes: Uint8Array): infer T } ? T : never;
export type RequestOf<M extends MethodName> = Decoded<Methods[M]['request']>;
export type ResponseOf<M extends MethodName> = Decoded<Methods[M]['response']>;

/** Answers one RPC of WorkflowService. Throws `ServiceError` for a coded refusal. */
export type Handler<M extends MethodName> = (
  request: RequestOf<M>,
  call: Call,
  server: ServerContext,
) => Init<ResponseOf<M>> | Promise<Init<ResponseOf<M>>>;

export type Handlers = { readonly [M in MethodName]?: Handler<M> };

type OperatorMethods = typeof OperatorService.methods;
/** Answers one RPC of OperatorService. */
export type OperatorHandler<M extends keyof OperatorMethods> = (
  request: Decoded<OperatorMethods[M]['request']>,
  call: Call,
  server: ServerContext,
) => Init<Decoded<OperatorMethods[M]['response']>> | Promise<Init<Decoded<OperatorMethods[M]['response']>>>;

export type OperatorHandlers = { readonly [M in keyof OperatorMethods]?: OperatorHandler<M> };
