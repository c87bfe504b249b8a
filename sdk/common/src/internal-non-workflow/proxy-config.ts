import { type ProtoHostPort, splitProtoHostPort } from './parse-host-uri.ts';

/** A proxy that tunnels connections with HTTP's CONNECT. */
export interface HttpConnectProxyConfig {
  type: 'http-connect';
  /** Host and port of the proxy. */
  targetHost: string;
  basicAuth?: { username: string; password: string } | undefined;
}

export type ProxyConfig = HttpConnectProxyConfig;

/** The address of a proxy, which needs a port; a `TypeError` if it is none. */
export function parseHttpConnectProxyAddress(target: string): ProtoHostPort {
  const parts = splitProtoHostPort(target);
  const refuse = (why: string) => new TypeError(`Invalid address for HTTP CONNECT proxy: ${why}; got '${target}'`);
  if (!parts) throw refuse(`expected 'hostname:port' or '[ipv6 address]:port'`);
  const { scheme = 'http', hostname, port } = parts;
  if (scheme !== 'http') throw refuse(`scheme must be http'`);
  if (port === undefined) throw refuse('port is required');
  return { scheme, hostname, port };
}
