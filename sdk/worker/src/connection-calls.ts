import { Reader } from 'protobufjs/minimal.js';

/** Which calls wait at the server until there is something to say. */
const longPolls = new Set([
  'PollWorkflowTaskQueue',
  'PollActivityTaskQueue',
  'PollNexusTaskQueue',
  'PollWorkflowExecutionUpdate',
  'UpdateWorkflowExecution',
]);

/** And which do if they are asked to, by a flag with this number in their request. */
const waitFlags: Readonly<Record<string, number>> = { GetWorkflowExecutionHistory: 5 };

/** The name of the method that a path ends in. */
export const methodName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether the call may take as long as a long poll does. */
export function isLongPoll(path: string, request: Uint8Array): boolean {
  const name = methodName(path);
  if (longPolls.has(name)) return true;
  const flag = waitFlags[name];
  return flag !== undefined && hasFlag(request, flag);
}

/** Whether a message has a field of this number that is not 0. Nothing of it is decoded that need not be. */
function hasFlag(encoded: Uint8Array, field: number): boolean {
  const reader = Reader.create(encoded);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === field << 3) return reader.bool();
    reader.skipType(tag & 7);
  }
  return false;
}
