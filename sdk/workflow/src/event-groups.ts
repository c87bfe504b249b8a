import { defaultPayloadConverter } from '@perdure/common';
import type { temporal } from '@perdure/proto';
import type Long from 'long';
import type { EventGroupMarker } from './event-group-marker.ts';
import { executionScope, type MarkersInForce, runWithin } from './execution-scope.ts';
import { assertInWorkflowContext } from './global-attributes.ts';
import { sha1Hex } from './sha1.ts';

export type { EventGroupMarker } from './event-group-marker.ts';

type ProtoMarker = temporal.api.sdk.v1.IEventGroupMarker;

const noMarkers: MarkersInForce = { implicit: undefined, explicit: {} };

abstract class ScopedMarker implements EventGroupMarker {
  withScope<T>(fn: () => Promise<T>): Promise<T> {
    assertInWorkflowContext('EventGroupMarker.withScope(...) may only be used from a Workflow Execution');
    return runWithin({ markers: this.over(executionScope().markers ?? noMarkers) }, fn);
  }

  /** The markers that are in force within its scope. */
  protected abstract over(outer: MarkersInForce): MarkersInForce;
}

/** What came in from outside and set off the commands. Without a marker, what its scope shuts out is all it does. */
class InboundMarker extends ScopedMarker {
  readonly #marker: ProtoMarker | undefined;

  constructor(marker: ProtoMarker | undefined) {
    super();
    this.#marker = marker;
  }

  protected override over(): MarkersInForce {
    const marker = this.#marker;
    return { implicit: marker && { toProto: () => marker }, explicit: {} };
  }
}

class LabelMarker extends ScopedMarker {
  readonly id: string;
  readonly label: string;

  constructor(id: string, label: string) {
    super();
    this.id = id;
    this.label = label;
  }

  protected override over({ implicit, explicit }: MarkersInForce): MarkersInForce {
    return { implicit, explicit: { ...explicit, [this.id]: this } };
  }

  toProto(): ProtoMarker {
    // The default converter and not the worker's: who shows the history must be able to read it.
    return { label: { id: this.id, label: defaultPayloadConverter.toPayload(this.label) } };
  }
}

/**
 * Makes a group that commands can be put in, by their option `eventGroups` or by `withScope`.
 *
 * @param label What users are shown. It goes through the worker's codecs, but not through its payload converter.
 * @param options.id What tells groups apart; of two labels with the same id the first is shown. It is stored in the
 *   clear. Default: a hash of the label and the run's original id, from which a short label could be guessed.
 * @experimental
 */
export function createEventGroup(label: string, options?: { id?: string | undefined }): EventGroupMarker {
  const { info } = assertInWorkflowContext('createEventGroup(...) may only be used from a Workflow Execution');
  return new LabelMarker(options?.id ?? sha1Hex(`${info.originalExecutionRunId}${label}`), label);
}

/** Marks what a signal sets off. @internal */
export function createInboundEventMarker(eventId: Long | null | undefined): EventGroupMarker {
  const isKnown = eventId != null && Number(eventId) > 0;
  return new InboundMarker(isKnown ? { inboundEvent: { inboundEventId: eventId } } : undefined);
}

/** Marks what an update sets off. @internal */
export function createInboundUpdateMarker(updateId: string): EventGroupMarker {
  return new InboundMarker({ inboundUpdate: { inboundUpdateId: updateId } });
}

/** The markers of a command: those given and those in force, each id once; `undefined` if there are none. @internal */
export function eventGroupMarkersToProto(given: EventGroupMarker[] | undefined): ProtoMarker[] | undefined {
  const { markers } = executionScope();
  if (markers === undefined && (given === undefined || given.length === 0)) return undefined;
  const { implicit, explicit } = markers ?? noMarkers;
  const merged = { ...explicit };
  for (const marker of given ?? []) {
    if (!(marker instanceof LabelMarker)) {
      throw new Error('Directly attached Event Group Markers must be instances of ExplicitEventGroupMarkerImpl');
    }
    merged[marker.id] = marker;
  }
  const all = [...(implicit ? [implicit] : []), ...Object.values(merged)];
  return all.length === 0 ? undefined : all.map((marker) => marker.toProto());
}
