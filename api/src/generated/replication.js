// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const ClusterReplicationConfig = codec('temporal.api.replication.v1.ClusterReplicationConfig');

export const NamespaceReplicationConfig = codec('temporal.api.replication.v1.NamespaceReplicationConfig');

export const FailoverStatus = codec('temporal.api.replication.v1.FailoverStatus');
