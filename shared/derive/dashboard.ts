import type { SignalName } from './signal.ts';

/** An alarm of an integration. */
export interface WatchedAlarm {
  readonly integration: string;
  readonly alarm: string;
}

/** A line of a graph. */
export interface SignalLine {
  readonly integration: string;
  readonly signal: SignalName;
  readonly statistic: 'Sum' | 'p50' | 'p95' | 'p99';
}

/** One part of a dashboard. */
export type WidgetSpec =
  | { readonly kind: 'text'; readonly markdown: string }
  /** The states of alarms. */
  | { readonly kind: 'states'; readonly title: string; readonly alarms: readonly WatchedAlarm[] }
  /** What one alarm measures, and its threshold. */
  | { readonly kind: 'measure'; readonly title: string; readonly of: WatchedAlarm }
  | { readonly kind: 'signals'; readonly title: string; readonly lines: readonly SignalLine[] }
  /** The percentage of units that were quarantined or rejected. */
  | { readonly kind: 'faulty'; readonly title: string; readonly integrations: readonly string[] };

/** The dashboard of one domain, or of a part of its integrations where there are many. */
export interface DashboardSpec {
  /** The domain; from the second part on with its number. */
  readonly name: string;
  /** Row by row. */
  readonly rows: readonly (readonly WidgetSpec[])[];
}
