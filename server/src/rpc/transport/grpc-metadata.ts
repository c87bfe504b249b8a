import type { IncomingHttpHeaders } from 'node:http2';

/** The headers of a call as its metadata, without copying them: most calls are asked for two or three names. */
export class HeaderMetadata implements ReadonlyMap<string, string> {
  readonly #headers: IncomingHttpHeaders;
  #all: ReadonlyMap<string, string> | undefined;

  constructor(headers: IncomingHttpHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | undefined {
    if (!isMetadata(name)) return undefined;
    const value = this.#headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return this.#map().size;
  }

  keys(): MapIterator<string> {
    return this.#map().keys();
  }

  values(): MapIterator<string> {
    return this.#map().values();
  }

  entries(): MapIterator<[string, string]> {
    return this.#map().entries();
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }

  forEach(visit: (value: string, name: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  #map(): ReadonlyMap<string, string> {
    this.#all ??= new Map(Object.keys(this.#headers).flatMap((name) => this.#entry(name)));
    return this.#all;
  }

  #entry(name: string): [string, string][] {
    const value = this.get(name);
    return value === undefined ? [] : [[name, value]];
  }
}

const isMetadata = (name: string): boolean => !name.startsWith(':') && !name.endsWith('-bin');

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** A `grpc-timeout` in milliseconds; NaN when it is malformed. */
export function timeoutMs(text: string): number {
  if (!/^\d{1,8}[HMSmun]$/.test(text)) return Number.NaN;
  return Math.ceil(Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? Number.NaN));
}
