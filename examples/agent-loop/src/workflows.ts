import { ActivityFailure, ApplicationFailure, defineQuery, proxyActivities, setHandler } from '@perdure/workflow';
import type { Activities } from './activities.ts';
import type { Message, ToolCall } from './model.ts';

const { think } = proxyActivities<Activities>({ startToCloseTimeout: '5 minutes', retry: { maximumAttempts: 5 } });
const { useTool } = proxyActivities<Activities>({ startToCloseTimeout: '1 minute', retry: { maximumAttempts: 3 } });

export const conversation = defineQuery<readonly Message[]>('conversation');

const MOST_TURNS = 10;

/** Answers a question, with as many tool calls as the model wants, but not more than ten turns. */
export async function agent(question: string): Promise<string> {
  const said: Message[] = [{ from: 'user', text: question }];
  setHandler(conversation, () => said);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const answer = await think(said);
    said.push(answer);
    if (answer.calls.length === 0) return answer.text;
    said.push(...(await Promise.all(answer.calls.map(resultOf))));
  }
  throw ApplicationFailure.nonRetryable(`no answer after ${MOST_TURNS} turns`, 'NoAnswer');
}

/** A tool that fails is something that the model should hear of, not the end of the conversation. */
async function resultOf({ tool, input }: ToolCall): Promise<Message> {
  try {
    return { from: 'tool', tool, text: await useTool(tool, input) };
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { from: 'tool', tool, text: `failed: ${error.cause?.message ?? error.message}` };
  }
}
