// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as googleProtobuf from './google-protobuf.js';

export interface WorkflowRuleAction {
  activityPause: WorkflowRuleAction_ActionActivityPause | null;
}
export declare const WorkflowRuleAction: Codec<WorkflowRuleAction>;

export interface WorkflowRuleAction_ActionActivityPause {}
export declare const WorkflowRuleAction_ActionActivityPause: Codec<WorkflowRuleAction_ActionActivityPause>;

export interface WorkflowRuleSpec {
  id: string;
  activityStart: WorkflowRuleSpec_ActivityStartingTrigger | null;
  visibilityQuery: string;
  actions: WorkflowRuleAction[];
  expirationTime: googleProtobuf.Timestamp | null;
}
export declare const WorkflowRuleSpec: Codec<WorkflowRuleSpec>;

export interface WorkflowRuleSpec_ActivityStartingTrigger {
  predicate: string;
}
export declare const WorkflowRuleSpec_ActivityStartingTrigger: Codec<WorkflowRuleSpec_ActivityStartingTrigger>;

export interface WorkflowRule {
  createTime: googleProtobuf.Timestamp | null;
  spec: WorkflowRuleSpec | null;
  createdByIdentity: string;
  description: string;
}
export declare const WorkflowRule: Codec<WorkflowRule>;
