/** Where a server listens. */
export interface Address {
  /** A name or an IP address, an IPv6 one without brackets. */
  readonly host: string;
  readonly port: number;
}

const shape = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/;

/** Reads `host:port` or `[ipv6]:port`. Throws a `TypeError` for anything else. */
export function parseAddress(text: string): Address {
  const [, ipv6, name, digits] = shape.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = Number(digits);
  if (host === undefined || !(port >= 1 && port <= 65_535))
    throw new TypeError(`${JSON.stringify(text)} is no address: expected host:port or [ipv6]:port`);
  return { host, port };
}

/** The address as one text, an IPv6 one in brackets. */
export const formatAddress = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
