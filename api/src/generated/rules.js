// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const WorkflowRuleAction = codec('temporal.api.rules.v1.WorkflowRuleAction');

export const WorkflowRuleAction_ActionActivityPause = codec('temporal.api.rules.v1.WorkflowRuleAction.ActionActivityPause');

export const WorkflowRuleSpec = codec('temporal.api.rules.v1.WorkflowRuleSpec');

export const WorkflowRuleSpec_ActivityStartingTrigger = codec('temporal.api.rules.v1.WorkflowRuleSpec.ActivityStartingTrigger');

export const WorkflowRule = codec('temporal.api.rules.v1.WorkflowRule');
