import type { Callback } from '@perdure/api/common';
import { invalidArgument, unimplemented } from '../kernel/errors.ts';

/**
 * Refuses callbacks that cannot be delivered. Addresses outside have to be allowed, and none are; those inside of the
 * server belong to Nexus operations, which are not built yet.
 */
export function checkCallbacks(callbacks: readonly Callback[]): void {
  for (const { nexus } of callbacks) {
    if (!nexus) throw unimplemented('unknown callback variant: <nil>');
    const url = URL.parse(nexus.url);
    if (!url) throw invalidArgument(`invalid callback url: ${nexus.url}`);
    if (url.protocol === 'temporal:')
      throw unimplemented('Callbacks of Nexus operations are not supported by this server yet.');
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw invalidArgument(`invalid url: unknown scheme: ${nexus.url}`);
    if (url.host === '') throw invalidArgument('invalid url: missing host');
    throw invalidArgument(`invalid url: url does not match any configured callback address: ${nexus.url}`);
  }
}
