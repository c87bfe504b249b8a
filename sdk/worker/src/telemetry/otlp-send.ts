import { connectHttp2 } from '@perdure/transport';
import type { OtelSettings } from './settings.ts';

/** Takes encoded metrics to a collector. */
export interface OtlpSender {
  send(metrics: Uint8Array): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 10_000;
const EXPORT = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';
const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443', grpc: '4317', grpcs: '4317' };

/** Throws a `TypeError` when the address of the collector is none. */
export function createOtlpSender({ url, protocol, headers }: OtelSettings): OtlpSender {
  const at = readUrl(process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] || url);
  return protocol === 'http' ? overHttp(at, headers) : overGrpc(at, headers);
}

function readUrl(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.hostname === '')
    throw new TypeError(`metricsExporter.otel.url: ${JSON.stringify(url)} is no URL such as http://localhost:4317`);
  return parsed;
}

function overGrpc(url: URL, headers: Record<string, string>): OtlpSender {
  const scheme = url.protocol.slice(0, -1);
  const channel = connectHttp2({
    address: `${url.hostname}:${url.port || defaultPorts[scheme] || '4317'}`,
    keepalive: false,
    ...((scheme === 'https' || scheme === 'grpcs') && { tls: {} }),
  });
  return {
    async send(metrics) {
      await channel.unary(EXPORT, metrics, { metadata: headers, deadline: Date.now() + TIMEOUT_MS });
    },
    close: () => channel.close(),
  };
}

function overHttp(url: URL, headers: Record<string, string>): OtlpSender {
  // Not imported: what it exports includes a second HTTP client, which takes 20 ms to load.
  const { request } = process.getBuiltinModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  const options = { method: 'POST', headers: { ...headers, 'content-type': 'application/x-protobuf' } };
  return {
    send: (metrics) =>
      new Promise((resolve, reject) => {
        const sending = request(url, { ...options, timeout: TIMEOUT_MS }, (answer) => {
          answer.resume();
          const status = answer.statusCode ?? 0;
          answer.on('end', () => {
            if (status >= 200 && status < 300) resolve();
            else reject(new Error(`the collector answered with the HTTP status ${status}`));
          });
          answer.on('error', reject);
        });
        sending.on('timeout', () => sending.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
        sending.on('error', reject);
        sending.end(metrics);
      }),
    close: () => undefined,
  };
}
