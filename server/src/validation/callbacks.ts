import type { Callback } from '@perdure/api/common';
import { invalidArgument, unimplemented } from '../kernel/errors.ts';
import type { CallbackAddress, Limits } from '../kernel/limits.ts';

/**
 * The callbacks as they are kept, with the names of their headers in small letters. Refuses those that may not be
 * delivered: addresses outside have to be allowed, and those inside of the server belong to Nexus operations, which are
 * not built yet.
 */
export function checkedCallbacks(callbacks: readonly Callback[], limits: Limits): Callback[] {
  if (callbacks.length > limits.maxCallbacks)
    throw invalidArgument(`cannot attach more than ${limits.maxCallbacks} callbacks to an execution`);
  return callbacks.map((callback) => {
    const { nexus } = callback;
    if (!nexus) throw unimplemented('unknown callback variant: <nil>');
    if (Buffer.byteLength(nexus.url) > limits.maxCallbackUrlLength)
      throw invalidArgument(`invalid url: url length longer than max length allowed of ${limits.maxCallbackUrlLength}`);
    checkAddress(nexus.url, limits.callbackAddresses);
    return { ...callback, nexus: { ...nexus, header: checkedHeader(nexus.header, limits.maxCallbackHeaderSize) } };
  });
}

function checkAddress(address: string, allowed: readonly CallbackAddress[]): void {
  const url = URL.parse(address);
  if (!url) throw invalidArgument(`invalid callback url: ${address}`);
  if (url.protocol === 'temporal:')
    throw unimplemented('Callbacks of Nexus operations are not supported by this server yet.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw invalidArgument(`invalid url: unknown scheme: ${address}`);
  if (url.host === '') throw invalidArgument('invalid url: missing host');
  for (const { pattern, allowInsecure } of allowed) {
    if (!matches(pattern, url.host)) continue;
    if (url.protocol === 'https:' || allowInsecure) return;
    throw invalidArgument(`invalid url: callback address does not allow insecure connections: ${address}`);
  }
  throw invalidArgument(`invalid url: url does not match any configured callback address: ${address}`);
}

/** A star stands for anything, also for nothing. */
function matches(pattern: string, host: string): boolean {
  const literals = pattern.split('*').map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`, 's').test(host);
}

function checkedHeader(header: Readonly<Record<string, string>>, maxSize: number): Record<string, string> {
  let size = 0;
  const lowered: [string, string][] = [];
  for (const [name, value] of Object.entries(header)) {
    size += Buffer.byteLength(name) + Buffer.byteLength(value);
    lowered.push([name.toLowerCase(), value]);
  }
  if (size > maxSize) throw invalidArgument(`invalid header: header size longer than max allowed size of ${maxSize}`);
  return Object.fromEntries(lowered);
}
