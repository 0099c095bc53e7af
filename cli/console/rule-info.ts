/** What makes an integration's events of its input. */
export interface RuleInfo {
  /** In this folder. */
  readonly file: string;
  /** TypeScript. */
  readonly text: string;
}
