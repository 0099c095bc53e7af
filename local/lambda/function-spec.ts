/** One declared function, ready to be run. */
export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  /** By which it may be called too, each with its version: '$LATEST', or '1', which is what was deployed. */
  readonly aliases: Readonly<Record<string, string>>;
  /** `file:` URL of the bundle. */
  readonly modulePath: string;
  readonly exportName: string;
  readonly logGroup: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** All that `process.env` will hold. */
  readonly environment: Readonly<Record<string, string>>;
  /** Invocations at once. */
  readonly concurrencyMax: number;
  /** Whether the template itself sets that limit. */
  readonly reserved: boolean;
}

export type InvocationResult =
  | { readonly kind: 'result'; readonly payload: string }
  | {
      readonly kind: 'error';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly stack?: string;
    };
