/**
 * The messages of Temporal's API and of the worker protocol, as protobuf.js classes: `temporal`, `coresdk`, `google`,
 * `grpc` and `nexusannotations`. They are those of `@temporalio/proto`, so that code and types written for it keep
 * their meaning.
 * @module
 */
export { coresdk, default, google, grpc, nexusannotations, temporal } from '@temporalio/proto';
