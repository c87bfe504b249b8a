import type { Codec } from './codec.ts';

/** A way to reach a method over HTTP, from its `google.api.http` annotation. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A path with field paths in braces, named as in the codecs: `/api/v1/namespaces/{namespace}/workflows/{workflowId}`. */
  readonly path: string;
  /** `*`: the body is the request; a name: it is that field; absent: there is none, the query string has the rest. */
  readonly body?: string;
}

/** What can be asked of a service. */
export interface Method<
  Name extends string = string,
  Request extends object = object,
  Response extends object = object,
> {
  readonly name: Name;
  readonly request: Codec<Request>;
  readonly response: Codec<Response>;
  /** The answer is a stream of responses. */
  readonly responseStream?: true;
  readonly http: readonly HttpRoute[];
}

export interface Service {
  /** The full name, such as `temporal.api.workflowservice.v1.WorkflowService`. */
  readonly name: string;
  readonly methods: Readonly<Record<string, Method>>;
}
