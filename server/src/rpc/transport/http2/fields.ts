/** A header field, once it is known whether it is one that HTTP/2 allows. */
export interface Field {
  readonly name: string;
  readonly value: string;
  readonly proper: boolean;
}

/** What HTTP/1 says of connections, and HTTP/2 may not (RFC 9113, section 8.2.2). */
const ofConnections: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** A field as it came. Whether it is proper is looked at once, for as long as both sides remember it. */
export const fieldOf = (name: string, value: string): Field => ({ name, value, proper: isProper(name, value) });

const isProper = (name: string, value: string): boolean =>
  isName(name) && isValue(value) && !ofConnections.has(name) && (name !== 'te' || value === 'trailers');

/** A token of HTTP without capitals, behind a colon if it is none of the user's. */
export const isName = (name: string): boolean => /^:?[!#-'*+.^-z|~\d-]+$/.test(name);

const isValue = (value: string): boolean => !/[\0\r\n]/.test(value);
