/** One currently valid secret of a fence: the current, or the previous one during rotation. */
export interface Secret {
  /** As the provider shows it. */
  readonly value: string;
  /** `handshake`: only proves an address (Meta's verify token) and signs nothing. Default `signature`. */
  readonly use?: 'signature' | 'handshake';
}
