import {
  type MetricCounter,
  type MetricGauge,
  type MetricHistogram,
  type MetricMeter,
  MetricMeterWithComposedTags,
  type MetricTags,
  type NumericMetricValueType,
} from '@perdure/common';
import { assertInWorkflowContext } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import type { Sink, Sinks } from './sink-call.ts';
import { callSink } from './sinks.ts';

/** The sink that workflow metrics go to. */
export interface MetricSinks extends Sinks {
  __temporal_metrics: WorkflowMetricMeter;
}

export interface WorkflowMetricMeter extends Sink {
  addMetricCounterValue(
    metricName: string,
    unit: string | undefined,
    description: string | undefined,
    value: number,
    attrs: MetricTags,
  ): void;
  recordMetricHistogramValue(
    metricName: string,
    valueType: NumericMetricValueType,
    unit: string | undefined,
    description: string | undefined,
    value: number,
    attrs: MetricTags,
  ): void;
  setMetricGaugeValue(
    metricName: string,
    valueType: NumericMetricValueType,
    unit: string | undefined,
    description: string | undefined,
    value: number,
    attrs: MetricTags,
  ): void;
}

const outsideMessage = "Workflow's `metricMeter` can only be used while in Workflow Context";

/** Hands a value to the worker, unless it did so before the replay. */
function measure(kind: string, fnName: string, value: number, args: unknown[]): void {
  if (value < 0) throw new Error(`${kind} value must be non-negative (got ${value})`);
  const { info } = assertInWorkflowContext('Workflow.workflowInfo(...) may only be used from a Workflow Execution.');
  if (!info.unsafe.isReplaying) callSink('__temporal_metrics', fnName, args);
}

/** Tags are composed around the meter, by `MetricMeterWithComposedTags`; they never get here. */
const withTagsOf = (what: string) => (): never => {
  throw new Error(`withTags is not supported directly on ${what}`);
};

const plainMeter: MetricMeter = {
  createCounter(name, unit, description): MetricCounter {
    assertInWorkflowContext(outsideMessage);
    return {
      name,
      unit,
      description,
      kind: 'counter',
      valueType: 'int',
      add: (value, tags = {}) =>
        measure('MetricCounter', 'addMetricCounterValue', value, [name, unit, description, value, tags]),
      withTags: withTagsOf('WorkflowMetricCounter'),
    };
  },
  createHistogram(name, valueType = 'int', unit, description): MetricHistogram {
    assertInWorkflowContext(outsideMessage);
    const about = [name, valueType, unit, description];
    return {
      name,
      valueType,
      unit,
      description,
      kind: 'histogram',
      record: (value, tags = {}) =>
        measure('MetricHistogram', 'recordMetricHistogramValue', value, [...about, value, tags]),
      withTags: withTagsOf('WorkflowMetricHistogram'),
    };
  },
  createGauge(name, valueType = 'int', unit, description): MetricGauge {
    assertInWorkflowContext(outsideMessage);
    const about = [name, valueType, unit, description];
    return {
      name,
      valueType,
      unit,
      description,
      kind: 'gauge',
      set: (value, tags = {}) => measure('MetricGauge', 'setMetricGaugeValue', value, [...about, value, tags]),
      withTags: withTagsOf('WorkflowMetricGauge'),
    };
  },
  withTags: withTagsOf('WorkflowMetricMeter'),
};

/**
 * Measures from a workflow, through the worker, and not on replay. Values are tagged with the workflow's type, and with
 * what outbound interceptors with `getMetricTags` add.
 *
 * @experimental
 */
export const metricMeter: MetricMeter = MetricMeterWithComposedTags.compose(
  plainMeter,
  () => {
    const { interceptors, info } = assertInWorkflowContext(
      'Workflow.metricMeter may only be used from workflow context.',
    );
    const tags = composeInterceptors(interceptors.outbound, 'getMetricTags', (given) => given);
    return tags({ workflowType: info.workflowType });
  },
  true,
);
