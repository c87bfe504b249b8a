import type { Field } from './fields.ts';
import { ErrorCode, StreamError } from './frames.ts';

/** The most a client may say ahead of its request, in bytes as RFC 9113 counts them (section 6.5.2). */
export const MAX_HEADER_LIST_BYTES = 64 * 1024;
const FIELD_BYTES = 32;
const COLON = 0x3a;

/** The head of a request, as its fields come. */
export class RequestHead {
  method: string | undefined;
  path: string | undefined;
  scheme: string | undefined;
  authority: string | undefined;
  /** The fields that do not begin with a colon. A repeated name's values are joined with `, `. */
  readonly headers = new Map<string, string>();
  #bytes = 0;
  #fault: string | undefined;

  /** The next field. */
  take({ name, value, proper }: Field): void {
    this.#bytes += name.length + value.length + FIELD_BYTES;
    // What is too large is read to its end, because later heads may refer to it, but not kept.
    if (this.#bytes > MAX_HEADER_LIST_BYTES || this.#fault !== undefined) return;
    if (!proper) this.#fault = `the field ${name} may not be there`;
    if (name.charCodeAt(0) === COLON) return this.#takePseudo(name, value);
    const before = this.headers.get(name);
    this.headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }

  /** Throws a `StreamError` for a head that no request may have (RFC 9113, section 8.3). */
  check(): void {
    if (this.#bytes > MAX_HEADER_LIST_BYTES) throw new StreamError(ErrorCode.enhanceYourCalm, 'too many header fields');
    const fault = this.method && this.scheme && this.path ? this.#fault : 'a field is missing';
    if (fault !== undefined) throw new StreamError(ErrorCode.protocolError, `a malformed head: ${fault}`);
  }

  /** The same for what comes behind a request. */
  checkTrailers(): void {
    const fault = (this.method ?? this.path ?? this.scheme ?? this.authority) ? 'a field of requests' : this.#fault;
    if (fault !== undefined) throw new StreamError(ErrorCode.protocolError, `malformed trailers: ${fault}`);
  }

  #takePseudo(name: string, value: string): void {
    const field = name.slice(1);
    if (!isPseudo(field) || this[field] !== undefined || this.headers.size > 0)
      this.#fault = `the field ${name} may not be there`;
    else this[field] = value;
  }
}

type Pseudo = 'method' | 'path' | 'scheme' | 'authority';

const isPseudo = (field: string): field is Pseudo =>
  field === 'method' || field === 'path' || field === 'scheme' || field === 'authority';
