/** What stands in a template for what CloudFormation puts there. */
export interface Reference {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: readonly string[];
}

/** A text of a template in which references stand for what CloudFormation puts there. */
export function textOf(value: unknown, textOfReference: (reference: Reference) => string): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, ...reference } = value as Reference & {
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  return join ? join[1].map(part => textOf(part, textOfReference)).join(join[0]) : textOfReference(reference);
}
