// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as enums from './enums.js';

export interface WaitPolicy {
  lifecycleStage: enums.UpdateWorkflowExecutionLifecycleStage;
}
export declare const WaitPolicy: Codec<WaitPolicy>;

export interface UpdateRef {
  workflowExecution: common.WorkflowExecution | null;
  updateId: string;
}
export declare const UpdateRef: Codec<UpdateRef>;

export interface Outcome {
  success: Uint8Array | null;
  failure: Uint8Array | null;
}
export declare const Outcome: Codec<Outcome>;

export interface Meta {
  updateId: string;
  identity: string;
}
export declare const Meta: Codec<Meta>;

export interface Input {
  header: Uint8Array | null;
  name: string;
  args: Uint8Array | null;
}
export declare const Input: Codec<Input>;

export interface Request {
  meta: Meta | null;
  input: Input | null;
  requestId: string;
  completionCallbacks: common.Callback[];
  links: common.Link[];
}
export declare const Request: Codec<Request>;

export interface Rejection {
  rejectedRequestMessageId: string;
  rejectedRequestSequencingEventId: number;
  rejectedRequest: Request | null;
  failure: Uint8Array | null;
}
export declare const Rejection: Codec<Rejection>;

export interface Acceptance {
  acceptedRequestMessageId: string;
  acceptedRequestSequencingEventId: number;
  acceptedRequest: Request | null;
}
export declare const Acceptance: Codec<Acceptance>;

export interface Response {
  meta: Meta | null;
  outcome: Outcome | null;
}
export declare const Response: Codec<Response>;
