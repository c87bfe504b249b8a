/** How a connection is encrypted. */
export interface TLSConfig {
  /** The name that the server's certificate has to have, if it is not the host's. */
  serverNameOverride?: string | undefined;
  /** Whom to trust, as PEM, instead of whom the system trusts. */
  serverRootCACertificate?: Uint8Array | undefined;
  /** With what the client identifies itself, as PEM. */
  clientCertPair?: { crt: Uint8Array; key: Uint8Array } | undefined;
}

/** `true` means encrypted with defaults, `false` and null in the open. */
export type TLSConfigOption = TLSConfig | boolean | undefined | null;

/** `undefined` if the connection is in the open. An API key alone makes it encrypted, unless it is said not to be. */
export function normalizeTlsConfig(
  tls: TLSConfigOption,
  apiKey?: string | (() => string) | undefined,
): TLSConfig | undefined {
  if (typeof tls === 'object' && tls !== null) return tls;
  return (tls ?? apiKey !== undefined) ? {} : undefined;
}
