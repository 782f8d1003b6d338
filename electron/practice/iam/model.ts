/** What the practice account keeps of who may act in it. All of it is plain JSON; times are milliseconds since 1970. */

export interface UserRecord {
  readonly accountId: string;
  readonly name: string;
  /** `AIDA...` */
  readonly userId: string;
  readonly about: string;
  /** Identity-based policies, as JSON texts. */
  readonly policies: readonly string[];
  readonly tags: Tags;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The secret of a virtual MFA device in base32, where the user has one. */
  readonly mfaSeed?: string | undefined;
  /** The 30 seconds whose code was used last: AWS takes each code once. */
  readonly lastMfaStep?: number | undefined;
  readonly createdAt?: number | undefined;
  /** When the access key was made and last used, as IAM tells it. */
  readonly keyMadeAt?: number | undefined;
  readonly keyUsedAt?: number | undefined;
  /** The user has a password for the console. */
  readonly console?: boolean | undefined;
}

export interface RoleRecord {
  readonly accountId: string;
  readonly name: string;
  /** `/` or `/some/path/`. */
  readonly path: string;
  /** `AROA...` */
  readonly roleId: string;
  readonly about: string;
  readonly trustPolicy: string;
  readonly policies: readonly string[];
  readonly tags: Tags;
  readonly maxSessionSeconds: number;
  readonly createdAt?: number | undefined;
  readonly lastUsedAt?: number | undefined;
}

/** Temporary credentials that STS gave. */
export interface SessionRecord {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** The user or role whose session it is. */
  readonly entityArn: string;
  /** A role session's name; absent for a user's own session (GetSessionToken). */
  readonly sessionName?: string | undefined;
  readonly sessionPolicy?: string | undefined;
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[];
  readonly issuedAt: number;
  /** When the user proved an MFA device; a role's session does not inherit it. */
  readonly mfaAt?: number | undefined;
  readonly sourceIdentity?: string | undefined;
  /** By the machine's clock, which SDKs go by. */
  readonly expires: number;
  /** By the account's clock: a rehearsal may move it past the session's end. */
  readonly expiresInAccount: number;
}

export type Tags = Readonly<Record<string, string>>;

/** What decides what a caller may do. */
export interface Identity {
  readonly type: 'User' | 'AssumedRole';
  /** The user's or the role's ARN, by which policies mean it. */
  readonly entityArn: string;
  /** `AIDA...` or `AROA...`. */
  readonly uniqueId: string;
  readonly userName?: string | undefined;
  readonly policies: readonly string[];
  readonly tags: Tags;
  readonly session?: SessionRecord | undefined;
}

export function userArn({ accountId, name }: Pick<UserRecord, 'accountId' | 'name'>): string {
  return `arn:aws:iam::${accountId}:user/${name}`;
}

export function roleArn({
  accountId,
  path,
  name,
}: Pick<RoleRecord, 'accountId' | 'path' | 'name'>): string {
  return `arn:aws:iam::${accountId}:role${path}${name}`;
}

export function mfaArn({ accountId, name }: Pick<UserRecord, 'accountId' | 'name'>): string {
  return `arn:aws:iam::${accountId}:mfa/${name}`;
}

/** What AWS's managed policy of this name says. */
export const administratorAccess = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
