/** The headers of a call as its metadata: binary ones are left out. */
export function metadataOf(headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  for (const name of headers.keys()) if (isBinary(name)) return withoutBinary(headers);
  return headers;
}

const isBinary = (name: string): boolean => name.endsWith('-bin');

const withoutBinary = (headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...headers].filter(([name]) => !isBinary(name)));

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** A `grpc-timeout` in milliseconds; NaN when it is malformed. */
export function timeoutMs(text: string): number {
  if (!/^\d{1,8}[HMSmun]$/.test(text)) return Number.NaN;
  return Math.ceil(Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? Number.NaN));
}
