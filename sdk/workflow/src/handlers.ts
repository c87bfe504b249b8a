import {
  HandlerUnfinishedPolicy,
  type QueryDefinition,
  type SignalDefinition,
  type UpdateDefinition,
  type WorkflowQueryType,
  type WorkflowSignalType,
  type WorkflowUpdateType,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { throwIfReservedName } from '@perdure/common/lib/reserved';
import { assertInWorkflowContext } from './global-attributes.ts';
import type {
  DefaultQueryHandler,
  DefaultSignalHandler,
  DefaultUpdateHandler,
  Handler,
  QueryHandlerOptions,
  SignalHandlerOptions,
  UpdateHandlerOptions,
} from './handler.ts';
import { dispatchBufferedSignals } from './jobs/signal.ts';
import { dispatchBufferedUpdates } from './jobs/update.ts';

/*
 * A handler is there from the moment that it is set. Signals and updates that came before wait for it and are handled at
 * that moment, as far as their handlers come without awaiting; the code that sets the handler goes on afterwards. What
 * an activation brings is handled before the workflow function goes on, so that a result can rely on it.
 *
 * A signal waits for ever; an update that finds no handler by the end of its activation is rejected.
 */

type AnyDefinition = UpdateDefinition<Any, Any[]> | SignalDefinition<Any[]> | QueryDefinition<Any, Any[]>;
type AnyHandlerOptions = UpdateHandlerOptions<Any[]>;

/**
 * Sets the handler of a signal, query or update, in place of the one that it has; takes it away if `undefined`. Throws a
 * `TypeError` for names that are reserved.
 */
export function setHandler<Ret, Args extends Any[], T extends QueryDefinition<Ret, Args>>(
  def: T,
  handler: Handler<Ret, Args, T> | undefined,
  options?: QueryHandlerOptions,
): void;
export function setHandler<Ret, Args extends Any[], T extends SignalDefinition<Args>>(
  def: T,
  handler: Handler<Ret, Args, T> | undefined,
  options?: SignalHandlerOptions,
): void;
export function setHandler<Ret, Args extends Any[], T extends UpdateDefinition<Ret, Args>>(
  def: T,
  handler: Handler<Ret, Args, T> | undefined,
  options?: UpdateHandlerOptions<Args>,
): void;
export function setHandler(def: AnyDefinition, handler: unknown, options?: AnyHandlerOptions): void {
  const activator = assertInWorkflowContext('Workflow.setHandler(...) may only be used from a Workflow Execution.');
  throwIfReservedName(def.type, def.name);
  const { name, typeInfo } = def;
  const { description, validator } = options ?? {};
  const unfinishedPolicy = options?.unfinishedPolicy ?? HandlerUnfinishedPolicy.WARN_AND_ABANDON;
  switch (def.type) {
    case 'update':
      if (isToBeUnset(handler)) activator.updateHandlers.delete(name);
      else {
        const update = handler as WorkflowUpdateType;
        activator.updateHandlers.set(name, { handler: update, validator, description, unfinishedPolicy, typeInfo });
        dispatchBufferedUpdates(activator);
      }
      return;
    case 'signal':
      if (isToBeUnset(handler)) activator.signalHandlers.delete(name);
      else {
        const signal = handler as WorkflowSignalType;
        activator.signalHandlers.set(name, { handler: signal, description, unfinishedPolicy, typeInfo });
        dispatchBufferedSignals(activator);
      }
      return;
    case 'query':
      if (isToBeUnset(handler)) activator.queryHandlers.delete(name);
      else activator.queryHandlers.set(name, { handler: handler as WorkflowQueryType, description, typeInfo });
      return;
    default:
      throw new TypeError(`Invalid definition type: ${(def as { type: unknown }).type}`);
  }
}

function isToBeUnset(handler: unknown): boolean {
  if (typeof handler === 'function') return false;
  if (handler == null) return true;
  throw new TypeError(`Expected handler to be either a function or 'undefined'. Got: '${typeof handler}'`);
}

/** Sets what handles signals that have no handler of their own, in the order they came in; `undefined` unsets it. */
export function setDefaultSignalHandler(handler: DefaultSignalHandler | undefined): void {
  const activator = assertInWorkflowContext(
    'Workflow.setDefaultSignalHandler(...) may only be used from a Workflow Execution.',
  );
  activator.defaultSignalHandler = isToBeUnset(handler) ? undefined : handler;
  if (handler) dispatchBufferedSignals(activator);
}

/** Sets what handles updates that have no handler of their own, in the order they came in; `undefined` unsets it. */
export function setDefaultUpdateHandler(handler: DefaultUpdateHandler | undefined): void {
  const activator = assertInWorkflowContext(
    'Workflow.setDefaultUpdateHandler(...) may only be used from a Workflow Execution.',
  );
  activator.defaultUpdateHandler = isToBeUnset(handler) ? undefined : handler;
  if (handler) dispatchBufferedUpdates(activator);
}

/** Sets what answers queries that have no handler of their own; `undefined` unsets it. */
export function setDefaultQueryHandler(handler: DefaultQueryHandler | undefined): void {
  const activator = assertInWorkflowContext(
    'Workflow.setDefaultQueryHandler(...) may only be used from a Workflow Execution.',
  );
  if (typeof handler !== 'function' && handler !== undefined) {
    throw new TypeError(`Expected handler to be either a function or 'undefined'. Got: '${typeof handler}'`);
  }
  activator.defaultQueryHandler = handler;
}

/** Whether no signal or update handler runs: to be waited for before the workflow ends, `condition(allHandlersFinished)`. */
export function allHandlersFinished(): boolean {
  const activator = assertInWorkflowContext('allHandlersFinished() may only be used from a Workflow Execution.');
  return activator.inProgressSignals.size === 0 && activator.inProgressUpdates.size === 0;
}
