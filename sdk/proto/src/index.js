import root from '@temporalio/proto';

export const { coresdk, google, grpc, nexusannotations, temporal } = root;
