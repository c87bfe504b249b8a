import type { Init } from '@perdure/api';
import { ArchivalState, type IndexedValueType } from '@perdure/api/enums';
import type { NamespaceInfo_Capabilities } from '@perdure/api/namespace';
import type { DescribeNamespaceResponse } from '@perdure/api/workflowservice';
import type { Namespace } from '../host/namespaces.ts';
import { typeName } from '../kernel/search-attributes.ts';
import { toDuration, toTimestamp } from '../kernel/time.ts';
import { CLUSTER_NAME } from '../validation/namespace.ts';
import type { ServerContext } from './context.ts';

/** What workers and clients may count on in a namespace. Workers read it when they start. */
const capabilities: Partial<NamespaceInfo_Capabilities> = {
  eagerWorkflowStart: true,
  syncUpdate: true,
  asyncUpdate: true,
  workerHeartbeats: true,
  reportedProblemsSearchAttribute: true,
  standaloneActivities: true,
  pollerAutoscaling: true,
  standaloneNexusOperation: true,
  standaloneActivityStartDelay: true,
  standaloneActivityBatchOperations: true,
  standaloneActivityOperatorCommands: true,
};

/** Largest completion of a workflow task, all its pages together (bytes). */
const WORKFLOW_TASK_COMPLETION_SIZE = 40 << 20;

/** A namespace as clients see it. */
export function describeNamespace({ limits }: ServerContext, namespace: Namespace): Init<DescribeNamespaceResponse> {
  return {
    namespaceInfo: {
      id: namespace.id,
      name: namespace.name,
      state: namespace.state,
      description: namespace.description,
      ownerEmail: namespace.ownerEmail,
      data: namespace.data,
      capabilities: {
        ...capabilities,
        workflowPause: limits.workflowPause,
        workerPollCompleteOnShutdown: limits.pollsEndWithWorker,
      },
      limits: {
        blobSizeLimitError: limits.blobSizeError,
        memoSizeLimitError: limits.memoSizeError,
        workflowTaskCompletionSizeLimitError: WORKFLOW_TASK_COMPLETION_SIZE,
      },
      supportsSchedules: true,
    },
    config: {
      workflowExecutionRetentionTtl: toDuration(namespace.retention),
      badBinaries: {
        binaries: Object.fromEntries(
          Object.entries(namespace.badBinaries).map(([checksum, { reason, operator, createTime }]) => [
            checksum,
            { reason, operator, createTime: toTimestamp(createTime) },
          ]),
        ),
      },
      historyArchivalState: ArchivalState.DISABLED,
      visibilityArchivalState: ArchivalState.DISABLED,
      customSearchAttributeAliases: aliases(namespace.customSearchAttributes),
    },
    replicationConfig: {
      activeClusterName: CLUSTER_NAME,
      clusters: [{ clusterName: CLUSTER_NAME }],
      state: namespace.replicationState,
    },
  };
}

/** The reference keeps custom attributes in numbered columns and calls their names aliases. Here the columns are made up. */
function aliases(attributes: Readonly<Record<string, IndexedValueType>>): Record<string, string> {
  const used = new Map<string, number>();
  const named: Record<string, string> = {};
  for (const [name, type] of Object.entries(attributes)) {
    const column = typeName(type);
    const number = (used.get(column) ?? 0) + 1;
    used.set(column, number);
    named[`${column}${String(number).padStart(2, '0')}`] = name;
  }
  return named;
}
