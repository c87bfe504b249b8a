/** What a workflow thread and the worker's own say to each other. */
import type { HistoryPageRequest, LocalActivityOutcome, WorkflowTaskAnswer } from '../host.ts';
import type { RunnerOptions } from '../runner/state.ts';
import type { PortableSinkCall } from './sink-calls.ts';

/** What a thread begins with, once it is known: it is started before that. */
export type ThreadStart = {
  readonly options: RunnerOptions;
  readonly asksForPatches: boolean;
  /** What the thread is doing, for the watchdog. */
  readonly activity: SharedArrayBuffer;
};

export type ToThread =
  | { readonly kind: 'begin'; readonly start: ThreadStart }
  | { readonly kind: 'task'; readonly id: number; readonly task: Uint8Array }
  | {
      readonly kind: 'answered';
      readonly runId: string;
      readonly resetHistoryEventId: number;
      readonly failed: boolean;
    }
  | { readonly kind: 'page'; readonly id: number; readonly page: Uint8Array }
  | { readonly kind: 'local activity'; readonly id: number; readonly outcome: LocalActivityOutcome }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }
  | { readonly kind: 'evict all'; readonly id: number }
  | { readonly kind: 'shut down' };

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unfit'; readonly error: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: WorkflowTaskAnswer }
  | { readonly kind: 'page'; readonly id: number; readonly request: HistoryPageRequest }
  | {
      readonly kind: 'local activity';
      readonly id: number;
      readonly workflowId: string;
      readonly runId: string;
      readonly workflowType: string;
      /** An encoded `coresdk.workflow_commands.ScheduleLocalActivity`. */
      readonly schedule: Uint8Array;
    }
  | { readonly kind: 'cancel local activities'; readonly runId: string; readonly seqs: readonly number[] | 'all' }
  | { readonly kind: 'sink calls'; readonly calls: readonly PortableSinkCall[] }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'cached runs'; readonly count: number }
  | { readonly kind: 'run forced out' }
  | { readonly kind: 'evicted'; readonly id: number }
  | { readonly kind: 'patch'; readonly question: PatchQuestion };

/** A thread stands still until its question is answered in the buffer. */
export type PatchQuestion = {
  readonly workflowInfo: PortableSinkCall['workflowInfo'];
  readonly patchId: string;
  readonly answer: SharedArrayBuffer;
};
