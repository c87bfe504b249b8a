import { TimeoutType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { enumName } from '../../kernel/enum-names.ts';
import { timeoutName } from './failures.ts';
import { keywordList } from './fields.ts';
import type { TaskProblem } from './state.ts';
import { put, type Transition } from './transition.ts';

/**
 * A run whose workflow tasks keep failing says so in a search attribute, so that stuck runs can be listed. It names what
 * began the streak, whose later attempts leave no events. Reference: mutable state (reported problems).
 */
const ATTRIBUTE = 'TemporalReportedProblems';

export const failedBecause = (cause: WorkflowTaskFailedCause): TaskProblem => ({
  category: 'WorkflowTaskFailed',
  cause: `WorkflowTaskFailedCause${enumName(WorkflowTaskFailedCause, cause)}`,
});

export const timedOut: TaskProblem = {
  category: 'WorkflowTaskTimedOut',
  cause: `WorkflowTaskTimedOutCause${timeoutName(TimeoutType.START_TO_CLOSE)}`,
};

/** Reports the problem once enough attempts in a row have failed. */
export function reportProblem(t: Transition): void {
  const { head, fields } = t.run;
  if (!head.taskProblem || head.attemptsSinceLastSuccess < t.limits.taskProblemsToReport) return;
  const attributes = fields.get('searchAttributes');
  const payload = encoded(head.taskProblem);
  const known = attributes?.[ATTRIBUTE];
  if (known && Buffer.compare(known, payload) === 0) return;
  put(t, 'fields', 'searchAttributes', { ...attributes, [ATTRIBUTE]: payload });
}

/** A task succeeded. */
export function clearProblem(t: Transition): void {
  const { head, fields } = t.run;
  head.taskProblem = null;
  const attributes = fields.get('searchAttributes');
  if (!attributes?.[ATTRIBUTE]) return;
  const { [ATTRIBUTE]: _cleared, ...others } = attributes;
  put(t, 'fields', 'searchAttributes', others);
}

const encoded = ({ category, cause }: TaskProblem): Uint8Array =>
  keywordList([`category=${category}`, `cause=${cause}`]);
