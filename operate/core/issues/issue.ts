export type IssueState = 'open' | 'acknowledged' | 'resolved';

/** Faults by the hour in which they were seen: `2026-11-29T03`, UTC. */
export type Hourly = Readonly<Record<string, number>>;

/** One unit that met the fault. */
export interface IssueExample {
  readonly unit: string;
  readonly place?: string | undefined;
}

/** Who changed an issue, and when. */
export interface IssueMark {
  readonly by: string;
  /** ISO 8601 UTC with milliseconds, as all times here: they compare as text. */
  readonly at: string;
}

export interface IssueKey {
  readonly integration: string;
  readonly code: string;
}

/** Faults of one code in one integration. */
export interface Issue extends IssueKey {
  readonly state: IssueState;
  /** Ever. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** When it was opened, or opened again. */
  readonly openedAt: string;
  /** Units since then. */
  readonly count: number;
  /** How often it came back after it was resolved. */
  readonly reopened: number;
  /** Of the newest fault. */
  readonly example: IssueExample;
  readonly acknowledged?: IssueMark | undefined;
  readonly resolved?: IssueMark | undefined;
  /** Keys of the last sightings, so that one that comes again is not counted again. */
  readonly sightings: readonly string[];
  /** Undefined where an older release counted. */
  readonly hourly?: Hourly | undefined;
}

/** A fault that was seen. */
export interface Sighting extends IssueKey {
  /** The same whenever the same sighting comes again. */
  readonly key: string;
  readonly at: string;
  readonly count: number;
  readonly example: IssueExample;
}
