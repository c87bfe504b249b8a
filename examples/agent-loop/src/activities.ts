import { ApplicationFailure } from '@perdure/common';
import type { Message, Model } from './model.ts';

export type Tools = Readonly<Record<string, (input: string) => Promise<string>>>;
export type Activities = ReturnType<typeof createActivities>;

export function createActivities(model: Model, tools: Tools) {
  return {
    /** One turn of the model. */
    think: (conversation: readonly Message[]) => model(conversation),

    /** What a tool finds. A tool that does not exist is the model's mistake, and trying again does not help. */
    async useTool(tool: string, input: string): Promise<string> {
      const found = tools[tool];
      if (found === undefined) throw ApplicationFailure.nonRetryable(`there is no tool ${tool}`, 'NoSuchTool');
      return found(input);
    },
  };
}
