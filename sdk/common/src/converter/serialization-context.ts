/**
 * The payload belongs to a Workflow. If a Workflow deals with another one (a child, an external one), that is the other.
 *
 * @experimental
 */
export interface WorkflowSerializationContext {
  type: 'workflow';
  namespace: string;
  workflowId: string;
}

/**
 * The payload belongs to an Activity: its arguments, its result, its heartbeats' details or its failure.
 *
 * @experimental
 */
export interface ActivitySerializationContext {
  type: 'activity';
  namespace: string;
  /** In a Workflow that schedules it, the id that it asked for or the one that it was given. */
  activityId?: string | undefined;
  /** The Workflow that scheduled it, if one did. */
  workflowId?: string | undefined;
  isLocal: boolean;
}

/**
 * Whose payload is converted.
 *
 * @experimental
 */
export type SerializationContext = WorkflowSerializationContext | ActivitySerializationContext;
