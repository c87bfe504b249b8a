/** Calls of sinks, in a form that can cross to another thread: functions and classes stay behind. */
import { type SearchAttributePair, TypedSearchAttributes } from '@perdure/common';
import type { SinkCall, WorkflowInfo } from '@perdure/workflow';
import { createUnsafeRandomSource } from '@perdure/workflow/lib/random-helpers';

type PortableInfo = Omit<WorkflowInfo, 'typedSearchAttributes' | 'unsafe'> & {
  readonly typedSearchAttributes: readonly SearchAttributePair[];
  readonly unsafe: Pick<WorkflowInfo['unsafe'], 'isReplaying' | 'isReplayingHistoryEvents'>;
};

export type PortableSinkCall = Omit<SinkCall, 'workflowInfo'> & { readonly workflowInfo: PortableInfo };

export function portableInfo(info: WorkflowInfo): PortableInfo {
  const { isReplaying, isReplayingHistoryEvents } = info.unsafe;
  return {
    ...info,
    typedSearchAttributes: info.typedSearchAttributes.getAll(),
    unsafe: { isReplaying, isReplayingHistoryEvents },
  };
}

export function revivedInfo(info: PortableInfo): WorkflowInfo {
  return {
    ...info,
    typedSearchAttributes: new TypedSearchAttributes([...info.typedSearchAttributes]),
    unsafe: { ...info.unsafe, now: () => Date.now(), random: createUnsafeRandomSource(Math.random) },
  };
}

/** Calls of one activation mostly share what is known of the run: it is brought into form, and crosses, once. */
export function portable(calls: readonly SinkCall[]): PortableSinkCall[] {
  const infos = new Map<WorkflowInfo, PortableInfo>();
  return calls.map((call) => {
    const workflowInfo = infos.get(call.workflowInfo) ?? portableInfo(call.workflowInfo);
    infos.set(call.workflowInfo, workflowInfo);
    return { ...call, workflowInfo };
  });
}

export function revived(calls: readonly PortableSinkCall[]): SinkCall[] {
  const infos = new Map<PortableInfo, WorkflowInfo>();
  return calls.map((call) => {
    const workflowInfo = infos.get(call.workflowInfo) ?? revivedInfo(call.workflowInfo);
    infos.set(call.workflowInfo, workflowInfo);
    return { ...call, workflowInfo };
  });
}
