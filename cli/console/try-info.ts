/** What can be tried against a contract, on the local cloud. */
export interface TryInfo {
  readonly integrations: readonly TryIntegration[];
}

export interface TryIntegration {
  readonly id: string;
  readonly kind: 'file-lane' | 'webhook-fence' | 'cdc-feed';
  /** To begin from: samples of the repository. */
  readonly samples: readonly TrySample[];
}

export interface TrySample {
  readonly name: string;
  /** Of a file: the name that it is dropped under. */
  readonly file: string;
  readonly text: string;
}

/** How a webhook was answered, and how the fence's books have it. */
export interface TriedWebhook {
  readonly status: number;
  readonly body: string;
  readonly outcome: string;
  readonly code?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly milliseconds: number;
}

/** What a feed made of a change. */
export interface TriedChange {
  readonly tally: Readonly<Record<string, number>>;
  /** Why it was quarantined. */
  readonly codes: readonly string[];
  /** In JSON. */
  readonly events: readonly string[];
  readonly milliseconds: number;
}

/** Where a sample is. Nothing is saved where there was one, and nobody asked to replace it. */
export interface SavedSample {
  readonly folder: string;
  readonly saved: readonly string[];
}

/** What was tried, to be saved. */
export type TriedInput =
  | { readonly kind: 'file'; readonly id: string; readonly file: string; readonly text: string }
  | ({ readonly kind: 'webhook'; readonly sample: string; readonly text: string } & Pick<
      TriedWebhook,
      'status' | 'outcome' | 'code' | 'correlationId'
    >);
