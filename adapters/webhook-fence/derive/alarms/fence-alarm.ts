import type { AlarmSpec } from '#shared/derive/alarm.ts';

export type FenceAlarmId =
  | 'refused-signatures'
  | 'refused-deliveries'
  | 'refused-requests'
  | 'quarantined-deliveries'
  | 'throttled-requests'
  | 'no-usable-secret'
  | 'secret-overdue'
  | 'server-errors'
  | 'function-errors'
  | 'throttled-function'
  | 'unbalanced-books'
  | 'spill-depth'
  | 'oldest-spill'
  | 'dead-letters'
  | 'drain-conflict'
  | 'bus-denied'
  | 'rejects-not-kept'
  | 'quiet';

/** Lines in one of the fence's two logs that a CloudWatch filter pattern matches. */
export interface CountedLines {
  readonly name: string;
  /** `access`: one line for each request, written by API Gateway, including requests that never reach the function. */
  readonly log: 'access' | 'functions';
  readonly pattern: string;
}

/** What API Gateway counts of all requests of the fence, without charge. */
export interface GatewayMetric {
  readonly kind: 'gateway';
  readonly name: 'Count' | '5xx';
}

export type FenceAlarmMetric =
  | GatewayMetric
  | { readonly kind: 'queue'; readonly queue: 'spill' | 'dlq'; readonly name: string }
  /** Of all functions of the fence together. */
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'log'; readonly lines: CountedLines }
  /** Percentage that `part` is of `whole`; 0 while `part` counts fewer than `countMin`. */
  | {
      readonly kind: 'share';
      readonly part: CountedLines;
      readonly whole: GatewayMetric;
      readonly countMin: number;
    }
  /** 1 in each period in which no such line was written. */
  | { readonly kind: 'quiet'; readonly lines: CountedLines }
  /**
   * How many of `whole` have no counterpart in `ended`; 0 while they are no more than arrive in `borderSeconds` on average: one line of
   * these can fall into this period and the other into the next.
   */
  | {
      readonly kind: 'missing';
      readonly whole: CountedLines;
      readonly ended: CountedLines;
      readonly borderSeconds: number;
    };

export type FenceAlarmSpec = AlarmSpec<FenceAlarmId, FenceAlarmMetric>;

/** An alarm before it gets its place in the runbook. */
export type FenceAlarm = Omit<FenceAlarmSpec, 'runbook'>;
