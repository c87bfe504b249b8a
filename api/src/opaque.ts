/**
 * Messages that codecs leave encoded wherever they are a field of another message: user data, and history, which is
 * kept and handed on in its wire form.
 */
export const opaqueTypes: ReadonlySet<string> = new Set([
  'temporal.api.common.v1.Header',
  'temporal.api.common.v1.MeteringMetadata',
  'temporal.api.common.v1.Payload',
  'temporal.api.common.v1.Payloads',
  'temporal.api.failure.v1.Failure',
  'temporal.api.history.v1.History',
  'temporal.api.sdk.v1.UserMetadata',
  'temporal.api.sdk.v1.WorkflowTaskCompletedMetadata',
]);
