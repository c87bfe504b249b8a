/** A value of metadata: bytes for names that end in `-bin`. */
export type MetadataValue = string | Buffer;

/** What came with an answer: headers and trailers. Names are in lower case. */
export class GrpcMetadata {
  readonly #values: ReadonlyMap<string, readonly MetadataValue[]>;

  constructor(values: Iterable<readonly [string, readonly MetadataValue[]]> = []) {
    this.#values = new Map(values);
  }

  /** All values that the name was sent with; none when it was not. */
  get(name: string): MetadataValue[] {
    return [...(this.#values.get(name.toLowerCase()) ?? [])];
  }

  /** The first value of every name. */
  getMap(): Record<string, MetadataValue> {
    const entries = [...this.#values].flatMap(([name, [first]]) =>
      first === undefined ? [] : [[name, first] as const],
    );
    return Object.fromEntries(entries);
  }

  toJSON(): Record<string, MetadataValue[]> {
    return Object.fromEntries([...this.#values].map(([name, values]) => [name, [...values]]));
  }
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined | number>>;

/** The metadata among the headers of an answer. What belongs to HTTP or gRPC itself is left out. */
export function metadataOf(...parts: readonly (Headers | undefined)[]): GrpcMetadata {
  const values = new Map<string, MetadataValue[]>();
  for (const part of parts) {
    if (part === undefined) continue;
    for (const name of Object.keys(part)) {
      if (isProtocol(name)) continue;
      const value = part[name];
      if (value === undefined) continue;
      const all = values.get(name) ?? [];
      all.push(...valuesOf(name, value));
      values.set(name, all);
    }
  }
  return new GrpcMetadata(values);
}

/** `grpc-status-details-bin` is metadata all the same: callers read the details of a refusal from it. */
const isProtocol = (name: string): boolean =>
  name.startsWith(':') || name === 'content-type' || name === 'grpc-status' || name === 'grpc-message';

function valuesOf(name: string, value: string | readonly string[] | number): MetadataValue[] {
  const texts = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
  if (!name.endsWith('-bin')) return [...texts];
  return texts.flatMap((text) => text.split(',')).map((text) => Buffer.from(text.trim(), 'base64'));
}
