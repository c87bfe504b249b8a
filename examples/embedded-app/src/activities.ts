import { appendFile } from 'node:fs/promises';

export type Activities = ReturnType<typeof createActivities>;

/** Steps leave a line each in a file, for whoever wants to see that none was done twice. */
export function createActivities(logFile: string) {
  return {
    async step(orderId: string, stage: string): Promise<void> {
      await appendFile(logFile, `${orderId} ${stage}\n`);
    },
  };
}
