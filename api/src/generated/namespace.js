// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const NamespaceInfo = codec('temporal.api.namespace.v1.NamespaceInfo');

export const NamespaceInfo_Capabilities = codec('temporal.api.namespace.v1.NamespaceInfo.Capabilities');

export const NamespaceInfo_Limits = codec('temporal.api.namespace.v1.NamespaceInfo.Limits');

export const NamespaceConfig = codec('temporal.api.namespace.v1.NamespaceConfig');

export const BadBinaries = codec('temporal.api.namespace.v1.BadBinaries');

export const BadBinaryInfo = codec('temporal.api.namespace.v1.BadBinaryInfo');

export const UpdateNamespaceInfo = codec('temporal.api.namespace.v1.UpdateNamespaceInfo');

export const NamespaceFilter = codec('temporal.api.namespace.v1.NamespaceFilter');
