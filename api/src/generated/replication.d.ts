// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface ClusterReplicationConfig {
  clusterName: string;
}
export declare const ClusterReplicationConfig: Codec<ClusterReplicationConfig>;

export interface NamespaceReplicationConfig {
  activeClusterName: string;
  clusters: ClusterReplicationConfig[];
  state: enums.ReplicationState;
}
export declare const NamespaceReplicationConfig: Codec<NamespaceReplicationConfig>;

export interface FailoverStatus {
  failoverTime: googleProtobuf.Timestamp | null;
  failoverVersion: number;
}
export declare const FailoverStatus: Codec<FailoverStatus>;
