/** A version of a function, and when its code was deployed, in epoch milliseconds. */
export interface FunctionVersion {
  readonly version: string;
  readonly at: number;
}

/** A function of an integration, with what its alias `live` says. */
export interface DeployedFunction {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly live: string;
  /** Who moved the alias last, where it was an operator. */
  readonly note: string | undefined;
  /** The version that a canary gives a part of the invocations to. */
  readonly canary: string | undefined;
  /** That are kept, in the order in which they were published. */
  readonly versions: readonly FunctionVersion[];
}

/** A function whose aliases go from one version to another. */
export interface VersionMove {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly from: string;
  readonly to: string;
}
