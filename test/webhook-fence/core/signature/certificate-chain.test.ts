import { hash, X509Certificate } from 'node:crypto';
import { leafKeyOf } from '#adapters/webhook-fence/core/signature/certificate-chain.ts';

/*
 * The chain that Apple's own libraries are tested with: github.com/apple/app-store-server-library-node,
 * tests/unit-tests/x509_verifiaction.test.ts. It holds from 2023-01-05 to 2033-01-01.
 */
const leaf =
  'MIIBoDCCAUagAwIBAgIBDDAKBggqhkjOPQQDAzBFMQswCQYDVQQGEwJVUzELMAkGA1UECAwCQ0ExEjAQBgNVBAcMCUN1cGVydGlubzEVMBMGA1UECgwMSW50ZXJtZWRpYXRlMB4XDTIzMDEwNTIxMzEzNFoXDTMzMDEwMTIxMzEzNFowPTELMAkGA1UEBhMCVVMxCzAJBgNVBAgMAkNBMRIwEAYDVQQHDAlDdXBlcnRpbm8xDTALBgNVBAoMBExlYWYwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATitYHEaYVuc8g9AjTOwErMvGyPykPa+puvTI8hJTHZZDLGas2qX1+ErxgQTJgVXv76nmLhhRJH+j25AiAI8iGsoy8wLTAJBgNVHRMEAjAAMA4GA1UdDwEB/wQEAwIHgDAQBgoqhkiG92NkBgsBBAIFADAKBggqhkjOPQQDAwNIADBFAiBX4c+T0Fp5nJ5QRClRfu5PSByRvNPtuaTsk0vPB3WAIAIhANgaauAj/YP9s0AkEhyJhxQO/6Q2zouZ+H1CIOehnMzQ';
const intermediate =
  'MIIBnzCCAUWgAwIBAgIBCzAKBggqhkjOPQQDAzA2MQswCQYDVQQGEwJVUzETMBEGA1UECAwKQ2FsaWZvcm5pYTESMBAGA1UEBwwJQ3VwZXJ0aW5vMB4XDTIzMDEwNTIxMzEwNVoXDTMzMDEwMTIxMzEwNVowRTELMAkGA1UEBhMCVVMxCzAJBgNVBAgMAkNBMRIwEAYDVQQHDAlDdXBlcnRpbm8xFTATBgNVBAoMDEludGVybWVkaWF0ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBUN5V9rKjfRiMAIojEA0Av5Mp0oF+O0cL4gzrTF178inUHugj7Et46NrkQ7hKgMVnjogq45Q1rMs+cMHVNILWqjNTAzMA8GA1UdEwQIMAYBAf8CAQAwDgYDVR0PAQH/BAQDAgEGMBAGCiqGSIb3Y2QGAgEEAgUAMAoGCCqGSM49BAMDA0gAMEUCIQCmsIKYs41ullssHX4rVveUT0Z7Is5/hLK1lFPTtun3hAIgc2+2RG5+gNcFVcs+XJeEl4GZ+ojl3ROOmll+ye7dynQ=';
const otherPurpose =
  'MIIBnjCCAUWgAwIBAgIBDTAKBggqhkjOPQQDAzA2MQswCQYDVQQGEwJVUzETMBEGA1UECAwKQ2FsaWZvcm5pYTESMBAGA1UEBwwJQ3VwZXJ0aW5vMB4XDTIzMDEwNTIxMzYxNFoXDTMzMDEwMTIxMzYxNFowRTELMAkGA1UEBhMCVVMxCzAJBgNVBAgMAkNBMRIwEAYDVQQHDAlDdXBlcnRpbm8xFTATBgNVBAoMDEludGVybWVkaWF0ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBUN5V9rKjfRiMAIojEA0Av5Mp0oF+O0cL4gzrTF178inUHugj7Et46NrkQ7hKgMVnjogq45Q1rMs+cMHVNILWqjNTAzMA8GA1UdEwQIMAYBAf8CAQAwDgYDVR0PAQH/BAQDAgEGMBAGCiqGSIb3Y2QGAgIEAgUAMAoGCCqGSM49BAMDA0cAMEQCIFROtTE+RQpKxNXETFsf7Mc0h+5IAsxxo/X6oCC/c33qAiAmC5rn5yCOOEjTY4R1H1QcQVh+eUwCl13NbQxWCuwxxA==';
const root =
  'MIIBgjCCASmgAwIBAgIJALUc5ALiH5pbMAoGCCqGSM49BAMDMDYxCzAJBgNVBAYTAlVTMRMwEQYDVQQIDApDYWxpZm9ybmlhMRIwEAYDVQQHDAlDdXBlcnRpbm8wHhcNMjMwMTA1MjEzMDIyWhcNMzMwMTAyMjEzMDIyWjA2MQswCQYDVQQGEwJVUzETMBEGA1UECAwKQ2FsaWZvcm5pYTESMBAGA1UEBwwJQ3VwZXJ0aW5vMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEc+/Bl+gospo6tf9Z7io5tdKdrlN1YdVnqEhEDXDShzdAJPQijamXIMHf8xWWTa1zgoYTxOKpbuJtDplz1XriTaMgMB4wDAYDVR0TBAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwCgYIKoZIzj0EAwMDRwAwRAIgemWQXnMAdTad2JDJWng9U4uBBL5mA7WI05H7oH7c6iQCIHiRqMjNfzUAyiu9h6rOU/K+iTR0I/3Y/NSWsXHX+acc';

const at = 1_681_312_846_000;
const rule = {
  roots: [hash('sha256', Buffer.from(root, 'base64'))],
  extensions: ['1.2.840.113635.100.6.11.1', '1.2.840.113635.100.6.2.1'],
} as const;

describe('a chain of certificates', () => {
  it('gives the key of its leaf', () => {
    const key = leafKeyOf([leaf, intermediate, root], rule, at);
    const wanted = new X509Certificate(Buffer.from(leaf, 'base64')).publicKey;
    expect('verified' in key ? key : key.equals(wanted)).toBe(true);
  });

  it.each<[string, string[], object, number, string]>([
    [
      'ends at a root that is not pinned',
      [leaf, intermediate, root],
      { roots: ['0'.repeat(64)] },
      at,
      'does not end at a root',
    ],
    ['leaves the root out', [leaf, intermediate], {}, at, 'does not end at a root'],
    ['skips the intermediate', [leaf, root], {}, at, 'not issued in this order'],
    ['is in another order', [intermediate, leaf, root], {}, at, 'not issued in this order'],
    ['has an intermediate of another key', [leaf, root, root], {}, at, 'not issued in this order'],
    ['was issued for another purpose', [leaf, otherPurpose, root], {}, at, 'another purpose'],
    ['has expired', [leaf, intermediate, root], {}, Date.parse('2034-01-01'), 'not valid at the time'],
    ['is not valid yet', [leaf, intermediate, root], {}, Date.parse('2022-01-01'), 'not valid at the time'],
    ['is the root alone', [root], {}, at, 'length'],
    ['is too long', [leaf, ...Array<string>(5).fill(root)], {}, at, 'length'],
    ['holds no certificate', ['AAAA', intermediate, root], {}, at, 'cannot be read'],
  ])('is refused when it %s', (_, chain, change, when, detail) => {
    expect(leafKeyOf(chain, { ...rule, ...change }, when)).toMatchObject({
      reason: 'UNKNOWN_KEY',
      detail: expect.stringContaining(detail),
    });
  });
});
