/** Warnings of large payloads in what clients send over a connection. The server decides what is too much. */
import type { Logger } from '@perdure/common';
import { temporal } from '@perdure/proto';
import { describeOversized, findOversized, leastLimit, noPayloadLimits } from './codec/payload-limits.ts';
import { asType } from './codec/payload-walk.ts';
import { methodName } from './connection-calls.ts';
import type { NativeClient } from './connection-client.ts';

const messages: Readonly<Record<string, unknown>> = temporal.api.workflowservice.v1;

/** Says in the log if payloads or memos of a request are larger than they should be. `path` is that of the method. */
export function warnOfSize(
  path: string,
  request: Uint8Array,
  { payloadsWarnSize: payloadsWarn, memoWarnSize: memoWarn }: NativeClient['payloadLimits'],
  logger: Logger,
): void {
  const limits = { ...noPayloadLimits, payloadsWarn, memoWarn };
  if (request.length <= leastLimit(limits)) return;
  const message = messages[`${methodName(path)}Request`];
  if (message === undefined) return;
  const type = asType(message);
  void findOversized(type.decode(request), type, limits).then((found) => {
    if (found)
      logger.warn(describeOversized(found), { method: methodName(path), size: found.size, limit: found.limit });
  });
}
