import { Payload, Payloads } from '@perdure/api/common';

/** One JSON value as encoded `Payloads`. */
export const toPayloads = (value: unknown): Uint8Array => {
  const data = Buffer.from(JSON.stringify(value ?? null));
  return Payloads.encode({
    payloads: [Payload.encode({ metadata: { encoding: Buffer.from('json/plain') }, data })],
  });
};

/** The first value of encoded `Payloads`; undefined when there is none. */
export function fromPayloads(bytes: Uint8Array | null): unknown {
  const [first] = bytes ? Payloads.decode(bytes).payloads : [];
  return first && JSON.parse(Buffer.from(Payload.decode(first).data).toString());
}
