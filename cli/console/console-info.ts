/** What the page must know of the console that serves it. */
export interface ConsoleInfo {
  /** Undefined: the local cloud. */
  readonly stage?: string | undefined;
  readonly region: string;
  /** As whom the local cloud can be asked. Empty on a stage: there, the operator is who their credentials say. */
  readonly identities: readonly string[];
  readonly planKinds: readonly PlanKindInfo[];
}

export interface PlanKindInfo {
  readonly name: string;
  readonly summary: string;
  /** Kinds of integration. */
  readonly of: readonly string[];
  readonly filter: readonly FilterInfo[];
}

export interface FilterInfo {
  readonly name: string;
  readonly meaning: string;
  readonly isRequired: boolean;
  readonly isTime: boolean;
  /** Kinds of integration that have it, where not all of the plan do. */
  readonly of?: readonly string[] | undefined;
  /** Where only these are allowed. */
  readonly values?: readonly string[] | undefined;
}
