import { TimeoutType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { readFailure } from '../../kernel/read-failure.ts';

/** Failures that the server itself makes, and how one that is too large is cut down. */

const timeoutNames: Readonly<Record<TimeoutType, string>> = {
  [TimeoutType.UNSPECIFIED]: 'Unspecified',
  [TimeoutType.START_TO_CLOSE]: 'StartToClose',
  [TimeoutType.SCHEDULE_TO_START]: 'ScheduleToStart',
  [TimeoutType.SCHEDULE_TO_CLOSE]: 'ScheduleToClose',
  [TimeoutType.HEARTBEAT]: 'Heartbeat',
};

/** Names of timeouts as failures spell them. */
export const timeoutName = (type: TimeoutType): string => timeoutNames[type];

export interface TimeoutDetails {
  readonly lastHeartbeatDetails?: Uint8Array | null;
  readonly cause?: Uint8Array | null;
}

export function timeoutFailure(message: string, timeoutType: TimeoutType, details: TimeoutDetails = {}): Uint8Array {
  const { lastHeartbeatDetails, cause } = details;
  return Failure.encode({
    message,
    source: 'Server',
    cause,
    timeoutFailureInfo: { timeoutType, lastHeartbeatDetails },
  });
}

export function serverFailure(message: string, nonRetryable: boolean, cause: Uint8Array | null = null): Uint8Array {
  return Failure.encode({ message, cause, serverFailureInfo: { nonRetryable } });
}

const MOST_CAUSES = 20;
/** What a field costs besides its text. */
const FIELD_BYTES = 4;
const INFO_BYTES = 8;

/**
 * About `maxBytes` of a failure: its texts, those of its causes, and what decides about retries. Details are left out.
 * Reference: common/failure.
 */
export function truncateFailure(bytes: Uint8Array, maxBytes: number, maxCauses = MOST_CAUSES): Uint8Array {
  const { applicationFailureInfo: application, serverFailureInfo: server, ...failure } = readFailure(bytes);
  let left = maxBytes;
  const cut = (text: string): string => {
    const kept = truncateText(text, left);
    left -= kept === '' ? 0 : Buffer.byteLength(kept) + FIELD_BYTES;
    return kept;
  };
  const type = application ? cut(application.type) : '';
  if (application) left -= INFO_BYTES;
  else if (server) left -= FIELD_BYTES;
  const source = cut(failure.source);
  const message = cut(failure.message);
  const stackTrace = cut(failure.stackTrace);
  const mayHaveCause = failure.cause !== null && left > FIELD_BYTES && maxCauses > 0;
  return Failure.encode({
    source,
    message,
    stackTrace,
    cause: mayHaveCause && failure.cause ? truncateFailure(failure.cause, left - FIELD_BYTES, maxCauses - 1) : null,
    applicationFailureInfo: application && { type, nonRetryable: application.nonRetryable },
    serverFailureInfo: application ? null : server && { nonRetryable: server.nonRetryable },
  });
}

/** At most so many bytes of a text, without cutting a character in two. */
function truncateText(text: string, maxBytes: number): string {
  if (maxBytes <= 0) return '';
  if (text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
