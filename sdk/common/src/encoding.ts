/**
 * UTF-8 in and out. The classes and functions lean on the platform's, which a Workflow's isolate has to provide: with them
 * a run has no codec of its own to evaluate. They are made at first use, for most runs that are rebuilt need none.
 */
type PlatformEncoder = { encode(text: string): Uint8Array; encodeInto(text: string, into: Uint8Array): Written };
type PlatformDecoder = { decode(bytes: Uint8Array | ArrayBuffer | SharedArrayBuffer): string };
type Written = { written: number; read: number };

let encoder: PlatformEncoder | undefined;
let decoder: PlatformDecoder | undefined;

function platformEncoder(): PlatformEncoder {
  encoder ??= new globalThis.TextEncoder();
  return encoder;
}

function platformDecoder(): PlatformDecoder {
  // Without `ignoreBOM` a leading byte order mark would be dropped, and the text would not be the one that was sent.
  decoder ??= new globalThis.TextDecoder('utf-8', { ignoreBOM: true }) as PlatformDecoder;
  return decoder;
}

/** The bytes of a text. `undefined` counts as the empty text. */
export function encode(s: string): Uint8Array {
  const bytes = platformEncoder().encode(s);
  // Inside an isolate the encoder is another realm's; its bytes would be no `instanceof Uint8Array` there.
  return bytes instanceof Uint8Array ? bytes : rewrap(bytes);
}

/** The text of bytes; what is not UTF-8 becomes the replacement character. */
export function decode(a: Uint8Array): string {
  return platformDecoder().decode(a);
}

function rewrap(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export class TextEncoder {
  encode(inputString: string): Uint8Array {
    return encode(inputString);
  }

  encodeInto(inputString: string, u8Arr: Uint8Array): { written: number; read: number } {
    return platformEncoder().encodeInto(inputString, u8Arr);
  }
}

export class TextDecoder {
  decode(inputArrayOrBuffer: Uint8Array | ArrayBuffer | SharedArrayBuffer): string {
    return platformDecoder().decode(inputArrayOrBuffer);
  }
}
