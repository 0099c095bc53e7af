/** How a lane's files are protected on their way, besides the transport. OpenPGP; keys lie in the lane's own secret. */
export interface FileSecurity {
  /** `pgp`: every file is an OpenPGP message for our key and its name ends in `.pgp` or `.gpg`. Default: not encrypted. */
  readonly encryption?: 'pgp';
  /**
   * Every file is signed with a key of the partner. `detached: true`: over the object as it is dropped, in `<name>.sig` or
   * `<name>.asc` beside it; either may come first, and the work waits for both. `detached: false`: in the encrypted message.
   */
  readonly signing?: { readonly detached: boolean };
}

/** Whether files must be decrypted or verified, so that the lane needs keys. */
export const usesPgp = ({ encryption, signing }: FileSecurity): boolean =>
  encryption !== undefined || signing !== undefined;

export const needsSignatureBeside = ({ signing }: FileSecurity): boolean => signing?.detached === true;
