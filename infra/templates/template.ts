/** A template as CloudFormation takes it, with the name of its stack. */
export interface StackTemplate {
  readonly name: string;
  readonly template: Template;
}

export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: object;
}

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: templates have any shape.
  readonly Properties?: any;
  readonly DeletionPolicy?: string;
}

/** The resources of one type, of all stacks. */
export const resourcesOf = (stacks: readonly StackTemplate[], type: string): readonly Resource[] =>
  stacks
    .flatMap(({ template }) => Object.values(template.Resources ?? {}))
    .filter(({ Type }) => Type === type);
