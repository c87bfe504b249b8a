/** Measures the subjects of a plan one after the other, and sends each row to the process that asked for it. */
import type { Client } from '@temporalio/client';
import { type LoadOptions, type Measured, measure, type Pids } from './load.ts';
import { subjectsOf, type Theme } from './subjects.ts';

export interface Plan {
  readonly theme: Theme;
  readonly quick: boolean;
  /** Measures only subjects whose name contains this. */
  readonly only: string;
  readonly taskQueue: string;
  readonly pids: Pids;
}

/** What was measured of one subject; `null` ends the rows. */
export type Row = { readonly name: string; readonly inFlight: number; readonly measured: Measured };

export async function measureSubjects(client: Client, { theme, quick, only, taskQueue, pids }: Plan): Promise<void> {
  for (const { name, inFlight, prepare } of subjectsOf(theme, quick)) {
    if (!name.includes(only)) continue;
    for (const lanes of inFlight) {
      const options: LoadOptions = { inFlight: lanes, measureMs: quick ? 1_500 : 6_000, pids };
      const operation = await prepare(client, taskQueue, lanes);
      process.send?.({ name, inFlight: lanes, measured: await measure(operation.run, options) } satisfies Row);
      await operation.done();
    }
  }
  process.send?.(null);
}
