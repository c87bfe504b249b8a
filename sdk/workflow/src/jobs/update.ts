import {
  ApplicationFailure,
  arrayFromPayloads,
  ensureTemporalFailure,
  HandlerUnfinishedPolicy,
  type PayloadTypeInfo,
  TemporalFailure,
  toPayloadWithTypeInfo,
  type WorkflowUpdateAnnotatedType,
  type WorkflowUpdateType,
} from '@perdure/common';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from '../activator-state.ts';
import { createInboundUpdateMarker } from '../event-groups.ts';
import { composeInterceptors } from '../interceptor-composition.ts';
import type { UpdateInput, WorkflowInboundCallsInterceptor } from '../interceptors.ts';
import { untrackPromise } from '../stack-helpers.ts';
import { UpdateScope } from '../update-scope.ts';
import { endByError } from '../workflow-failure.ts';
import { isInternal, refuseReserved } from './inputs.ts';

type Update = coresdk.workflow_activation.IDoUpdate;

/** What is known of an update once a handler is found for it. */
type Found = {
  readonly activator: ActivatorState;
  readonly update: Update;
  readonly id: string;
  readonly name: string;
  readonly protocolInstanceId: string;
  readonly entry: WorkflowUpdateAnnotatedType;
  readonly interceptors: WorkflowInboundCallsInterceptor[];
};

/**
 * An update: goes to its handler, or to the default one, or waits until one of them is set, at the latest until the end
 * of the activation.
 *
 * Before it is accepted its arguments are converted and its validator runs (interceptors of the validator only if there
 * is one, and not on replay); whatever throws then rejects it. The handler gets arguments of its own, converted again,
 * and runs right after, up to where it first awaits. What the handler throws rejects the update if it is a failure, and
 * counts as thrown by the workflow otherwise.
 */
export function doUpdate(activator: ActivatorState, update: Update): void {
  const { id, name, protocolInstanceId } = update;
  if (!id) throw new TypeError('Missing activation update id');
  if (!name) throw new TypeError('Missing activation update name');
  if (!protocolInstanceId) throw new TypeError('Missing activation update protocolInstanceId');
  refuseReserved('update', name, activator.updateHandlers, activator.defaultUpdateHandler !== undefined);
  const entry = activator.updateHandlers.get(name) ?? defaultEntry(activator, name);
  if (!entry) {
    activator.bufferedUpdates.push(update);
    return;
  }
  const interceptors = isInternal(name) ? [] : activator.interceptors.inbound;
  const found: Found = { activator, update, id, name, protocolInstanceId, entry, interceptors };
  untrackPromise(UpdateScope.updateWithInfo(id, name, () => run(found)));
}

function defaultEntry(activator: ActivatorState, name: string): WorkflowUpdateAnnotatedType | undefined {
  const { defaultUpdateHandler } = activator;
  if (!defaultUpdateHandler) return undefined;
  const handler: WorkflowUpdateType = (...args) => defaultUpdateHandler(name, ...args);
  return { handler, unfinishedPolicy: HandlerUnfinishedPolicy.WARN_AND_ABANDON };
}

async function run(found: Found): Promise<void> {
  const { activator, update, id, name, protocolInstanceId, entry, interceptors } = found;
  let input: UpdateInput;
  try {
    if (update.runValidator && entry.validator) validate(found, entry.validator);
    input = inputOf(found);
  } catch (error) {
    reject(activator, protocolInstanceId, error);
    return;
  }
  activator.pushCommand({ updateResponse: { protocolInstanceId, accepted: {} } });
  const execute = composeInterceptors(interceptors, 'handleUpdate', (given) => updateNextHandler(entry.handler, given));
  activator.inProgressUpdates.set(id, { name, unfinishedPolicy: entry.unfinishedPolicy, id });
  const handled = createInboundUpdateMarker(id)
    .withScope(() => execute(input))
    .then((result) => complete(activator, protocolInstanceId, result, entry.typeInfo))
    .catch((error: unknown) => {
      if (error instanceof TemporalFailure) reject(activator, protocolInstanceId, error);
      else endByError(activator, error);
    })
    .finally(() => activator.inProgressUpdates.delete(id));
  untrackPromise(handled);
  return handled;
}

function inputOf({ activator, update, id, name, entry }: Found): UpdateInput {
  const context = activator.workflowSerializationContext();
  const inputTypes = entry.typeInfo?.inputTypes;
  const args = arrayFromPayloads(activator.payloadConverter, update.input, context, inputTypes);
  return { updateId: id, args, name, headers: update.headers ?? {} };
}

function validate(found: Found, validator: NonNullable<WorkflowUpdateAnnotatedType['validator']>): void {
  const { activator } = found;
  const { isReplayingHistoryEvents } = activator.info.unsafe;
  const execute = composeInterceptors(found.interceptors, 'validateUpdate', ({ args }) =>
    validateUpdateNextHandler(validator, args),
  );
  // A validator that runs, runs for the first time, so it may log.
  setReplayingHistoryEvents(activator, false);
  try {
    execute(inputOf(found));
  } finally {
    setReplayingHistoryEvents(activator, isReplayingHistoryEvents);
  }
}

function setReplayingHistoryEvents(activator: ActivatorState, isReplayingHistoryEvents: boolean): void {
  activator.mutateWorkflowInfo((info) => ({ ...info, unsafe: { ...info.unsafe, isReplayingHistoryEvents } }));
}

// Stack traces that users see are cut off at the functions of this kind of name.
async function updateNextHandler(handler: WorkflowUpdateType, { args }: UpdateInput): Promise<unknown> {
  return await handler(...args);
}

function validateUpdateNextHandler(
  validator: NonNullable<WorkflowUpdateAnnotatedType['validator']>,
  args: unknown[],
): void {
  validator(...args);
}

function complete(
  activator: ActivatorState,
  protocolInstanceId: string,
  result: unknown,
  typeInfo: PayloadTypeInfo | undefined,
): void {
  const context = activator.workflowSerializationContext();
  const completed = toPayloadWithTypeInfo(activator.payloadConverter, result, context, typeInfo?.outputType);
  activator.pushCommand({ updateResponse: { protocolInstanceId, completed } });
}

/** Hands out the updates that there is a handler for now, in the order they came in. */
export function dispatchBufferedUpdates(activator: ActivatorState): void {
  const { bufferedUpdates, updateHandlers } = activator;
  for (;;) {
    // Looked up anew each time, for a handler may set or unset others.
    const at = activator.defaultUpdateHandler
      ? 0
      : bufferedUpdates.findIndex(({ name }) => updateHandlers.has(name ?? ''));
    const [next] = at < 0 ? [] : bufferedUpdates.splice(at, 1);
    if (!next) return;
    doUpdate(activator, next);
  }
}

/** At the end of an activation: nobody has set a handler for what is still waiting. */
export function rejectBufferedUpdates(activator: ActivatorState): void {
  for (const { name, protocolInstanceId } of activator.bufferedUpdates.splice(0)) {
    const failure = ApplicationFailure.nonRetryable(`No registered handler for update: ${name}`);
    reject(activator, protocolInstanceId ?? '', failure);
  }
}

function reject(activator: ActivatorState, protocolInstanceId: string, error: unknown): void {
  const rejected = activator.errorToFailure(ensureTemporalFailure(error));
  activator.pushCommand({ updateResponse: { protocolInstanceId, rejected } });
}
