import type { Any } from '@perdure/common/lib/any';
import type { WorkflowInfo } from './workflow-info.ts';

/** A function outside the isolate. It cannot give anything back, for that would not be the same on replay. */
export type SinkFunction = (...args: Any[]) => void;

/** Functions of a sink, by name. */
export type Sink = Record<string, SinkFunction>;

/** Sinks by name. */
export type Sinks = Record<string, Sink>;

/** A call of a sink, to be carried out when the activation is over. */
export interface SinkCall {
  ifaceName: string;
  fnName: string;
  args: Any[];
  /** As it was at the time of the call. */
  workflowInfo: WorkflowInfo;
}
