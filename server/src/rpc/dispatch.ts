import { WorkflowService } from '@perdure/api/workflowservice';
import { Code, ServiceError, unimplemented } from '../kernel/errors.ts';
import type { Handlers, MethodName, ServerContext } from './context.ts';
import { decodeRequest } from './decode-request.ts';
import type { Call, Dispatch } from './transport/contract.ts';

/** Answers calls of one more service by its own means. */
export type ServiceDispatch = (call: Call) => Uint8Array | Promise<Uint8Array>;

/** Routes calls to the handlers of WorkflowService and to other services by name. */
export function createDispatch(
  server: ServerContext,
  handlers: Handlers,
  services: ReadonlyMap<string, ServiceDispatch>,
  check: (call: Call) => void,
): Dispatch {
  return (call) => {
    check(call);
    if (call.service !== WorkflowService.name) {
      const dispatch = services.get(call.service);
      if (!dispatch) throw unimplemented(`unknown service ${call.service}`);
      return dispatch(call);
    }
    return callHandler(server, handlers, call);
  };
}

function callHandler(server: ServerContext, handlers: Handlers, call: Call): Uint8Array | Promise<Uint8Array> {
  const name = call.method as MethodName;
  const method = WorkflowService.methods[name];
  const handler = handlers[name] as
    | ((request: unknown, call: Call, server: ServerContext) => object | Promise<object>)
    | undefined;
  if (!method) throw unimplemented(`unknown method ${call.method} for service ${call.service}`);
  if (!handler) throw new ServiceError(Code.UNIMPLEMENTED, `${call.method} is not implemented by this server yet.`);
  const request: unknown = decodeRequest<unknown>(method.request, call.body);
  const response = handler(request, call, server);
  if (response instanceof Promise) return response.then((message) => method.response.encode(message));
  return method.response.encode(response);
}
