import { IndexedValueType } from '@perdure/api/enums';

const { KEYWORD, KEYWORD_LIST, DATETIME, INT, BOOL } = IndexedValueType;

/** Search attributes that every namespace has, with their types. Reference: common/searchattribute (system, predefined). */
export const systemSearchAttributes: ReadonlyMap<string, IndexedValueType> = new Map([
  ['WorkflowId', KEYWORD],
  ['RunId', KEYWORD],
  ['WorkflowType', KEYWORD],
  ['StartTime', DATETIME],
  ['ExecutionTime', DATETIME],
  ['CloseTime', DATETIME],
  ['ExecutionStatus', KEYWORD],
  ['TaskQueue', KEYWORD],
  ['HistoryLength', INT],
  ['ExecutionDuration', INT],
  ['StateTransitionCount', INT],
  ['HistorySizeBytes', INT],
  ['ParentWorkflowId', KEYWORD],
  ['ParentRunId', KEYWORD],
  ['RootWorkflowId', KEYWORD],
  ['RootRunId', KEYWORD],
  ['TemporalChangeVersion', KEYWORD_LIST],
  ['BinaryChecksums', KEYWORD_LIST],
  ['BatcherNamespace', KEYWORD],
  ['BatcherUser', KEYWORD],
  ['TemporalScheduledStartTime', DATETIME],
  ['TemporalScheduledById', KEYWORD],
  ['TemporalSchedulePaused', BOOL],
  ['TemporalNamespaceDivision', KEYWORD],
  ['BuildIds', KEYWORD_LIST],
  ['TemporalPauseInfo', KEYWORD_LIST],
  ['TemporalReportedProblems', KEYWORD_LIST],
  ['TemporalWorkerDeploymentVersion', KEYWORD],
  ['TemporalWorkflowVersioningBehavior', KEYWORD],
  ['TemporalWorkerDeployment', KEYWORD],
  ['TemporalUsedWorkerDeploymentVersions', KEYWORD_LIST],
]);
