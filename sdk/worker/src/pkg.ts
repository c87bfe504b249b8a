import { clientName, clientVersion } from '@perdure/client/lib/version';

/** This package. */
export const pkg = { name: '@perdure/worker', version: '0.1.0' } as const;

/** How workers call themselves in histories: by the SDK whose behaviour they have. */
export const sdk = { name: clientName, version: clientVersion } as const;
