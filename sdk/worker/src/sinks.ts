/**
 * The worker's end of sinks: functions that workflows can call to the outside, without an answer, so that calls and
 * what comes of them cannot change what a workflow does.
 * @module
 */
import type { Sink, SinkFunction, Sinks, WorkflowInfo } from '@perdure/workflow';

/** A sink function, and when to call it. */
export interface InjectedSinkFunction<F extends SinkFunction> {
  /** Called with the workflow's info and the arguments of the call. What it throws is logged. */
  fn(info: WorkflowInfo, ...args: Parameters<F>): void | Promise<void>;
  /** Whether to call it for what a workflow did before, too, when its history is replayed. Default: false. */
  callDuringReplay?: boolean;
}

/** Functions of one sink, by name. */
export type InjectedSink<T extends Sink> = {
  [P in keyof T]: InjectedSinkFunction<T[P]>;
};

/** Sinks by name, as given to a worker. */
export type InjectedSinks<T extends Sinks> = {
  [P in keyof T]: InjectedSink<T[P]>;
};
