import type { EventType } from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import type { Transition } from '../transition.ts';

/** Changes the state as an event says. The transition's time is that of the event. */
export type Fold = (t: Transition, event: HistoryEvent) => void;
export type Folds = readonly (readonly [EventType, Fold])[];

/** The attributes that an event of this type must have. */
export function need<T>(attributes: T | null, event: HistoryEvent): T {
  if (attributes === null) throw new Error(`event ${event.eventId} of type ${event.eventType} has no attributes`);
  return attributes;
}
