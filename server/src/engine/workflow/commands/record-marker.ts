import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { addEvent } from '../events.ts';
import { fieldsSize } from '../fields.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused, terminating } from './command.ts';
import { idTooLong } from './id-length.ts';

/** RECORD_MARKER: written into history for the worker to read again at replay; it means nothing to the server. */
export const recordMarker: ApplyCommand = (t, command, completion) => {
  const cause = Cause.BAD_RECORD_MARKER_ATTRIBUTES;
  const attributes = command.recordMarkerCommandAttributes;
  if (!attributes) return refused(cause, 'RecordMarkerCommandAttributes is not set on RecordMarkerCommand.');
  const { markerName, details, header, failure } = attributes;
  if (markerName === '') return refused(cause, 'MarkerName is not set on RecordMarkerCommand.');
  const tooLong = idTooLong('MarkerName', markerName, 'RecordMarkerCommand', t.limits);
  if (tooLong !== null) return refused(cause, tooLong);
  if (fieldsSize(details) > t.limits.blobSizeError)
    return terminating(cause, 'RecordMarkerCommandAttributes.Details exceeds size limit.');
  addEvent(t, EventType.MARKER_RECORDED, {
    markerRecordedEventAttributes: {
      markerName,
      details,
      workflowTaskCompletedEventId: completion.completedEventId,
      header,
      failure,
    },
    ...outerFields(command),
  });
  return null;
};
