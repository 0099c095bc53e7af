/** Keys or a certificate that the provider publishes, to be read before a request can be verified. */
export interface KeyDocumentRequest {
  readonly url: string;
  /** With a body: POST. */
  readonly body?: string;
  /** `{secret}` is filled in by whoever reads it, so that this can name the document in a cache. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same document may be read again if it has no key of this name, because it changes when the provider rotates keys. */
  readonly keyId?: string;
}
