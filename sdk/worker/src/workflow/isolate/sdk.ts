import type * as overrides from '@perdure/workflow/lib/global-overrides';
import type * as api from '@perdure/workflow/lib/worker-interface';

/** What an isolate calls of the workflow package that is in it. */
export type Sdk = typeof api & typeof overrides;

export type Activator = NonNullable<ReturnType<typeof api.maybeGetActivator>>;
