import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { Code, ServiceError, unimplemented } from '../../kernel/errors.ts';
import { CALL_STREAM_PATH, serveCallStream } from './call-stream.ts';
import type { ServiceShape, StreamingMethod } from './contract.ts';
import { encodingOf, serveCall } from './grpc-call.ts';
import type { Connection } from './grpc-connection.ts';
import { ACCEPTED_ENCODINGS } from './grpc-message.ts';
import { timeoutMs } from './grpc-metadata.ts';
import { sendHttpStatus, sendRefusal } from './grpc-response.ts';
import { serveStream } from './grpc-stream.ts';
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

/** Serves one call. `closing` aborts when the listener is about to close. */
export function serve(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  connection: Connection,
  routes: Routes,
  serving: Serving,
  closing: AbortSignal,
): void {
  // The caller may have taken it back in the same breath.
  if (stream.destroyed || stream.closed) return;
  if (headers[':method'] !== 'POST') return sendHttpStatus(stream, 405);
  if (!isGrpc(headers['content-type'])) return sendHttpStatus(stream, 415);

  const path = headers[':path'] ?? '';
  if (path === CALL_STREAM_PATH)
    return serveCallStream(stream, headers, connection, (method) => unaryRoute(method, routes), serving, closing);
  const route = routes.byPath.get(path);
  if (route === undefined) return refuse(stream, unknown(path, routes));
  const encoding = encodingOf(headers);
  if (encoding !== 'identity' && encoding !== 'gzip') return refuse(stream, unknownEncoding(encoding));
  const timeout = headers['grpc-timeout'];
  const deadline = timeout === undefined ? undefined : Date.now() + timeoutMs(String(timeout));
  if (Number.isNaN(deadline))
    return refuse(stream, new ServiceError(Code.INTERNAL, `malformed grpc-timeout: ${timeout}`));

  const { streaming } = route;
  if (streaming === undefined) serveCall(stream, headers, route, deadline, serving);
  else serveStream(stream, headers, streaming, deadline, serving, closing);
}

const isGrpc = (contentType: string | undefined): boolean =>
  contentType === 'application/grpc' || /^application\/grpc(\+proto)? *(;|$)/i.test(contentType ?? '');

const refuse = (stream: ServerHttp2Stream, refusal: ServiceError): void =>
  sendRefusal(stream, refusalOf(refusal, '', ''));

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
