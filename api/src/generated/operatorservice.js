// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const AddSearchAttributesRequest = codec('temporal.api.operatorservice.v1.AddSearchAttributesRequest');

export const AddSearchAttributesResponse = codec('temporal.api.operatorservice.v1.AddSearchAttributesResponse');

export const RemoveSearchAttributesRequest = codec('temporal.api.operatorservice.v1.RemoveSearchAttributesRequest');

export const RemoveSearchAttributesResponse = codec('temporal.api.operatorservice.v1.RemoveSearchAttributesResponse');

export const ListSearchAttributesRequest = codec('temporal.api.operatorservice.v1.ListSearchAttributesRequest');

export const ListSearchAttributesResponse = codec('temporal.api.operatorservice.v1.ListSearchAttributesResponse');

export const DeleteNamespaceRequest = codec('temporal.api.operatorservice.v1.DeleteNamespaceRequest');

export const DeleteNamespaceResponse = codec('temporal.api.operatorservice.v1.DeleteNamespaceResponse');

export const AddOrUpdateRemoteClusterRequest = codec('temporal.api.operatorservice.v1.AddOrUpdateRemoteClusterRequest');

export const AddOrUpdateRemoteClusterResponse = codec('temporal.api.operatorservice.v1.AddOrUpdateRemoteClusterResponse');

export const RemoveRemoteClusterRequest = codec('temporal.api.operatorservice.v1.RemoveRemoteClusterRequest');

export const RemoveRemoteClusterResponse = codec('temporal.api.operatorservice.v1.RemoveRemoteClusterResponse');

export const ListClustersRequest = codec('temporal.api.operatorservice.v1.ListClustersRequest');

export const ListClustersResponse = codec('temporal.api.operatorservice.v1.ListClustersResponse');

export const ClusterMetadata = codec('temporal.api.operatorservice.v1.ClusterMetadata');

export const GetNexusEndpointRequest = codec('temporal.api.operatorservice.v1.GetNexusEndpointRequest');

export const GetNexusEndpointResponse = codec('temporal.api.operatorservice.v1.GetNexusEndpointResponse');

export const CreateNexusEndpointRequest = codec('temporal.api.operatorservice.v1.CreateNexusEndpointRequest');

export const CreateNexusEndpointResponse = codec('temporal.api.operatorservice.v1.CreateNexusEndpointResponse');

export const UpdateNexusEndpointRequest = codec('temporal.api.operatorservice.v1.UpdateNexusEndpointRequest');

export const UpdateNexusEndpointResponse = codec('temporal.api.operatorservice.v1.UpdateNexusEndpointResponse');

export const DeleteNexusEndpointRequest = codec('temporal.api.operatorservice.v1.DeleteNexusEndpointRequest');

export const DeleteNexusEndpointResponse = codec('temporal.api.operatorservice.v1.DeleteNexusEndpointResponse');

export const ListNexusEndpointsRequest = codec('temporal.api.operatorservice.v1.ListNexusEndpointsRequest');

export const ListNexusEndpointsResponse = codec('temporal.api.operatorservice.v1.ListNexusEndpointsResponse');

export const OperatorService = {
  name: 'temporal.api.operatorservice.v1.OperatorService',
  methods: {
    AddSearchAttributes: {
      name: 'AddSearchAttributes',
      request: AddSearchAttributesRequest,
      response: AddSearchAttributesResponse,
      http: [],
    },
    RemoveSearchAttributes: {
      name: 'RemoveSearchAttributes',
      request: RemoveSearchAttributesRequest,
      response: RemoveSearchAttributesResponse,
      http: [],
    },
    ListSearchAttributes: {
      name: 'ListSearchAttributes',
      request: ListSearchAttributesRequest,
      response: ListSearchAttributesResponse,
      http: [
        { method: 'GET', path: '/cluster/namespaces/{namespace}/search-attributes' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/search-attributes' },
      ],
    },
    DeleteNamespace: {
      name: 'DeleteNamespace',
      request: DeleteNamespaceRequest,
      response: DeleteNamespaceResponse,
      http: [],
    },
    AddOrUpdateRemoteCluster: {
      name: 'AddOrUpdateRemoteCluster',
      request: AddOrUpdateRemoteClusterRequest,
      response: AddOrUpdateRemoteClusterResponse,
      http: [],
    },
    RemoveRemoteCluster: {
      name: 'RemoveRemoteCluster',
      request: RemoveRemoteClusterRequest,
      response: RemoveRemoteClusterResponse,
      http: [],
    },
    ListClusters: {
      name: 'ListClusters',
      request: ListClustersRequest,
      response: ListClustersResponse,
      http: [],
    },
    GetNexusEndpoint: {
      name: 'GetNexusEndpoint',
      request: GetNexusEndpointRequest,
      response: GetNexusEndpointResponse,
      http: [
        { method: 'GET', path: '/cluster/nexus/endpoints/{id}' },
        { method: 'GET', path: '/api/v1/nexus/endpoints/{id}' },
      ],
    },
    CreateNexusEndpoint: {
      name: 'CreateNexusEndpoint',
      request: CreateNexusEndpointRequest,
      response: CreateNexusEndpointResponse,
      http: [
        { method: 'POST', path: '/cluster/nexus/endpoints', body: '*' },
        { method: 'POST', path: '/api/v1/nexus/endpoints', body: '*' },
      ],
    },
    UpdateNexusEndpoint: {
      name: 'UpdateNexusEndpoint',
      request: UpdateNexusEndpointRequest,
      response: UpdateNexusEndpointResponse,
      http: [
        { method: 'POST', path: '/cluster/nexus/endpoints/{id}/update', body: '*' },
        { method: 'POST', path: '/api/v1/nexus/endpoints/{id}/update', body: '*' },
      ],
    },
    DeleteNexusEndpoint: {
      name: 'DeleteNexusEndpoint',
      request: DeleteNexusEndpointRequest,
      response: DeleteNexusEndpointResponse,
      http: [
        { method: 'DELETE', path: '/cluster/nexus/endpoints/{id}' },
        { method: 'DELETE', path: '/api/v1/nexus/endpoints/{id}' },
      ],
    },
    ListNexusEndpoints: {
      name: 'ListNexusEndpoints',
      request: ListNexusEndpointsRequest,
      response: ListNexusEndpointsResponse,
      http: [
        { method: 'GET', path: '/cluster/nexus/endpoints' },
        { method: 'GET', path: '/api/v1/nexus/endpoints' },
      ],
    },
  },
};
