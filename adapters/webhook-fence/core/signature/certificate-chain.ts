import { hash, type KeyObject, X509Certificate } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import type { CertificateChain } from '../../contract/webhook-jwt.ts';
import { type Refusal, refusal } from './refusal.ts';

/**
 * The public key of the first certificate of a chain (RFC 7515, `x5c`), if each was issued by the next, all were valid at the time, the
 * last is a root that the contract pins, and the first two are what the contract says they were issued for.
 */
export function leafKeyOf(
  chain: readonly string[],
  { roots, extensions }: CertificateChain,
  at: number,
): KeyObject | Refusal {
  if (chain.length < 2 || chain.length > limits.webhookCertificatesMax)
    return broken('has an unexpected length');
  const certificates = chain.map(certificateIn);
  if (!certificates.every(certificate => certificate !== undefined)) return broken('cannot be read');
  const [leaf, intermediate] = certificates;
  const root = certificates.at(-1);
  if (!leaf || !root || !roots.includes(hash('sha256', root.raw)))
    return broken('does not end at a root that the contract pins');
  if (!certificates.every((each, i) => isIssuedBy(each, certificates[i + 1] ?? each)))
    return broken('is not issued in this order');
  if (!certificates.every(each => isValidAt(each, at))) return broken('was not valid at the time');
  const [ofLeaf, ofIntermediate] = extensions;
  if (!hasExtension(leaf, ofLeaf) || !hasExtension(intermediate, ofIntermediate))
    return broken('was issued for another purpose');
  return leaf.publicKey;
}

const broken = (what: string): Refusal => refusal('UNKNOWN_KEY', `the chain of certificates ${what}`);

function certificateIn(der: unknown): X509Certificate | undefined {
  try {
    return typeof der === 'string' ? new X509Certificate(Buffer.from(der, 'base64')) : undefined;
  } catch {
    // Not a certificate: OpenSSL's message would add nothing.
    return undefined;
  }
}

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  (certificate === issuer || issuer.ca) &&
  certificate.checkIssued(issuer) &&
  certificate.verify(issuer.publicKey);

const isValidAt = ({ validFrom, validTo }: X509Certificate, at: number): boolean =>
  Date.parse(validFrom) <= at && at <= Date.parse(validTo);

/** Node does not name extensions, so the identifier's DER is looked for: it stands nowhere else by chance. */
const hasExtension = (certificate: X509Certificate | undefined, identifier: string): boolean =>
  certificate?.raw.includes(derOf(identifier)) ?? false;

/** ITU-T X.690, 8.19. */
function derOf(identifier: string): Buffer {
  const [first = 0, second = 0, ...rest] = identifier.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap(base128);
  return Buffer.from([0x06, bytes.length, ...bytes]);
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}
