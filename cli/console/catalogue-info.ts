/** What the contracts of this repository say, for the page. */
export interface CatalogueInfo {
  readonly events: readonly EventInfo[];
  readonly integrations: readonly IntegrationInfo[];
}

export interface EventInfo {
  readonly type: string;
  readonly summary: string;
  readonly owner: string;
  readonly category: string;
  readonly version: number;
  readonly publishedWithinSeconds: number;
  readonly archiveDays: number;
  readonly fields: readonly FieldInfo[];
  /** Ids of the integrations that publish it. Empty: the suite itself does. */
  readonly producers: readonly string[];
  /** JSON */
  readonly example: string;
}

export interface FieldInfo {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  /** Class of personal data. */
  readonly pii?: string | undefined;
}

export interface IntegrationInfo {
  readonly id: string;
  readonly kind: string;
  readonly partner: string;
  readonly owner: string;
  readonly purpose: string;
  /** Types of its events. */
  readonly events: readonly string[];
  /** Names and values, as the runbook lists them. */
  readonly contract: readonly (readonly [string, string])[];
}
