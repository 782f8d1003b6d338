import { z } from 'zod';
import { verdictSchema } from '../verdict';
import { answerSchema, findingSchema, tlsVersionSchema } from './scan';

/** One certificate as read from its DER; what the parser does not know is `unsupported`, never an error. */
export const certificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** Hex, upper case, no colons. */
  serial: z.string(),
  /** DNS names and IP addresses of the subject alternative name, as in the certificate. */
  subjectAltNames: z.array(z.string()),
  notBefore: z.string(),
  notAfter: z.string(),
  sha256: z.string(),
  sha1: z.string(),
  /** SHA-256 of the SubjectPublicKeyInfo, hex. */
  spkiSha256: z.string(),
  key: z.object({
    /** `RSA`, `EC`, `Ed25519`, `DSA`, `ML-DSA-65`, ... */
    type: z.string(),
    bits: z.number().int().optional(),
    curve: z.string().optional(),
    /** RSA's public exponent, decimal. */
    exponent: z.string().optional(),
  }),
  /** `sha256WithRSAEncryption`. */
  signatureAlgorithm: z.string(),
  /** MD2, MD5, SHA1, SHA256, ...; absent where the algorithm has none of its own. */
  signatureHash: z.string().optional(),
  selfSigned: z.boolean(),
  isCa: z.boolean(),
  keyUsage: z.array(z.string()),
  extendedKeyUsage: z.array(z.string()),
  mustStaple: z.boolean(),
  scts: z.number().int(),
  ocspUrls: z.array(z.string()),
  crlUrls: z.array(z.string()),
  issuerUrls: z.array(z.string()),
  /** The whole certificate, PEM. */
  pem: z.string(),
  /** What in it cannot be read; where that is all of it, the other texts are empty. */
  problem: z.string().optional(),
});
export type Certificate = z.infer<typeof certificateSchema>;

export const trustStoreResultSchema = z.object({
  /** `system`, `mozilla`, or the name of an own CA bundle. */
  store: z.string(),
  verdict: verdictSchema,
});

/** One chain that the server presents; a server with an RSA and an ECDSA certificate has two. */
export const presentedChainSchema = z.object({
  /** With which name, in which versions, with which kind of key it came. */
  sni: z.array(z.enum(['with', 'without'])),
  versions: z.array(tlsVersionSchema),
  /** As presented: the first is the server's own. */
  chain: z.array(certificateSchema).min(1),
  /** Each is signed by the next one. */
  ordered: answerSchema,
  /** What there is to say of how it is sent: wrong order, extra certificates, the root sent along. */
  notes: z.array(z.string()).optional(),
  /** Leads to a root without a certificate that the server did not send; `unknown` where no store knows the issuer. */
  complete: answerSchema,
  daysLeft: z.number(),
  /** `pass` above 30 days; `fail` below, with 30/14/7/expired in the reason. */
  validity: verdictSchema,
  hostname: verdictSchema,
  trust: z.array(trustStoreResultSchema),
  revocation: verdictSchema,
  staple: findingSchema.extend({
    /** good, revoked, unknown: as the responder says. */
    status: z.string().optional(),
    producedAt: z.string().optional(),
    nextUpdate: z.string().optional(),
  }),
  /** Certificate transparency: from certificate, extension and staple, each counted. */
  scts: z.object({ certificate: z.number(), tls: z.number(), ocsp: z.number() }),
});
export type PresentedChain = z.infer<typeof presentedChainSchema>;

/** Who may issue for the name, by DNS (RFC 8659). */
export const caaSchema = findingSchema.extend({ records: z.array(z.string()) });
export type Caa = z.infer<typeof caaSchema>;
