import { proxySinks, type Sinks, sleep } from '@temporalio/workflow';

export interface Diary extends Sinks {
  diary: { write(line: string): void };
}

const { diary } = proxySinks<Diary>();

/** Writes before, between and after its timers. */
export async function keepsDiary(): Promise<void> {
  diary.write('first');
  await sleep(20);
  diary.write('second');
  await sleep(20);
  diary.write('third');
}
