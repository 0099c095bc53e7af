/** What can be tried against a contract, on the local cloud. */
export interface TryInfo {
  readonly integrations: readonly TryIntegration[];
}

export interface TryIntegration {
  readonly id: string;
  readonly kind: 'file-lane' | 'webhook-fence';
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
