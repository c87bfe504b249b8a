import type { Duration, SerializationContext, Timestamp } from '@perdure/common';
import { msToTs } from '@perdure/common/lib/time';
import { userMetadataToPayload } from '@perdure/common/lib/user-metadata';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from './activator-state.ts';
import type { EventGroupMarker } from './event-group-marker.ts';
import { eventGroupMarkersToProto } from './event-groups.ts';
import { currentCancellation } from './execution-scope.ts';
import { untrackPromise } from './stack-helpers.ts';

/*
 * What everything that code asks the worker for has in common: it belongs to a cancellation scope, and its command may
 * be annotated.
 */

/**
 * Ties an operation to the scope that it is begun in. Returns whether it is to be begun; in a scope that is cancelled
 * already it is not, and the operation's promise is rejected.
 */
export function linkToScope(reject: (reason: unknown) => void, onCancel: (reason: unknown) => void): boolean {
  const scope = currentCancellation();
  if (scope.consideredCancelled) {
    untrackPromise(scope.cancelRequested.catch(reject));
    return false;
  }
  if (scope.cancellable) untrackPromise(scope.cancelRequested.catch(onCancel));
  return true;
}

type Annotations = {
  readonly summary?: string | undefined;
  readonly details?: string | undefined;
  readonly context?: SerializationContext | undefined;
  readonly eventGroups?: EventGroupMarker[] | undefined;
};

/** Pushes a command with what users see of it, and the event groups it belongs to. */
export function pushAnnotated(
  activator: ActivatorState,
  command: coresdk.workflow_commands.IWorkflowCommand,
  { summary, details, context, eventGroups }: Annotations = {},
): void {
  const userMetadata = userMetadataToPayload(activator.payloadConverter, summary, details, context);
  const eventGroupMarkers = eventGroupMarkersToProto(eventGroups);
  if (userMetadata) command.userMetadata = userMetadata;
  if (eventGroupMarkers) command.eventGroupMarkers = eventGroupMarkers;
  activator.pushCommand(command);
}

/** A duration as a command has it; `null` leaves the field out. */
export function durationField(duration: Duration | null | undefined): Timestamp | null {
  return duration == null ? null : msToTs(duration);
}
