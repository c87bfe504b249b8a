import { WorkflowTaskFailedCause } from '@perdure/api/enums';
import { handleMessage } from '../machines/update.ts';
import type { ApplyCommand } from './command.ts';
import { refused } from './command.ts';

const CAUSE = WorkflowTaskFailedCause.BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE;

/** Says where among the commands a message of the same completion belongs. */
export const protocolMessage: ApplyCommand = (t, command, { messages }) => {
  const attributes = command.protocolMessageCommandAttributes;
  if (!attributes) return refused(CAUSE, 'ProtocolMessageCommandAttributes is not set on ProtocolMessageCommand.');
  const { messageId } = attributes;
  if (messageId === '') return refused(CAUSE, 'MessageID is not set on ProtocolMessageCommand.');
  const message = messages.get(messageId);
  if (!message) return refused(CAUSE, `ProtocolMessageCommand referenced absent message ID ${messageId}`);
  messages.delete(messageId);
  return handleMessage(t, message);
};
