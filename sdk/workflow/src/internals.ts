/** The state of a run, under the name that it has in the official package. */
export {
  Activator,
  type Completion,
  type Completions,
  type Condition,
  type MessageHandlerExecution,
} from './activator.ts';
export type { PromiseStackStore, Stack } from './stack-trace.ts';
