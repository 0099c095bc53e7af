import type { ReconciliationResult } from '#adapters/file-lane/core/outcome/handoff.ts';

const healings = ['resumed', 'acknowledged', 'notified', 'removedParts', 'removedLetters', 'claims'] as const;

export type Healing = (typeof healings)[number];

/** Something that is not as it should be, and what was done about it. */
export interface ReconciliationFinding {
  readonly integration: string;
  /** A hand-off, an object, something that a provider has, or an integration. */
  readonly about: string;
  readonly result: ReconciliationResult;
  readonly detail: string;
  readonly needsPeople: boolean;
}

/** What a run, or a part of one, found and did. */
export interface Tallied {
  readonly results: Readonly<Record<ReconciliationResult, number>>;
  readonly healed: Readonly<Record<Healing, number>>;
  readonly needsPeople: number;
  /** The first, those that people must look at before others. */
  readonly findings: readonly ReconciliationFinding[];
}

export const nothingFound: Tallied = {
  results: { matched: 0, 'external-success': 0, 'external-failure': 0, unknown: 0, impossible: 0 },
  healed: { resumed: 0, acknowledged: 0, notified: 0, removedParts: 0, removedLetters: 0, claims: 0 },
  needsPeople: 0,
  findings: [],
};

/** `findingsMax`: how many findings are kept. */
export const addTallied = (a: Tallied, b: Tallied, findingsMax: number): Tallied => ({
  results: added(a.results, b.results),
  healed: added(a.healed, b.healed),
  needsPeople: a.needsPeople + b.needsPeople,
  findings: [...a.findings, ...b.findings]
    .sort((one, other) => Number(other.needsPeople) - Number(one.needsPeople))
    .slice(0, findingsMax),
});

const added = <K extends string>(a: Readonly<Record<K, number>>, b: Readonly<Record<K, number>>) =>
  Object.fromEntries(
    Object.entries<number>(a).map(([name, count]) => [name, count + b[name as K]]),
  ) as Record<K, number>;

/** One thing that was compared. Only what is not matched is listed. */
export const talliedOne = (
  finding: ReconciliationFinding,
  healed: Partial<Record<Healing, number>> = {},
): Tallied => ({
  results: { ...nothingFound.results, [finding.result]: 1 },
  healed: { ...nothingFound.healed, ...healed },
  needsPeople: finding.needsPeople ? 1 : 0,
  findings: finding.result === 'matched' ? [] : [finding],
});
