/** The parts of an address such as `http://localhost:80` or `[::1]:7233`. */
export interface ProtoHostPort {
  scheme?: string | undefined;
  /** Without the brackets that an IPv6 address has in the text. */
  hostname: string;
  port?: number | undefined;
}

// A name of digits and dots would pass as a host name as well, so an IPv4 address needs no rule of its own.
const address =
  /^(?:(?<scheme>[a-z][a-z0-9]+):(?:\/\/)?)??(?:\[(?<ipv6>[0-9a-fA-F.:]+)\]|(?<name>[^:/]+))(?::(?<port>\d+))?$/;

/** `undefined` for what is no such address. */
export function splitProtoHostPort(uri: string): ProtoHostPort | undefined {
  const parts = address.exec(uri)?.groups;
  if (!parts) return undefined;
  return {
    scheme: parts['scheme'],
    hostname: parts['ipv6'] ?? parts['name'] ?? '',
    port: parts['port'] === undefined ? undefined : Number(parts['port']),
  };
}

export function joinProtoHostPort(components: ProtoHostPort): string {
  const { scheme, hostname, port } = components;
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${scheme ? `${scheme}:` : ''}${host}${port === undefined ? '' : `:${port}`}`;
}

/** The address with the default port if it has none; a `TypeError` if it has a scheme or is no address. */
export function normalizeGrpcEndpointAddress(uri: string, defaultPort: number): string {
  const parts = splitProtoHostPort(uri);
  if (!parts || parts.scheme !== undefined) {
    throw new TypeError(
      `Invalid address for Temporal gRPC endpoint: expected URI of the form 'hostname' or 'hostname:port'; got '${uri}'`,
    );
  }
  return joinProtoHostPort({ ...parts, port: parts.port ?? defaultPort });
}
