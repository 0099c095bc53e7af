/** Who asks: what AWS says of the signer of the request, never what the request says. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
}
