import { z } from 'zod';

/** What a scan says of one question. `unknown` is never "no": it comes with a reason. */
export const answerSchema = z.enum(['yes', 'no', 'unknown']);
export type Answer = z.infer<typeof answerSchema>;

/** An answer and, where it is `unknown` (or needs words), why. */
export const findingSchema = z.object({ value: answerSchema, why: z.string().optional() });
export type Finding = z.infer<typeof findingSchema>;

/** Oldest first. */
export const tlsVersions = ['SSLv2', 'SSLv3', 'TLS1.0', 'TLS1.1', 'TLS1.2', 'TLS1.3'] as const;
export const tlsVersionSchema = z.enum(tlsVersions);
export type TlsVersion = z.infer<typeof tlsVersionSchema>;

/** One address of an endpoint, as it was scanned. */
export const scannedEndpointSchema = z.object({
  host: z.string(),
  port: z.number().int(),
  /** The IP address that answered, or was tried; absent where the name has none. */
  address: z.string().optional(),
  /** The name that was sent; null where none was. */
  sni: z.string().nullable(),
});

/** `{"id": "0xC02F", "name": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}`; SSLv2 kinds as `0x010080`. */
export const codePointSchema = z.object({ id: z.string(), name: z.string() });

export const suiteSchema = codePointSchema.extend({
  /** Finite-field Diffie-Hellman: the prime's length as the server sent it. */
  dhBits: z.number().int().optional(),
  /** The group that the server took for this suite, where it was seen: `X25519`. */
  group: z.string().optional(),
});
export type OfferedSuite = z.infer<typeof suiteSchema>;

export const protocolSchema = z.object({
  version: tlsVersionSchema,
  offered: answerSchema,
  /** How the refusal looked (alert, close, reset), or why it is unknown. */
  why: z.string().optional(),
  /** In the server's order where it has one, else by code point. */
  suites: z.array(suiteSchema),
  /** False where some suites could not be asked for: the list may be longer. */
  suitesComplete: z.boolean(),
  preference: z.enum(['server', 'client', 'unknown']),
});
export type ProtocolResult = z.infer<typeof protocolSchema>;

export const groupSchema = codePointSchema.extend({ versions: z.array(tlsVersionSchema) });
export type OfferedGroup = z.infer<typeof groupSchema>;

export const signatureAlgorithmSchema = codePointSchema.extend({
  versions: z.array(tlsVersionSchema),
});

/** A Diffie-Hellman prime that the server uses. */
export const dhParametersSchema = z.object({
  version: tlsVersionSchema,
  bits: z.number().int(),
  /** SHA-256 of the prime, hex. */
  primeSha256: z.string(),
  /** `RFC 3526 group 14`, where the prime is a well-known one. */
  known: z.string().optional(),
  /** Offered with an export suite. */
  exportGrade: z.boolean(),
});
export type DhParameters = z.infer<typeof dhParametersSchema>;

/** What the server's hellos and finished handshakes show beside versions and suites. */
export const featuresSchema = z.object({
  /** The protocols that the server takes, in the order of our list. */
  alpn: findingSchema.extend({ protocols: z.array(z.string()) }),
  sessionTickets: findingSchema.extend({ lifetimeSeconds: z.number().optional() }),
  /** Resumption that was tried and worked: by id or ticket (to TLS 1.2), by PSK (TLS 1.3). */
  sessionIdResumption: findingSchema,
  ticketResumption: findingSchema,
  earlyData: findingSchema.extend({ maxBytes: z.number().optional() }),
  extendedMasterSecret: findingSchema,
  encryptThenMac: findingSchema,
  secureRenegotiation: findingSchema,
  /** The client may renegotiate: a burden for the server, and with no secure renegotiation a hole. */
  clientRenegotiation: findingSchema,
  compression: findingSchema,
  fallbackScsv: findingSchema,
  ocspStaple: findingSchema,
  heartbeat: findingSchema,
  clientCertificate: z.object({
    value: z.enum(['none', 'requested', 'required', 'required-by-http', 'unknown']),
    why: z.string().optional(),
    /** Names of the authorities that it asks for. */
    authorities: z.array(z.string()),
  }),
  /** What changes without SNI: nothing, another certificate, or no handshake. */
  sni: z.object({
    value: z.enum(['same', 'other-certificate', 'refused', 'unknown']),
    why: z.string().optional(),
  }),
  /** Takes hellos with values nobody has defined (RFC 8701), and long ones. */
  greaseTolerance: findingSchema,
});
export type TlsFeatures = z.infer<typeof featuresSchema>;

export const httpSchema = z.object({
  /** `yes`: it speaks HTTP; the rest is empty otherwise. */
  spoken: findingSchema,
  status: z.number().int().optional(),
  hsts: findingSchema.extend({
    maxAgeSeconds: z.number().optional(),
    includeSubDomains: z.boolean().optional(),
    preload: z.boolean().optional(),
    header: z.string().optional(),
  }),
  /** Port 80 sends the browser to https. */
  redirect: findingSchema.extend({
    location: z.string().optional(),
    status: z.number().optional(),
  }),
  /** What it says of itself: `server`, `x-powered-by`. */
  banners: z.array(z.object({ name: z.string(), value: z.string() })),
  /** The body came compressed: BREACH's first condition. */
  compression: findingSchema,
});
export type HttpResult = z.infer<typeof httpSchema>;

export const vulnerabilityIds = [
  'heartbleed',
  'ccs-injection',
  'ticketbleed',
  'robot',
  'insecure-renegotiation',
  'client-renegotiation',
  'crime',
  'breach',
  'poodle-ssl',
  'poodle-tls',
  'fallback-scsv',
  'sweet32',
  'freak',
  'logjam',
  'drown',
  'beast',
  'lucky13',
  'rc4',
  'winshock',
  'grease',
] as const;
export type VulnerabilityId = (typeof vulnerabilityIds)[number];

export const vulnerabilitySchema = z.object({
  id: z.enum(vulnerabilityIds),
  /** `potential`: the conditions are there, the hole itself cannot be proven from outside. */
  verdict: z.enum(['vulnerable', 'potential', 'not-vulnerable', 'unknown', 'not-tested']),
  why: z.string(),
});
export type Vulnerability = z.infer<typeof vulnerabilitySchema>;

export const scanStatsSchema = z.object({
  connections: z.number().int(),
  bytesIn: z.number().int(),
  bytesOut: z.number().int(),
  ms: z.number(),
});

/** The parts that `--only` names; what was not asked for is absent in the result. */
export const scanParts = [
  'protocols',
  'suites',
  'groups',
  'certificate',
  'http',
  'vulnerabilities',
] as const;
export const scanPartSchema = z.enum(scanParts);
export type ScanPart = z.infer<typeof scanPartSchema>;
