/**
 * What is done to the payloads of workflow tasks, pages of history and answers: those that are kept elsewhere are
 * fetched, and the user's codecs are undone; and the other way round. All of it is done here, on the worker's main
 * thread, because codecs and storage drivers may do anything. Without either, bytes pass untouched.
 *
 * Of a history only what workflow code will be told of is looked at: codecs can be slow, and what they fail on should
 * not matter to those who never see it.
 */
import type { ExternalStorage, PayloadCodec } from '@perdure/common';
import { ExternalStorageNotConfiguredError } from '@perdure/common/lib/errors';
import { decode, ExternalStorageRunner, encode, isReferencePayload } from '@perdure/common/lib/internal-non-workflow';
import { temporal } from '@perdure/proto';
import type { Type } from 'protobufjs';
import type { WorkflowTaskAnswer } from '../workflow/host.ts';
import { type PayloadContext, type RunIds, receivedContext, runContext, sentContext } from './contexts.ts';
import { asType, type Payload, type Walker, walk } from './payload-walk.ts';
import { createRunMemory } from './run-memory.ts';

const {
  GetWorkflowExecutionHistoryResponse,
  PollWorkflowTaskQueueResponse,
  RespondQueryTaskCompletedRequest,
  RespondWorkflowTaskCompletedRequest,
  RespondWorkflowTaskFailedRequest,
} = temporal.api.workflowservice.v1;

type Answer = Exclude<WorkflowTaskAnswer, { kind: 'none' }>;

export interface WorkflowTaskCodec {
  decodeTask(task: Uint8Array, run: RunIds): Promise<Uint8Array>;
  decodeHistoryPage(page: Uint8Array, run: RunIds): Promise<Uint8Array>;
  encodeAnswer(answer: Answer, run: RunIds): Promise<Answer>;
}

export interface CodecOptions {
  readonly codecs: PayloadCodec[];
  readonly storage: ExternalStorage | undefined;
  readonly namespace: string;
  /** How many runs to remember facts about. */
  readonly runs: number;
}

/** The messages that answers are, by their kind. */
export const answerTypes: Readonly<Record<Answer['kind'], Type>> = {
  completed: asType(RespondWorkflowTaskCompletedRequest),
  failed: asType(RespondWorkflowTaskFailedRequest),
  query: asType(RespondQueryTaskCompletedRequest),
};

/** Attributes of events whose payloads workflow code is told of. */
const told = new Set([
  'workflowExecutionStartedEventAttributes',
  'activityTaskCompletedEventAttributes',
  'activityTaskFailedEventAttributes',
  'activityTaskTimedOutEventAttributes',
  'activityTaskCanceledEventAttributes',
  'markerRecordedEventAttributes',
  'workflowExecutionSignaledEventAttributes',
  'childWorkflowExecutionCompletedEventAttributes',
  'childWorkflowExecutionFailedEventAttributes',
  'childWorkflowExecutionCanceledEventAttributes',
  'workflowExecutionUpdateAdmittedEventAttributes',
  'workflowExecutionUpdateAcceptedEventAttributes',
  'nexusOperationStartedEventAttributes',
  'nexusOperationCompletedEventAttributes',
  'nexusOperationFailedEventAttributes',
  'nexusOperationCanceledEventAttributes',
  'nexusOperationTimedOutEventAttributes',
]);

const HISTORY_EVENT = 'temporal.api.history.v1.HistoryEvent';
/** The name of the messages that stand in the place of payloads that are kept elsewhere. */
const REFERENCE = Buffer.from('temporal.api.sdk.v1.ExternalStorageReference');

export function createWorkflowTaskCodec({ codecs, storage, namespace, runs }: CodecOptions): WorkflowTaskCodec {
  const memory = createRunMemory(runs);
  const runner = storage && new ExternalStorageRunner(storage);
  const isNeeded = codecs.length > 0 || runner !== undefined;

  const retrieve = async (payloads: Payload[]): Promise<Payload[]> => {
    if (runner) return runner.retrieve(payloads);
    if (payloads.some(isReferencePayload)) throw new ExternalStorageNotConfiguredError();
    return payloads;
  };
  const decoder = ({ runId }: RunIds): Walker<PayloadContext> => ({
    async transform(payloads, { serialization, isHeader }) {
      const here = await retrieve(payloads);
      return isHeader ? here : decode(codecs, here, serialization);
    },
    enter: (typeName, field) => typeName !== HISTORY_EVENT || told.has(field),
    contextOf: (message, typeName, around) => receivedContext(message, typeName, around, memory.of(runId)),
  });
  const encoder = ({ runId }: RunIds): Walker<PayloadContext> => ({
    async transform(payloads, { serialization, target, isHeader }) {
      const encoded = isHeader ? payloads : await encode(codecs, payloads, serialization);
      return runner ? runner.store(encoded, { target }) : encoded;
    },
    contextOf: (message, typeName, around) => sentContext(message, typeName, around, memory.of(runId)),
  });

  const decodeMessage = async (bytes: Uint8Array, type: Type, run: RunIds): Promise<Uint8Array> => {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!isNeeded && !view.includes(REFERENCE)) return bytes;
    const message = type.decode(bytes) as object as HistoryHolder;
    const events = message.history?.events ?? [];
    memory.learn(run.runId, events);
    const notes = takeNotes(events);
    await walk(message, type, decoder(run), runContext(namespace, run));
    notes.putBack();
    return type.encode(message).finish();
  };
  return {
    decodeTask: (task, run) => decodeMessage(task, asType(PollWorkflowTaskQueueResponse), run),
    decodeHistoryPage: (page, run) => decodeMessage(page, asType(GetWorkflowExecutionHistoryResponse), run),
    async encodeAnswer(answer, run) {
      if (!isNeeded) return answer;
      const type = answerTypes[answer.kind];
      const message = type.decode(answer.request) as object as CommandHolder;
      const notes = takeNotes(message.commands ?? []);
      await walk(message, type, encoder(run), runContext(namespace, run));
      notes.putBack();
      return { ...answer, request: type.encode(message).finish() };
    },
  };
}

interface HistoryHolder {
  readonly history?: temporal.api.history.v1.IHistory | null;
}
interface CommandHolder {
  readonly commands?: MarkerHolder[];
}
interface MarkerHolder {
  readonly recordMarkerCommandAttributes?: temporal.api.command.v1.IRecordMarkerCommandAttributes | null;
  readonly markerRecordedEventAttributes?: temporal.api.history.v1.IMarkerRecordedEventAttributes | null;
}

/** Of what a marker holds, this is the user's. The rest are the SDK's own notes. */
const RESULT = 'result';

/** Takes the SDK's notes out of markers: no codec is to see them. */
function takeNotes(holders: readonly MarkerHolder[]): { putBack(): void } {
  const taken: (() => void)[] = [];
  for (const { recordMarkerCommandAttributes, markerRecordedEventAttributes } of holders) {
    const marker = recordMarkerCommandAttributes ?? markerRecordedEventAttributes;
    if (!marker?.details) continue;
    const { [RESULT]: result, ...notes } = marker.details;
    marker.details = result ? { [RESULT]: result } : {};
    taken.push(() => {
      marker.details = { ...notes, ...marker.details };
    });
  }
  return {
    putBack() {
      for (const put of taken) put();
    },
  };
}
