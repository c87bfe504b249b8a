/**
 * Tests of workflows and activities: environments with a server in this process, on real time or on time that is skipped.
 * @module
 */
import { fileURLToPath } from 'node:url';

export { type ClientOptionsForTestEnv, TimeSkippingWorkflowClient } from './client.ts';
export type { DevServerConfig, EphemeralServerExecutable, TimeSkippingServerConfig } from './ephemeral-server.ts';
export {
  defaultActivityInfo,
  MockActivityEnvironment,
  type MockActivityEnvironmentOptions,
} from './mocking-activity-environment.ts';
export {
  type ExistingServerConnectionOptions,
  type ExistingServerTestWorkflowEnvironmentOptions,
  type LocalTestWorkflowEnvironmentOptions,
  type NexusEndpointIdentifier,
  TestWorkflowEnvironment,
  type TimeSkippingTestWorkflowEnvironmentOptions,
} from './testing-workflow-environment.ts';

/** For `workflowInterceptorModules` of workers: assertions in workflow code that do not hold fail the workflow. */
export const workflowInterceptorModules: string[] = [
  fileURLToPath(new URL('./assert-to-failure-interceptor', import.meta.url)),
];
