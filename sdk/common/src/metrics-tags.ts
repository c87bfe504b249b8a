import { type Contributions, contribute, resolveContributions } from './contributions.ts';
import type {
  Metric,
  MetricCounter,
  MetricGauge,
  MetricHistogram,
  MetricKind,
  MetricMeter,
  MetricTags,
  MetricUpDownCounter,
  NumericMetricValueType,
} from './metric-types.ts';

/** @experimental */
export type MetricTagsOrFunc = MetricTags | (() => MetricTags);

type Tags = Contributions<MetricTags>;

/**
 * A meter whose metrics add tags to what they record.
 *
 * @internal
 * @experimental
 */
export class MetricMeterWithComposedTags implements MetricMeter {
  private readonly parentMeter: MetricMeter;
  private readonly contributors: Tags;

  /**
   * The meter with these tags on all that is recorded; a function is asked each time. The result is the meter itself if
   * that adds nothing, unless forced, and never a chain of meters.
   */
  public static compose(meter: MetricMeter, tagsOrFunc: MetricTagsOrFunc, force = false): MetricMeter {
    const composed = meter instanceof MetricMeterWithComposedTags;
    const present: Tags = composed ? meter.contributors : [];
    const contributors = contribute(present, tagsOrFunc);
    if (contributors === present && !force) return meter;
    return new MetricMeterWithComposedTags(composed ? meter.parentMeter : meter, contributors);
  }

  private constructor(parentMeter: MetricMeter, contributors: Tags) {
    this.parentMeter = parentMeter;
    this.contributors = contributors;
  }

  createCounter(name: string, unit?: string, description?: string): MetricCounter {
    return new TaggedCounter(this.parentMeter.createCounter(name, unit, description), this.contributors);
  }

  createHistogram(
    name: string,
    valueType: NumericMetricValueType = 'int',
    unit?: string,
    description?: string,
  ): MetricHistogram {
    const parent = this.parentMeter.createHistogram(name, valueType, unit, description);
    return new TaggedHistogram(parent, this.contributors);
  }

  createGauge(
    name: string,
    valueType: NumericMetricValueType = 'int',
    unit?: string,
    description?: string,
  ): MetricGauge {
    return new TaggedGauge(this.parentMeter.createGauge(name, valueType, unit, description), this.contributors);
  }

  createUpDownCounter(name: string, unit?: string, description?: string): MetricUpDownCounter {
    const parent = this.parentMeter.createUpDownCounter?.(name, unit, description);
    if (!parent) throw new Error('createUpDownCounter is not supported by the underlying meter');
    return new TaggedUpDownCounter(parent, this.contributors);
  }

  withTags(tags: MetricTags): MetricMeter {
    return MetricMeterWithComposedTags.compose(this, tags);
  }
}

abstract class TaggedMetric<M extends Metric> {
  protected readonly parent: M;
  protected readonly contributors: Tags;

  constructor(parent: M, contributors: Tags) {
    this.parent = parent;
    this.contributors = contributors;
  }

  get name(): string {
    return this.parent.name;
  }

  get unit(): string | undefined {
    return this.parent.unit;
  }

  get description(): string | undefined {
    return this.parent.description;
  }

  get kind(): M['kind'] & MetricKind {
    return this.parent.kind;
  }

  get valueType(): M['valueType'] {
    return this.parent.valueType;
  }

  withTags(tags: MetricTags): this {
    const contributors = contribute(this.contributors, tags);
    if (contributors === this.contributors) return this;
    const Tagged = this.constructor as new (parent: M, contributors: Tags) => this;
    return new Tagged(this.parent, contributors);
  }
}

class TaggedCounter extends TaggedMetric<MetricCounter> implements MetricCounter {
  add(value: number, extraTags?: MetricTags): void {
    this.parent.add(value, resolveContributions(this.contributors, extraTags));
  }
}

class TaggedHistogram extends TaggedMetric<MetricHistogram> implements MetricHistogram {
  record(value: number, extraTags?: MetricTags): void {
    this.parent.record(value, resolveContributions(this.contributors, extraTags));
  }
}

class TaggedGauge extends TaggedMetric<MetricGauge> implements MetricGauge {
  set(value: number, extraTags?: MetricTags): void {
    this.parent.set(value, resolveContributions(this.contributors, extraTags));
  }
}

class TaggedUpDownCounter extends TaggedMetric<MetricUpDownCounter> implements MetricUpDownCounter {
  add(value: number, extraTags?: MetricTags): void {
    this.parent.add(value, resolveContributions(this.contributors, extraTags));
  }
}
