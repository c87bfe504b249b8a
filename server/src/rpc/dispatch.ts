import type { Codec } from '@perdure/api';
import { unimplemented } from '../kernel/errors.ts';
import { type CheckRate, createCallRates } from './call-rates.ts';
import type { ServerContext } from './context.ts';
import { decodeRequest } from './decode-request.ts';
import { checkIdentity, checkNamespace, makeNamespace } from './request-gate.ts';
import type { Call, Dispatch } from './transport/contract.ts';

/** Answers one RPC, its types forgotten. */
type AnyHandler = (request: object, call: Call, server: ServerContext) => object | Promise<object>;

interface AnyMethod {
  readonly request: Codec<object>;
  readonly response: Codec<object>;
}

/** A service and what answers its methods. One without a handler is not built yet. */
export interface Answered {
  readonly service: { readonly name: string; readonly methods: object };
  readonly handlers: object;
}

interface Route extends AnyMethod {
  readonly handler: AnyHandler | undefined;
}

export interface DispatchOptions {
  readonly server: ServerContext;
  readonly services: readonly Answered[];
  /** Answer calls of further services by their own means, by service name. */
  readonly others: ReadonlyMap<string, Dispatch>;
  /** Called before every call; throws a refusal. */
  readonly check: (call: Call) => void;
}

/** Routes calls to handlers: decodes the request, refuses what no handler need see, encodes the answer. */
export function createDispatch({ server, services, others, check }: DispatchOptions): Dispatch {
  const tables = new Map(services.map((answered) => [answered.service.name, routesOf(answered)]));
  const checkRate = createCallRates(server.wall, server.limits);
  return (call) => {
    check(call);
    const routes = tables.get(call.service);
    if (routes) return answer(server, routes, call, checkRate);
    const dispatch = others.get(call.service);
    if (!dispatch) throw unimplemented(`unknown service ${call.service}`);
    return dispatch(call);
  };
}

function routesOf({ service, handlers }: Answered): ReadonlyMap<string, Route> {
  const methods = Object.entries(service.methods as Record<string, AnyMethod>);
  const known = handlers as Record<string, AnyHandler>;
  return new Map(methods.map(([name, { request, response }]) => [name, { request, response, handler: known[name] }]));
}

function answer(
  server: ServerContext,
  routes: ReadonlyMap<string, Route>,
  call: Call,
  checkRate: CheckRate,
): Uint8Array | Promise<Uint8Array> {
  const route = routes.get(call.method);
  if (!route) throw unimplemented(`unknown method ${call.method} for service ${call.service}`);
  const { handler, response } = route;
  const request = decodeRequest(route.request, call.body);
  makeNamespace(server, call.method, request);
  checkNamespace(server, call.method, request);
  if ('namespace' in request && typeof request.namespace === 'string') checkRate(call.method, request.namespace);
  checkIdentity(server, request);
  if (!handler) throw unimplemented(`${call.method} is not implemented by this server yet.`);
  const message = handler(request, call, server);
  if (message instanceof Promise) return message.then((settled: object) => response.encode(settled));
  return response.encode(message);
}
