/** Sends one encoded request. `namespace` is the request's, if it has any. */
export type UnaryCall = (method: string, request: Uint8Array, namespace: string | undefined) => Promise<Uint8Array>;

interface Codec {
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

/** What protobuf.js knows of a service at run time. Its declarations show only the class that it stands for. */
interface ReflectedService {
  readonly fullName: string;
  readonly methodsArray: readonly ReflectedMethod[];
}

interface ReflectedMethod {
  readonly name: string;
  resolve(): {
    readonly resolvedRequestType: { readonly ctor: Codec };
    readonly resolvedResponseType: { readonly ctor: Codec };
  };
}

type ServiceMethod = (
  request: { readonly namespace?: unknown },
  callback?: (error: Error | null, response?: unknown) => void,
) => Promise<unknown> | undefined;

/**
 * A service whose methods encode their request, send it with `call` and decode the answer. The methods are those of the
 * service's declaration, each bound to nothing, so that they can be taken off the object.
 *
 * @param definition the service as `@perdure/proto` has it
 */
export function createService<Service extends object>(definition: { create: unknown }, call: UnaryCall): Service {
  const { fullName, methodsArray } = definition as unknown as ReflectedService;
  const serviceName = fullName.replace(/^\./, '');
  const methods = methodsArray.map((method) => {
    const name = method.name.charAt(0).toLowerCase() + method.name.slice(1);
    return [name, serviceMethod(method, `/${serviceName}/${method.name}`, call)] as const;
  });
  return Object.fromEntries(methods) as Service;
}

function serviceMethod(method: ReflectedMethod, path: string, call: UnaryCall): ServiceMethod {
  let codecs: { readonly request: Codec; readonly response: Codec } | undefined;
  const invoke = async (request: { readonly namespace?: unknown }): Promise<unknown> => {
    if (!request) throw new TypeError('request must be specified');
    // Types are looked up at the first call: a connection has hundreds of methods, and most are never used.
    if (codecs === undefined) {
      const { resolvedRequestType, resolvedResponseType } = method.resolve();
      codecs = { request: resolvedRequestType.ctor, response: resolvedResponseType.ctor };
    }
    const { namespace } = request;
    const bytes = codecs.request.encode(request).finish();
    const answer = await call(path, bytes, typeof namespace === 'string' && namespace !== '' ? namespace : undefined);
    return codecs.response.decode(answer);
  };
  return (request, callback) => {
    const outcome = invoke(request);
    if (callback === undefined) return outcome;
    outcome.then(
      (response) => callback(null, response),
      (error: Error) => callback(error),
    );
    return undefined;
  };
}
