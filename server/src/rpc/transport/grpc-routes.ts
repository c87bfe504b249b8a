import { Code, ServiceError, unimplemented } from '../../kernel/errors.ts';
import { CALL_STREAM_PATH, CallStream } from './call-stream.ts';
import type { ServiceShape, StreamingMethod } from './contract.ts';
import { encodingOf, UnaryCall } from './grpc-call.ts';
import type { Connection } from './grpc-connection.ts';
import { ACCEPTED_ENCODINGS } from './grpc-message.ts';
import { timeoutMs } from './grpc-metadata.ts';
import { sendHttpStatus, sendRefusal } from './grpc-response.ts';
import { serveStream } from './grpc-stream.ts';
import type { Http2Stream, StreamEvents } from './http2/stream.ts';
import { refusalOf } from './refusal.ts';
import type { Serving } from './served-call.ts';

interface Route {
  readonly service: string;
  readonly method: string;
  readonly streaming: StreamingMethod | undefined;
}

/** What is served, by path. */
export interface Routes {
  readonly byPath: ReadonlyMap<string, Route>;
  readonly services: ReadonlySet<string>;
}

export function routesOf(services: readonly ServiceShape[], streams: readonly StreamingMethod[]): Routes {
  const byPath = new Map<string, Route>();
  for (const { name, methods } of services) {
    for (const [method, { responseStream }] of Object.entries(methods)) {
      if (!responseStream) byPath.set(`/${name}/${method}`, { service: name, method, streaming: undefined });
    }
  }
  for (const streaming of streams) {
    const { service, method } = streaming;
    byPath.set(`/${service}/${method}`, { service, method, streaming });
  }
  return { byPath, services: new Set([...services.map(({ name }) => name), ...streams.map(({ service }) => service)]) };
}

/** Serves one call; nothing more needs to be told of one that was refused. `closing` aborts when the listener closes. */
export function serve(
  stream: Http2Stream,
  connection: Connection,
  routes: Routes,
  serving: Serving,
  closing: AbortSignal,
): StreamEvents | undefined {
  const { method, path = '', headers } = stream.head;
  if (method !== 'POST') return void sendHttpStatus(stream, 405);
  if (!isGrpc(headers.get('content-type'))) return void sendHttpStatus(stream, 415);

  if (path === CALL_STREAM_PATH)
    return new CallStream(stream, connection, (called) => unaryRoute(called, routes), serving, closing);
  const route = routes.byPath.get(path);
  if (route === undefined) return refuse(stream, unknown(path, routes));
  const encoding = encodingOf(headers);
  if (encoding !== 'identity' && encoding !== 'gzip') return refuse(stream, unknownEncoding(encoding));
  const timeout = headers.get('grpc-timeout');
  const deadline = timeout === undefined ? undefined : Date.now() + timeoutMs(timeout);
  if (Number.isNaN(deadline))
    return refuse(stream, new ServiceError(Code.INTERNAL, `malformed grpc-timeout: ${timeout}`));

  const { streaming } = route;
  return streaming === undefined
    ? new UnaryCall(stream, route, deadline, serving)
    : serveStream(stream, streaming, deadline, serving, closing);
}

const isGrpc = (contentType: string | undefined): boolean =>
  contentType === 'application/grpc' || /^application\/grpc(\+proto)? *(;|$)/i.test(contentType ?? '');

const refuse = (stream: Http2Stream, refusal: ServiceError): undefined =>
  void sendRefusal(stream, refusalOf(refusal, '', ''));

function unaryRoute(path: string, routes: Routes): Route {
  const route = routes.byPath.get(path);
  if (route === undefined) throw unknown(path, routes);
  if (route.streaming !== undefined) throw unimplemented(`${path} needs a stream of its own`);
  return route;
}

/** As the reference server words it. */
function unknown(path: string, { services }: Routes): ServiceError {
  const slash = path.lastIndexOf('/');
  if (slash < 1 || !path.startsWith('/')) return unimplemented(`malformed method name: "${path}"`);
  const service = path.slice(1, slash);
  const method = path.slice(slash + 1);
  return unimplemented(
    services.has(service) ? `unknown method ${method} for service ${service}` : `unknown service ${service}`,
  );
}

const unknownEncoding = (encoding: string): ServiceError =>
  new ServiceError(Code.UNIMPLEMENTED, `grpc-encoding ${encoding} is not supported`, [], {
    'grpc-accept-encoding': ACCEPTED_ENCODINGS,
  });
