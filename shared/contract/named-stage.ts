/** The stage that names of resources belong to. */
export interface NamedStage {
  readonly name: string;
  /** What all names begin with: a company's word and a hyphen, or nothing. */
  readonly prefix: string;
}

/** What a prefix and the stage's name may have together: Lambda takes 64 characters for a function's name, S3 63 for a bucket's. */
export const stageCharactersMax = 14;

/** In texts for all stages. */
export const anyStage: NamedStage = { prefix: '', name: '<stage>' };
