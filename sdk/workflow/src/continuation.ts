import type {
  Duration,
  InitialVersioningBehavior,
  PayloadTypeInfo,
  SearchAttributePair,
  SearchAttributes,
  TypedSearchAttributes,
  VersioningIntent,
} from '@perdure/common';
import { SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';
import type { coresdk } from '@perdure/proto';
import type { EventGroupMarker } from './event-group-marker.ts';

type Markers = NonNullable<coresdk.workflow_commands.IWorkflowCommand['eventGroupMarkers']>;

/**
 * Not a failure: how `continueAsNew` ends the workflow function. Code that catches everything can tell it by
 * `instanceof` and must throw it on; there is no reason to make one.
 */
export class ContinueAsNew extends Error {
  public readonly command: coresdk.workflow_commands.IContinueAsNewWorkflowExecution;
  public readonly eventGroupMarkers: Markers | undefined;

  /** @internal */
  constructor(command: coresdk.workflow_commands.IContinueAsNewWorkflowExecution, eventGroupMarkers?: Markers) {
    super('Workflow continued as new');
    this.command = command;
    this.eventGroupMarkers = eventGroupMarkers;
  }
}
SymbolBasedInstanceOfError('ContinueAsNew')(ContinueAsNew);

/** How the next run differs from this one. What is left out stays as it is. */
export interface ContinueAsNewOptions {
  workflowType?: string | undefined;
  taskQueue?: string | undefined;
  /** How long the next run may take: milliseconds or a text such as `'1 day'`. */
  workflowRunTimeout?: Duration | undefined;
  /** How long a workflow task may take: milliseconds or a text such as `'10s'`. */
  workflowTaskTimeout?: Duration | undefined;
  /** How long to wait before the next run's first task: milliseconds or a text such as `'1 minute'`. */
  backoffStartInterval?: Duration | undefined;
  /** Attributes that are not indexed. */
  memo?: Record<string, unknown> | undefined;
  /**
   * Indexed attributes.
   *
   * @deprecated Use {@link typedSearchAttributes}.
   */
  searchAttributes?: SearchAttributes | undefined;
  /** Indexed attributes; where {@link searchAttributes} name the same, these hold. They are stored in the clear. */
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes | undefined;
  /**
   * Whether the next run goes to a worker with a compatible build id. Default: `'COMPATIBLE'`.
   *
   * @deprecated Use worker deployments.
   */
  versioningIntent?: VersioningIntent | undefined;
  /**
   * How the next run's first task is given a version.
   *
   * @experimental
   */
  initialVersioningBehavior?: InitialVersioningBehavior | undefined;
  /**
   * How the arguments are converted. Default: as this workflow's own, if the next run is of the same type.
   *
   * @experimental
   */
  typeInfo?: Pick<PayloadTypeInfo, 'inputTypes'> | undefined;
  /**
   * What groups the last event of this run belongs to, besides those in force.
   *
   * @experimental
   */
  eventGroups?: EventGroupMarker[] | undefined;
}
