/** A text of a template in which references stand for what CloudFormation puts there. */
export function textOf(
  value: unknown,
  textOfReference: (reference: { readonly Ref?: string }) => string,
): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, ...reference } = value as {
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
    readonly Ref?: string;
  };
  return join ? join[1].map(part => textOf(part, textOfReference)).join(join[0]) : textOfReference(reference);
}
