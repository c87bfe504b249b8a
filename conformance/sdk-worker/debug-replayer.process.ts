/** What a debugger's extension starts. */
import { startDebugReplayer } from '@perdure/worker';

startDebugReplayer({ workflowsPath: new URL('./workflows.ts', import.meta.url).pathname });
