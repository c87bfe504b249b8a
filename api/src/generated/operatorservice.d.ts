// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type { Method } from '../service.ts';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';
import type * as nexus from './nexus.js';

export interface AddSearchAttributesRequest {
  searchAttributes: { [key: string]: enums.IndexedValueType };
  namespace: string;
}
export declare const AddSearchAttributesRequest: Codec<AddSearchAttributesRequest>;

export interface AddSearchAttributesResponse {}
export declare const AddSearchAttributesResponse: Codec<AddSearchAttributesResponse>;

export interface RemoveSearchAttributesRequest {
  searchAttributes: string[];
  namespace: string;
}
export declare const RemoveSearchAttributesRequest: Codec<RemoveSearchAttributesRequest>;

export interface RemoveSearchAttributesResponse {}
export declare const RemoveSearchAttributesResponse: Codec<RemoveSearchAttributesResponse>;

export interface ListSearchAttributesRequest {
  namespace: string;
}
export declare const ListSearchAttributesRequest: Codec<ListSearchAttributesRequest>;

export interface ListSearchAttributesResponse {
  customAttributes: { [key: string]: enums.IndexedValueType };
  systemAttributes: { [key: string]: enums.IndexedValueType };
  storageSchema: { [key: string]: string };
}
export declare const ListSearchAttributesResponse: Codec<ListSearchAttributesResponse>;

export interface DeleteNamespaceRequest {
  namespace: string;
  namespaceId: string;
  namespaceDeleteDelay: googleProtobuf.Duration | null;
}
export declare const DeleteNamespaceRequest: Codec<DeleteNamespaceRequest>;

export interface DeleteNamespaceResponse {
  deletedNamespace: string;
}
export declare const DeleteNamespaceResponse: Codec<DeleteNamespaceResponse>;

export interface AddOrUpdateRemoteClusterRequest {
  frontendAddress: string;
  enableRemoteClusterConnection: boolean;
  frontendHttpAddress: string;
  enableReplication: boolean;
}
export declare const AddOrUpdateRemoteClusterRequest: Codec<AddOrUpdateRemoteClusterRequest>;

export interface AddOrUpdateRemoteClusterResponse {}
export declare const AddOrUpdateRemoteClusterResponse: Codec<AddOrUpdateRemoteClusterResponse>;

export interface RemoveRemoteClusterRequest {
  clusterName: string;
}
export declare const RemoveRemoteClusterRequest: Codec<RemoveRemoteClusterRequest>;

export interface RemoveRemoteClusterResponse {}
export declare const RemoveRemoteClusterResponse: Codec<RemoveRemoteClusterResponse>;

export interface ListClustersRequest {
  pageSize: number;
  nextPageToken: Uint8Array;
}
export declare const ListClustersRequest: Codec<ListClustersRequest>;

export interface ListClustersResponse {
  clusters: ClusterMetadata[];
  nextPageToken: Uint8Array;
}
export declare const ListClustersResponse: Codec<ListClustersResponse>;

export interface ClusterMetadata {
  clusterName: string;
  clusterId: string;
  address: string;
  httpAddress: string;
  initialFailoverVersion: number;
  historyShardCount: number;
  isConnectionEnabled: boolean;
  isReplicationEnabled: boolean;
}
export declare const ClusterMetadata: Codec<ClusterMetadata>;

export interface GetNexusEndpointRequest {
  id: string;
}
export declare const GetNexusEndpointRequest: Codec<GetNexusEndpointRequest>;

export interface GetNexusEndpointResponse {
  endpoint: nexus.Endpoint | null;
}
export declare const GetNexusEndpointResponse: Codec<GetNexusEndpointResponse>;

export interface CreateNexusEndpointRequest {
  spec: nexus.EndpointSpec | null;
}
export declare const CreateNexusEndpointRequest: Codec<CreateNexusEndpointRequest>;

export interface CreateNexusEndpointResponse {
  endpoint: nexus.Endpoint | null;
}
export declare const CreateNexusEndpointResponse: Codec<CreateNexusEndpointResponse>;

export interface UpdateNexusEndpointRequest {
  id: string;
  version: number;
  spec: nexus.EndpointSpec | null;
}
export declare const UpdateNexusEndpointRequest: Codec<UpdateNexusEndpointRequest>;

export interface UpdateNexusEndpointResponse {
  endpoint: nexus.Endpoint | null;
}
export declare const UpdateNexusEndpointResponse: Codec<UpdateNexusEndpointResponse>;

export interface DeleteNexusEndpointRequest {
  id: string;
  version: number;
}
export declare const DeleteNexusEndpointRequest: Codec<DeleteNexusEndpointRequest>;

export interface DeleteNexusEndpointResponse {}
export declare const DeleteNexusEndpointResponse: Codec<DeleteNexusEndpointResponse>;

export interface ListNexusEndpointsRequest {
  pageSize: number;
  nextPageToken: Uint8Array;
  name: string;
}
export declare const ListNexusEndpointsRequest: Codec<ListNexusEndpointsRequest>;

export interface ListNexusEndpointsResponse {
  nextPageToken: Uint8Array;
  endpoints: nexus.Endpoint[];
}
export declare const ListNexusEndpointsResponse: Codec<ListNexusEndpointsResponse>;

export declare const OperatorService: {
  readonly name: 'temporal.api.operatorservice.v1.OperatorService';
  readonly methods: {
    readonly AddSearchAttributes: Method<'AddSearchAttributes', AddSearchAttributesRequest, AddSearchAttributesResponse>;
    readonly RemoveSearchAttributes: Method<'RemoveSearchAttributes', RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>;
    readonly ListSearchAttributes: Method<'ListSearchAttributes', ListSearchAttributesRequest, ListSearchAttributesResponse>;
    readonly DeleteNamespace: Method<'DeleteNamespace', DeleteNamespaceRequest, DeleteNamespaceResponse>;
    readonly AddOrUpdateRemoteCluster: Method<'AddOrUpdateRemoteCluster', AddOrUpdateRemoteClusterRequest, AddOrUpdateRemoteClusterResponse>;
    readonly RemoveRemoteCluster: Method<'RemoveRemoteCluster', RemoveRemoteClusterRequest, RemoveRemoteClusterResponse>;
    readonly ListClusters: Method<'ListClusters', ListClustersRequest, ListClustersResponse>;
    readonly GetNexusEndpoint: Method<'GetNexusEndpoint', GetNexusEndpointRequest, GetNexusEndpointResponse>;
    readonly CreateNexusEndpoint: Method<'CreateNexusEndpoint', CreateNexusEndpointRequest, CreateNexusEndpointResponse>;
    readonly UpdateNexusEndpoint: Method<'UpdateNexusEndpoint', UpdateNexusEndpointRequest, UpdateNexusEndpointResponse>;
    readonly DeleteNexusEndpoint: Method<'DeleteNexusEndpoint', DeleteNexusEndpointRequest, DeleteNexusEndpointResponse>;
    readonly ListNexusEndpoints: Method<'ListNexusEndpoints', ListNexusEndpointsRequest, ListNexusEndpointsResponse>;
  };
};
