import type { HandlerUnfinishedPolicy, QueryDefinition, SignalDefinition, UpdateDefinition } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';

/** The function that can handle what a definition defines. */
export type Handler<
  Ret,
  Args extends Any[],
  T extends UpdateDefinition<Ret, Args> | SignalDefinition<Args> | QueryDefinition<Ret, Args>,
> =
  T extends UpdateDefinition<infer R, infer A>
    ? (...args: A) => R | Promise<R>
    : T extends SignalDefinition<infer A>
      ? (...args: A) => void | Promise<void>
      : T extends QueryDefinition<infer R, infer A>
        ? (...args: A) => R
        : never;

/** Handles signals that no other handler is there for. */
export type DefaultSignalHandler = (signalName: string, ...args: unknown[]) => void | Promise<void>;

/** Handles updates that no other handler is there for. */
export type DefaultUpdateHandler = (updateName: string, ...args: unknown[]) => Promise<unknown> | unknown;

/** Answers queries that no other handler is there for. */
export type DefaultQueryHandler = (queryName: string, ...args: unknown[]) => unknown;

/** Throws if an update is not to be accepted. It may neither wait nor change anything. */
export type UpdateValidator<Args extends Any[]> = (...args: Args) => void;

export type QueryHandlerOptions = {
  /** Shown to who asks what the workflow answers. */
  description?: string | undefined;
};

export type SignalHandlerOptions = {
  /** Shown to who asks what the workflow handles. */
  description?: string | undefined;
  /** What to do when the workflow ends while the handler runs. Default: warn. */
  unfinishedPolicy?: HandlerUnfinishedPolicy | undefined;
};

export type UpdateHandlerOptions<Args extends Any[]> = {
  /** Runs before the update is accepted; what it throws rejects the update and leaves no trace in the history. */
  validator?: UpdateValidator<Args> | undefined;
  /** Shown to who asks what the workflow handles. */
  description?: string | undefined;
  /** What to do when the workflow ends while the handler runs. Default: warn. */
  unfinishedPolicy?: HandlerUnfinishedPolicy | undefined;
};
