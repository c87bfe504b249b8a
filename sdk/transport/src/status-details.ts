/** A message that says more about a refusal: its full name and its encoded form. */
export interface StatusDetail {
  readonly typeName: string;
  readonly value: Uint8Array;
}

export interface StatusDetails {
  readonly code: number;
  readonly message: string;
  readonly details: readonly StatusDetail[];
}

const LENGTH_DELIMITED = 2;

/**
 * A `google.rpc.Status { int32 code = 1; string message = 2; repeated google.protobuf.Any details = 3 }`, as it travels
 * in `grpc-status-details-bin`.
 */
export function encodeStatusDetails({ code, message, details }: StatusDetails): Buffer {
  const packed = details.map(({ typeName, value }) =>
    field(3, Buffer.concat([field(1, Buffer.from(`type.googleapis.com/${typeName}`)), field(2, value)])),
  );
  return Buffer.concat([Buffer.from([1 << 3]), varint(code), field(2, Buffer.from(message)), ...packed]);
}

/** A field that holds a length and so many bytes. */
const field = (id: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([(id << 3) | LENGTH_DELIMITED]), varint(content.length), content]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
